import { Refused } from '../app/refused.ts'
import { verb } from '../conversations/index.ts'
import { explained, isModeratedBy, moderatorOf, ownedByAnother } from './stepping-in.ts'

export const leaveConversation = verb<'leaveConversation'>({
  decide({ conversation }, { actor, input }) {
    const { stage } = conversation.moderation
    const moderator = moderatorOf(actor)
    if (stage === 'none') return []
    if (!isModeratedBy(conversation, moderator)) throw ownedByAnother(conversation)
    if (stage === 'takenOver') throw new Refused('notAllowed', 'moderation.handBackFirst')
    return [{ type: 'moderatorLeft', payload: { moderator } }, explained('leave', input.reason)]
  },
})
