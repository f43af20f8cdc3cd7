import type { Parts } from '../app/parts.ts'
import { type Held, heldOf } from '../conversations/index.ts'
import { onRevoked, type Revocation } from '../identity/index.ts'
import { forgetRollouts, onRolloutsDropped } from '../rollout/index.ts'
import { forgetSite, onSiteDropped } from '../sites/index.ts'
import type { FanOut } from './fan-out.ts'
import { isFollowedHere } from './following.ts'
import type { Announced, ParleyServer, TellNodes } from './socket-types.ts'
import type { Weighed } from './weighed.ts'

/** What a node does at once when something changed, on whichever node. */
export interface Here {
  recheckRevoked(who: Revocation): void
  weigh(held: Held): void
  recheckRooms(siteId: string): Promise<void>
  /** Told here, or followed by nobody here. */
  heard(conversationId: string, before: number, after: number): void
}

/** Tells other nodes what they should look at again, and looks again when told. Answers how to stop. */
export function joinOtherNodes(
  parts: Parts,
  io: ParleyServer,
  tellNodes: TellNodes,
  fanOut: FanOut,
  weighed: Weighed,
  here: Here,
): () => void {
  const offRevoked = onRevoked(parts, (who) => {
    here.recheckRevoked(who)
    tellNodes('revoked', who)
  })
  function recheckRooms(siteId: string): void {
    here
      .recheckRooms(siteId)
      .catch((error) => parts.logger.warn({ err: error }, 'Rooms could not be weighed again.'))
  }
  const offSites = onSiteDropped(parts, (siteId) => tellNodes('siteChanged', siteId))
  const offRollouts = onRolloutsDropped(parts, (siteId) => {
    recheckRooms(siteId)
    tellNodes('rolloutsChanged', siteId)
  })
  io.on('revoked', here.recheckRevoked)
  io.on('siteChanged', (siteId) => forgetSite(parts, siteId))
  io.on('rolloutsChanged', (siteId) => {
    forgetRollouts(parts, siteId)
    recheckRooms(siteId)
  })
  /** Heard of while it is read who may hear it. */
  const unsure = new Map<string, Announced[]>()

  io.on('rowsMoved', fanOut.tellRowsHere)
  io.on('committed', (announced) => {
    for (const one of announced) hear(one)
  })

  function hear(one: Announced): void {
    const [first, last] = [one.events.at(0), one.events.at(-1)]
    if (!first || !last) return
    const { conversationId } = first
    const [before, after] = [(first.positions.staff ?? 0) - 1, last.positions.staff ?? 0]
    const known = weighed.at(conversationId)
    const isFollowed = isFollowedHere(io, conversationId)
    if (isFollowed && unsure.has(conversationId)) {
      unsure.get(conversationId)?.push(one)
      return
    }
    if (isFollowed && known !== before && (known === undefined || known < after)) {
      unsure.set(conversationId, [one])
      void hearWeighed(conversationId)
      return
    }
    if (!isFollowed) weighed.forget(conversationId)
    else if (known === before) weighed.moveTo(conversationId, after)
    fanOut.tellHere([one])
    here.heard(conversationId, before, after)
  }

  /** Something before it was not heard of: by that somebody here may have lost the right to what comes now. */
  async function hearWeighed(conversationId: string): Promise<void> {
    try {
      const [held] = await heldOf(parts.database, [conversationId])
      // Unless more was written from here meanwhile, for which they were weighed.
      if (held && held.heads.staff >= (weighed.at(conversationId) ?? 0)) {
        here.weigh(held)
        weighed.moveTo(conversationId, held.heads.staff)
      }
      const waiting = held ? unsure.get(conversationId) : undefined
      unsure.delete(conversationId)
      for (const one of waiting ?? []) hear(one)
    } catch (error) {
      // Not told: the look at what was written finds it, and who then asks is judged.
      unsure.delete(conversationId)
      parts.logger.warn({ err: error }, 'Followers could not be weighed again.')
    }
  }

  return () => {
    offRevoked()
    offSites()
    offRollouts()
  }
}
