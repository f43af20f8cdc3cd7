import type { Sql } from '../storage/database.ts'

const mostTries = 5

/** The version under which these words are kept: the first time they are shown they get the next one, for good. */
export async function keepNotice(sql: Sql, siteId: string, words: string, at: Date): Promise<number> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const [kept] = await sql.query<{ version: number }>(
      'select version from notices where site_id = $1 and words = $2',
      [siteId, words],
    )
    if (kept) return kept.version
    // Another wording may take the same version at this moment: then it is looked at again.
    await sql.query(
      `insert into notices (site_id, version, words, first_shown_at)
       select $1, coalesce(max(version), 0) + 1, $2, $3 from notices where site_id = $1
       on conflict do nothing`,
      [siteId, words, at],
    )
  }
  throw new Error('A notice found no version')
}

/** What these versions of a site's notice say. */
export function noticesOf(
  sql: Sql,
  siteId: string,
  versions: readonly number[],
): Promise<{ version: number; words: string }[]> {
  return sql.query<{ version: number; words: string }>(
    `select version, words from notices where site_id = $1 and version = any($2::int[]) order by version`,
    [siteId, versions],
  )
}
