import type { ShownStanding } from '@parley/shared/protocol/reading.ts'
import type { Sql } from '../../storage/database.ts'
import { type ShownRecord, shownRecord } from './standing-store.ts'

/**
 * The word for buyers. Praise and newness have one each; everything else has none, so that nobody can tell a warning or a
 * restriction from too few ratings.
 */
export function shownStanding({
  state,
  standing,
  isBlamed,
  wasHereBefore,
}: ShownRecord): ShownStanding | null {
  if (state === 'probation') return wasHereBefore ? null : 'new'
  if (state !== 'active' || isBlamed || standing?.verdict !== 'good') return null
  const rated = standing.figures.find(({ metric }) => metric === 'rating')
  return rated && rated.sample >= standing.leastSample ? 'trusted' : null
}

export async function shownStandingOf(
  sql: Sql,
  siteId: string,
  vendorId: string,
  now: Date,
): Promise<ShownStanding | null> {
  const found = await shownRecord(sql, siteId, vendorId, now)
  return found ? shownStanding(found) : null
}
