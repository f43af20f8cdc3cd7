import type { CustomerActor } from '@parley/shared/people.ts'
import type { NewEvent } from '@parley/shared/protocol/events.ts'
import type { Parts } from '../app/parts.ts'
import type { Log } from '../conversations/index.ts'
import { movableConversations } from './store.ts'

/** Only what this very browser wrote before its person signed in moves, and only after the person said so. */
export async function moveConversations(
  parts: Parts,
  log: Log,
  actor: CustomerActor,
  wish: { requestId: string; conversationIds: readonly string[] },
): Promise<string[]> {
  const movable = await movableConversations(parts.database, actor.siteId, actor.visitorId, actor.contactId)
  const asked = movable.filter((conversationId) => wish.conversationIds.includes(conversationId))
  for (const conversationId of asked)
    await log.append({
      actor,
      conversationId,
      requestId: wish.requestId,
      content: 'moveConversations',
      decide(held): NewEvent[] {
        if (held?.siteId !== actor.siteId || held.conversation.customer.isVerified) return []
        return [
          {
            type: 'customerIdentified',
            payload: {
              customer: {
                contactId: actor.contactId,
                name: actor.name ?? held.conversation.customer.name,
                role: actor.role,
                isVerified: true,
              },
            },
          },
        ]
      },
    })
  return asked
}
