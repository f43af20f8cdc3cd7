import type { Parts } from '../app/parts.ts'
import { type Held, heldOf, type Log } from '../conversations/index.ts'
import { onRevoked, type Revocation } from '../identity/index.ts'
import { forgetRollouts, onRolloutsDropped } from '../rollout/index.ts'
import { forgetSite, onSiteDropped } from '../sites/index.ts'
import { isDecisive, isFollowedHere } from './following.ts'
import type { ParleyServer, TellNodes } from './socket-types.ts'

/** What a node does at once when something changed, on whichever node. */
export interface Here {
  recheckRevoked(who: Revocation): void
  weigh(held: Held): void
  recheckRooms(siteId: string): Promise<void>
}

/** Tells other nodes what they should look at again, and looks again when told. Answers how to stop. */
export function joinOtherNodes(
  parts: Parts,
  io: ParleyServer,
  log: Log,
  tellNodes: TellNodes,
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
  log.onCommitted((commits) => {
    const changed = commits.filter(({ before, events }) => before !== null && events.some(isDecisive))
    if (changed.length > 0)
      tellNodes(
        'factsChanged',
        changed.map(({ held }) => held.conversation.conversationId),
      )
  })

  io.on('revoked', here.recheckRevoked)
  io.on('siteChanged', (siteId) => forgetSite(parts, siteId))
  io.on('rolloutsChanged', (siteId) => {
    forgetRollouts(parts, siteId)
    recheckRooms(siteId)
  })
  io.on('factsChanged', (conversationIds) => {
    const mine = conversationIds.filter((conversationId) => isFollowedHere(io, conversationId))
    if (mine.length === 0) return
    heldOf(parts.database, mine)
      .then((held) => held.forEach(here.weigh))
      .catch((error) => parts.logger.warn({ err: error }, 'Followers could not be weighed again.'))
  })

  return () => {
    offRevoked()
    offSites()
    offRollouts()
  }
}
