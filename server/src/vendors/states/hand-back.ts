import type { SystemActor } from '@parley/shared/people.ts'
import type { NewEvent } from '@parley/shared/protocol/events.ts'
import type { Parts } from '../../app/parts.ts'
import type { Log } from '../../conversations/index.ts'
import { loadSite, toSupport } from '../../sites/index.ts'
import { openConversationsOf, supportQueuesOf } from './states-store.ts'

/**
 * What a vendor has open goes to the marketplace, with a line that everybody in it sees. From that commit on the
 * vendor's people can neither read nor write there.
 */
export async function handBack(parts: Parts, log: Pick<Log, 'append'>, siteId: string, vendorId: string) {
  const conversationIds = await openConversationsOf(parts.database, siteId, vendorId)
  if (conversationIds.length === 0) return
  const [site, queues] = await Promise.all([loadSite(parts, siteId), supportQueuesOf(parts.database, siteId)])
  const actor: SystemActor = { kind: 'system', siteId, rule: 'vendors' }
  await Promise.all(
    conversationIds.map((conversationId) =>
      log.append({
        actor,
        conversationId,
        requestId: null,
        content: null,
        decide(held): NewEvent[] {
          const conversation = held?.conversation
          if (conversation?.with.kind !== 'vendor' || conversation.with.vendorId !== vendorId) return []
          if (conversation.status === 'closed') return []
          return toSupport(site, queues, conversation.topic?.id)
        },
      }),
    ),
  )
}
