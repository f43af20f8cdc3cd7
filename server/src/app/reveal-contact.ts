import { withoutAddresses } from '@parley/shared/conversation/masked.ts'
import type { MemberActor } from '@parley/shared/people.ts'
import { countReveal, findWhole } from '../inbox/index.ts'
import { maskCards } from '../terms/index.ts'
import { askingMember } from './asking-member.ts'
import { insertAudit } from './audit.ts'
import type { ConversationRead } from './conversation-read.ts'
import { Refused } from './refused.ts'

/** One way to reach a customer, whole: counted and on record before it is given. What is too much is on record as well. */
export function revealContact(
  /** Somebody has had as many as a day has and asks for more. */
  raise: (actor: MemberActor) => Promise<void>,
): ConversationRead<'revealContact'> {
  return async ({ actor: asker, input, held, parts, origin }) => {
    const actor = askingMember(asker)
    const { requestId, conversationId, field } = input
    const value = await findWhole(parts.database, held, field)
    if (value === undefined) throw new Refused('invalid', 'contact.field', { field: 'field' })
    const now = parts.clock.now()
    const count = await parts.database.transaction(async (sql) => {
      const counted = await countReveal(sql, actor, { requestId, conversationId, field }, now)
      if (counted.is !== 'counted' && counted.is !== 'overQuota') return counted
      const line = {
        action: 'contact.revealed',
        object: `contact:${held.conversation.customer.contactId}`,
        reason: `${field}: ${withoutAddresses(maskCards(input.reason))}`,
        result: counted.is === 'counted' ? ('done' as const) : ('refused' as const),
        ip: origin.ip,
        requestId,
      }
      await insertAudit(sql, [{ actor, line, sessionId: origin.sessionId }])
      return counted
    })
    if (count.is === 'another') throw new Refused('conflict', 'request.otherContent')
    if (count.is === 'overQuota') {
      await raise(actor)
      const retryAfterMs = Math.max(1, count.againAt.getTime() - now.getTime())
      throw new Refused('rateLimited', 'contact.quota', { retryAfterMs })
    }
    return { value }
  }
}
