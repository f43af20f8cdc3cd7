import { verb } from '../conversations/index.ts'
import { explained, isModeratedBy, moderatorOf, ownedByAnother, withOpenVendor } from './stepping-in.ts'

/**
 * From this commit on the moderator answers and the vendor does not. One owner at a time: from another moderator it is
 * taken only by whoever saw that moderator have it.
 */
export const takeOverConversation = verb<'takeOverConversation'>({
  decide(held, { actor, input }) {
    const conversation = withOpenVendor(held)
    const { moderation, assignee } = conversation
    const moderator = moderatorOf(actor)
    const isOwn = isModeratedBy(conversation, moderator)
    if (isOwn && moderation.stage === 'takenOver') return []
    if (!isOwn && (moderation.moderator?.memberId ?? null) !== input.from) throw ownedByAnother(conversation)
    const from = moderation.stage === 'takenOver' ? moderation.from : assignee
    return [{ type: 'takenOver', payload: { moderator, from } }, explained('takeOver', input.reason)]
  },
})
