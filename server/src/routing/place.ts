import type { QueuePlace } from '@parley/shared/protocol/reading.ts'
import type { Parts } from '../app/parts.ts'
import { latestPickups, placeOf } from './store.ts'

const lookBackMs = 2 * 60 * 60 * 1000
/** Fewer chats than this tell nothing: the wait is then not told either. */
const fewestPickups = 5

/**
 * The mean time between the latest pickups, at most 20 of the last two hours, times the place in line; told as a
 * range from three quarters to one and a half of it, since chats do not end evenly.
 */
export function expectedWait(
  place: number,
  pickups: readonly Date[],
): { waitFromMs: number; waitToMs: number } | undefined {
  const newest = pickups[0]
  const oldest = pickups.at(-1)
  if (!newest || !oldest || pickups.length < fewestPickups) return undefined
  const between = (newest.getTime() - oldest.getTime()) / (pickups.length - 1)
  const expected = between * place
  return { waitFromMs: Math.round(expected * 0.75), waitToMs: Math.round(expected * 1.5) }
}

export async function describePlace(
  parts: Parts,
  siteId: string,
  conversationId: string,
): Promise<QueuePlace | null> {
  const now = parts.clock.now()
  const place = await placeOf(parts.database, siteId, conversationId)
  if (place === undefined) return null
  const pickups = await latestPickups(
    parts.database,
    siteId,
    conversationId,
    new Date(now.getTime() - lookBackMs),
  )
  return {
    conversationId,
    place,
    ...expectedWait(place, pickups),
    basedOn: pickups.length,
    at: now.toISOString(),
  }
}
