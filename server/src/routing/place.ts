import type { QueuePlace } from '@parley/shared/protocol/reading.ts'
import type { Parts } from '../app/parts.ts'
import { latestPickups, lineOf, placeOf } from './store.ts'

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

/** The first fifty places of a line, told again when the line moves. */
export async function placesIn(parts: Parts, siteId: string, queueId: string): Promise<QueuePlace[]> {
  const now = parts.clock.now()
  const line = await lineOf(parts.database, siteId, queueId, 50)
  const [first] = line
  if (first === undefined) return []
  const pickups = await latestPickups(parts.database, siteId, first, new Date(now.getTime() - lookBackMs))
  return line.map((conversationId, index) => ({
    conversationId,
    place: index + 1,
    ...expectedWait(index + 1, pickups),
    basedOn: pickups.length,
    at: now.toISOString(),
  }))
}
