import type { Actor, MemberActor } from '@parley/shared/people.ts'
import type { Feature } from '@parley/shared/rollout/features.ts'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import { isOn, isOnForAnybody, readSwitch, type Subject } from '../rollout/index.ts'
import type { Sql } from '../storage/database.ts'

/** As a member of which kind of room this person is asked for; strangers and staff of none. */
function membershipOf(actor: Actor): { feature: Feature; subject: Subject } | undefined {
  if (actor.kind === 'member')
    return actor.vendorId === null
      ? undefined
      : { feature: 'rooms.vendors', subject: vendorIn(actor.vendorId) }
  if (actor.kind !== 'customer' || !actor.isVerified || actor.role !== 'buyer') return undefined
  return { feature: 'rooms.buyers', subject: buyerIn(actor.contactId) }
}

const vendorIn = (vendorId: string): Subject => ({ vendorId })
const buyerIn = (contactId: string): Subject => ({ contactId, role: 'buyer', isVerified: true })

/** The actor with rooms as they have them at this moment; by default there are none. */
export async function withRooms(parts: Parts, actor: Actor): Promise<Actor> {
  const membership = membershipOf(actor)
  if (!membership || (actor.kind !== 'member' && actor.kind !== 'customer')) return actor
  const { areRoomsOn: _earlier, ...rest } = actor
  const { feature, subject } = membership
  return (await isOn(parts, actor.siteId, feature, subject)) ? { ...rest, areRoomsOn: true } : rest
}

/** A vendor's own; staff look after all there are. */
export async function areRoomsOnFor(
  parts: Parts,
  sql: Sql,
  siteId: string,
  vendorId: string | null,
): Promise<boolean> {
  if (vendorId !== null) return isOn(parts, siteId, 'rooms.vendors', vendorIn(vendorId), sql)
  if (await isOnForAnybody(parts, siteId, 'rooms.vendors', sql)) return true
  return isOnForAnybody(parts, siteId, 'rooms.buyers', sql)
}

export function haveRoomsGone(was: Actor, is: Actor): boolean {
  return 'areRoomsOn' in was && !('areRoomsOn' in is)
}

export function refuseWithoutRooms({ areRoomsOn }: MemberActor): void {
  if (areRoomsOn !== true) throw new Refused('notAllowed', 'rooms.off')
}

/** Both sides of a room must have it: which vendors could be in one. */
export async function vendorsWithRooms(parts: Parts, siteId: string): Promise<(vendorId: string) => boolean> {
  const isOnFor = await readSwitch(parts, siteId, 'rooms.vendors')
  return (vendorId) => isOnFor(vendorIn(vendorId))
}

/** Where nobody has rooms no buyer is looked for; of the first who does not have them the marketplace's server is told. */
export async function buyerRooms(parts: Parts, siteId: string): Promise<(buyers: { id: string }[]) => void> {
  if (!(await isOnForAnybody(parts, siteId, 'rooms.buyers'))) throw new Refused('notAllowed', 'rooms.off')
  const isOnFor = await readSwitch(parts, siteId, 'rooms.buyers')
  return (buyers) => {
    const at = buyers.findIndex(({ id }) => !isOnFor(buyerIn(id)))
    if (at >= 0) throw new Refused('notAllowed', 'rooms.off', { field: `members.${at}.sub` })
  }
}
