import type { Parts } from '../app/parts.ts'
import type { Database, Sql } from '../storage/database.ts'
import { wantedTypes } from './store.ts'

/** A webhook made on another node begins to gather here within this time; on this node at once. */
const freshMs = 3_000
const sitesKept = 5_000

type Kept = Map<string, { types: ReadonlySet<string>; readAtMs: number }>
const keptOf = new WeakMap<Database, Kept>()

/**
 * Which types somebody of these sites waits for. Kept, because every message asks: sites without webhooks cost nothing.
 * What is kept only spares the asking; who gets what is read where it is written.
 */
export async function readWanted(
  parts: Pick<Parts, 'database' | 'clock'>,
  sql: Sql,
  siteIds: readonly string[],
): Promise<(siteId: string, type: string) => boolean> {
  const kept: Kept = keptOf.get(parts.database) ?? new Map()
  keptOf.set(parts.database, kept)
  const nowMs = parts.clock.now().getTime()
  const stale = [...new Set(siteIds)].filter((siteId) => {
    const readAtMs = kept.get(siteId)?.readAtMs
    return readAtMs === undefined || Math.abs(nowMs - readAtMs) >= freshMs
  })
  if (stale.length > 0) {
    if (kept.size >= sitesKept) kept.clear()
    const rows = await wantedTypes(sql, stale)
    for (const siteId of stale) {
      const own = rows.filter((row) => row.site_id === siteId)
      kept.set(siteId, { types: new Set(own.flatMap((row) => row.event_types)), readAtMs: nowMs })
    }
  }
  return (siteId, type) => kept.get(siteId)?.types.has(type) === true
}

/** Does anybody of this site wait for anything, as far as this node has read? */
export function isAnythingWanted(parts: Pick<Parts, 'database'>, siteId: string): boolean {
  return (keptOf.get(parts.database)?.get(siteId)?.types.size ?? 0) > 0
}

/** After the commit of a change. */
export function forgetWanted(parts: Pick<Parts, 'database'>, siteId: string): void {
  keptOf.get(parts.database)?.delete(siteId)
}
