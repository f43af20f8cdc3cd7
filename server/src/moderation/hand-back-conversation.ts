import type { PublicMember } from '@parley/shared/protocol/events.ts'
import { Refused } from '../app/refused.ts'
import { findHeld, verb } from '../conversations/index.ts'
import { explained, isModeratedBy, moderatorOf, ownedByAnother } from './stepping-in.ts'
import { isStillAnswering } from './store.ts'

/** To whom it came from, if they still answer for that vendor; otherwise to the vendor's line. */
export const handBackConversation = verb<'handBackConversation', PublicMember | null>({
  async prepare({ input }, { database }) {
    const held = await findHeld(database, input.conversationId)
    const from = held?.conversation.moderation.from ?? null
    if (!held || from === null) return null
    return (await isStillAnswering(database, held.siteId, from.memberId)) ? from : null
  },

  decide({ conversation }, { actor, input, prepared }) {
    const { moderation } = conversation
    const moderator = moderatorOf(actor)
    if (moderation.stage !== 'takenOver') throw new Refused('conflict', 'moderation.notTakenOver')
    if (!isModeratedBy(conversation, moderator)) throw ownedByAnother(conversation)
    const to = prepared?.memberId === moderation.from?.memberId ? moderation.from : null
    return [{ type: 'handedBack', payload: { moderator, to } }, explained('handBack', input.reason)]
  },
})
