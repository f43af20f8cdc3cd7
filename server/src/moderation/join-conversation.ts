import { verb } from '../conversations/index.ts'
import { explained, isModeratedBy, moderatorOf, ownedByAnother, withOpenVendor } from './stepping-in.ts'

/** Seen by everybody, as Moderator, and may write; the vendor goes on answering. */
export const joinConversation = verb<'joinConversation'>({
  decide(held, { actor, input }) {
    const conversation = withOpenVendor(held)
    const moderator = moderatorOf(actor)
    if (isModeratedBy(conversation, moderator)) return []
    if (conversation.moderation.stage !== 'none') throw ownedByAnother(conversation)
    return [{ type: 'moderatorJoined', payload: { moderator } }, explained('join', input.reason)]
  },
})
