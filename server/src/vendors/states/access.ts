import type { Actor, MemberActor } from '@parley/shared/people.ts'
import type { VendorState } from '@parley/shared/vendors/life-cycle.ts'
import type { Parts } from '../../app/parts.ts'
import { announceRevoked } from '../../identity/index.ts'
import type { Database } from '../../storage/database.ts'
import { accessOf, memberIdsOf } from './states-store.ts'

/** A change on another node counts within this time, whatever hint is lost; on this node at once. */
const freshMs = 1_000
const membersKept = 5_000

interface Access {
  vendorState?: VendorState
  closedTopics: readonly string[]
  readAt: number
}

const caches = new WeakMap<Database, Map<string, Access>>()

function cacheOf({ database }: Pick<Parts, 'database'>): Map<string, Access> {
  const cache = caches.get(database) ?? new Map<string, Access>()
  caches.set(database, cache)
  return cache
}

/** A vendor's member with the rights of this moment: where the vendor stands, and what they are trained for. */
export async function actorAsNow(parts: Parts, actor: Actor): Promise<Actor> {
  if (actor.kind !== 'member' || actor.role !== 'vendor') return actor
  const now = parts.clock.now()
  const kept = cacheOf(parts).get(actor.memberId)
  const access =
    kept && Math.abs(now.getTime() - kept.readAt) < freshMs ? kept : await read(parts, actor, now)
  const { vendorState: _earlier, ...rest } = actor
  const { vendorState, closedTopics } = access
  return { ...rest, closedTopics, ...(vendorState === undefined ? {} : { vendorState }) }
}

async function read(parts: Parts, actor: MemberActor, now: Date): Promise<Access> {
  const cache = cacheOf(parts)
  const row = await accessOf(parts.database, actor.siteId, actor.memberId, now)
  if (cache.size >= membersKept) cache.clear()
  const access: Access = {
    // What was checked is too old: as good as not checked, also before the record says so.
    ...(row === undefined ? {} : { vendorState: row.is_over ? 'underReview' : row.state }),
    closedTopics: row === undefined || row.answers_nothing ? ['*'] : row.closed_topics,
    readAt: now.getTime(),
  }
  cache.set(actor.memberId, access)
  return access
}

/** After the commit: connections are weighed again, here at once and elsewhere as soon as they hear of it. */
export async function announceAccess(parts: Parts, siteId: string, vendorId: string): Promise<void> {
  for (const memberId of await memberIdsOf(parts.database, siteId, vendorId)) announceMember(parts, memberId)
}

export function announceMember(parts: Parts, memberId: string): void {
  cacheOf(parts).delete(memberId)
  announceRevoked(parts, { memberId })
}
