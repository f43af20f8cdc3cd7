import type { Sql } from '../../storage/database.ts'

export type LinkPurpose = 'ticket' | 'invitation' | 'setup'

export async function insertLink(
  sql: Sql,
  link: { hash: string; purpose: LinkPurpose; subject: unknown; expiresAt: Date },
): Promise<void> {
  await sql.query(
    'insert into one_time_links (token_hash, purpose, subject, expires_at) values ($1, $2, $3::jsonb, $4)',
    [link.hash, link.purpose, JSON.stringify(link.subject), link.expiresAt],
  )
}

/** Whatever became of it. */
export async function isKnown(sql: Sql, hash: string): Promise<boolean> {
  const rows = await sql.query('select 1 as one from one_time_links where token_hash = $1', [hash])
  return rows.length > 0
}

export async function findLink<Subject>(
  sql: Sql,
  hash: string,
  purpose: LinkPurpose,
  now: Date,
): Promise<{ subject: Subject; expires_at: Date } | undefined> {
  const [row] = await sql.query<{ subject: Subject; expires_at: Date }>(
    `select subject, expires_at from one_time_links
     where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3`,
    [hash, purpose, now],
  )
  return row
}

/** Neither used nor replaced, whether or not its time is over. */
export async function findOpenLink<Subject>(
  sql: Sql,
  hash: string,
  purpose: LinkPurpose,
): Promise<{ subject: Subject; expires_at: Date } | undefined> {
  const [row] = await sql.query<{ subject: Subject; expires_at: Date }>(
    'select subject, expires_at from one_time_links where token_hash = $1 and purpose = $2 and used_at is null',
    [hash, purpose],
  )
  return row
}

/** One statement, so that of any number of uses at once exactly one gets the row. */
export async function consumeLink<Subject>(
  sql: Sql,
  hash: string,
  purpose: LinkPurpose,
  now: Date,
): Promise<Subject | undefined> {
  const [row] = await sql.query<{ subject: Subject }>(
    `update one_time_links set used_at = $3
     where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3 returning subject`,
    [hash, purpose, now],
  )
  return row?.subject
}

export async function endLinks(
  sql: Sql,
  purpose: LinkPurpose,
  now: Date,
  memberId: string | null,
): Promise<void> {
  await sql.query(
    `update one_time_links set used_at = $2
     where purpose = $1 and used_at is null and ($3::text is null or subject->>'memberId' = $3)`,
    [purpose, now, memberId],
  )
}

/** As long as it is open, and for nobody for whom it was used or replaced. */
export async function moveEnd(sql: Sql, hash: string, expiresAt: Date): Promise<void> {
  await sql.query('update one_time_links set expires_at = $2 where token_hash = $1 and used_at is null', [
    hash,
    expiresAt,
  ])
}

/** Used at its page to ask for another: of any number of asks at once one succeeds. */
export async function endOpenLink(sql: Sql, hash: string, now: Date): Promise<boolean> {
  const rows = await sql.query(
    'update one_time_links set used_at = $2 where token_hash = $1 and used_at is null returning token_hash',
    [hash, now],
  )
  return rows.length > 0
}

/** The ends of a member's links that are over after `after`, the soonest first. */
export async function endsAfter(
  sql: Sql,
  purpose: LinkPurpose,
  memberId: string,
  after: Date,
): Promise<Date[]> {
  const rows = await sql.query<{ expires_at: Date }>(
    `select expires_at from one_time_links
     where purpose = $1 and expires_at > $3 and subject->>'memberId' = $2 order by expires_at`,
    [purpose, memberId, after],
  )
  return rows.map((row) => row.expires_at)
}

export async function forgetOldLinks(sql: Sql, purpose: LinkPurpose, expiredBefore: Date): Promise<void> {
  await sql.query('delete from one_time_links where purpose = $1 and expires_at < $2', [
    purpose,
    expiredBefore,
  ])
}
