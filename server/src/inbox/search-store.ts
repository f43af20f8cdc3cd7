import type { Sql } from '../storage/database.ts'

export interface Searched {
  /** A pattern for names and numbers of orders. */
  like: string
  /** What words of a message begin with; null when no word is looked for. */
  words: string | null
  hasTrigram: boolean
}

/** Above it, matches stand so close together that reading a list in its order finds a page of them sooner. */
const mostFew = 1_000

export function searchedFor(search: string): Searched {
  const words = search.match(/[\p{L}\p{N}]+/gu)?.slice(0, 8) ?? []
  return {
    like: `%${search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`,
    words: words.length === 0 ? null : words.map((word) => `'${word}':*`).join(' & '),
    hasTrigram: /[\p{L}\p{N}]{3}/u.test(search),
  }
}

const named = [`state->'customer'->>'name'`, `state->'about'->'order'->>'id'`]

const saidWithin = (words: string) => `select conversation_id from events
  where site_id = $1 and type = 'messageSent' and to_tsvector('simple', payload->>'text') @@ to_tsquery('simple', ${words})`

/**
 * What matches of all the site's, each kind of match by an index of its own; nothing when that is not few. It is not yet known
 * who may read them: a list asks for its reader's own among them.
 */
export async function findFew(
  sql: Sql,
  siteId: string,
  { like, words, hasTrigram }: Searched,
): Promise<string[] | undefined> {
  // Without three signs in a row the index of names would be read from end to end.
  if (!hasTrigram) return undefined
  const kinds = named.map(
    (place) => `select conversation_id from conversations where site_id = $1 and ${place} ilike $2`,
  )
  if (words !== null) kinds.push(saidWithin('$3'))
  const rows = await sql.query<{ conversation_id: string }>(
    `select conversation_id from (${kinds.join(' union all ')}) as found limit ${mostFew + 1}`,
    words === null ? [siteId, like] : [siteId, like, words],
  )
  return rows.length > mostFew ? undefined : [...new Set(rows.map((row) => row.conversation_id))]
}

/** The same as a condition on each row `c` of the site `$1`. */
export function matches({ like, words }: Searched, param: (value: string) => string): string {
  const pattern = param(like)
  const kinds = named.map((place) => `c.${place} ilike ${pattern}`)
  if (words !== null) kinds.push(`c.conversation_id in (${saidWithin(param(words))})`)
  return `(${kinds.join(' or ')})`
}
