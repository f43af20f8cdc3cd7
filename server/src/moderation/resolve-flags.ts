import { Refused } from '../app/refused.ts'
import { verb } from '../conversations/index.ts'
import { explained } from './stepping-in.ts'

export const resolveFlags = verb<'resolveFlags'>({
  decide({ conversation }, { input }) {
    const { messageId, verdict, reason } = input
    if (!conversation.flags.some((flag) => flag.messageId === messageId))
      throw new Refused('conflict', 'flags.resolved')
    const why = reason === undefined ? [] : [explained('resolveFlags', reason, messageId ?? undefined)]
    return [{ type: 'flagsResolved', payload: { messageId, verdict } }, ...why]
  },
})
