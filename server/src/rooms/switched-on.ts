import type { Actor } from '@parley/shared/people.ts'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import { loadSite } from '../sites/index.ts'

type Kind = 'vendors' | 'buyers'

/** Of which kind of room this person could be a member; strangers and staff of none. */
function kindFor(actor: Actor): Kind | undefined {
  if (actor.kind === 'member') return actor.role === 'vendor' ? 'vendors' : undefined
  return actor.kind === 'customer' && actor.isVerified && actor.role === 'buyer' ? 'buyers' : undefined
}

/** The actor with rooms as the site has them at this moment; by default there are none. */
export async function withRooms(parts: Parts, actor: Actor): Promise<Actor> {
  const kind = kindFor(actor)
  if (kind === undefined || (actor.kind !== 'member' && actor.kind !== 'customer')) return actor
  const { areRoomsOn: _earlier, ...rest } = actor
  return (await loadSite(parts, actor.siteId)).rooms[kind] ? { ...rest, areRoomsOn: true } : rest
}

export function haveRoomsGone(was: Actor, is: Actor): boolean {
  return 'areRoomsOn' in was && !('areRoomsOn' in is)
}

export async function refuseWithoutRooms(parts: Parts, siteId: string, kind: Kind): Promise<void> {
  if (!(await loadSite(parts, siteId)).rooms[kind]) throw new Refused('notAllowed', 'rooms.off')
}
