import { Refused } from '../app/refused.ts'
import { assignToSelf } from './assignment.ts'
import { verb } from './verb.ts'

const longestSnoozeMs = 366 * 24 * 60 * 60 * 1000

export const snoozeConversation = verb<'snoozeConversation'>({
  decide(held, { actor, input, now }) {
    const forMs = Date.parse(input.untilAt) - now.getTime()
    if (forMs <= 0 || forMs > longestSnoozeMs)
      throw new Refused('invalid', 'snooze.time', { field: 'untilAt' })
    if (held.conversation.status === 'closed') throw new Refused('closed', 'reopenFirst')
    return [...assignToSelf(held, actor), { type: 'snoozed', payload: { untilAt: input.untilAt } }]
  },
})

export const unsnoozeConversation = verb<'unsnoozeConversation'>({
  decide: (held) =>
    held.conversation.status === 'snoozed' ? [{ type: 'unsnoozed', payload: { why: 'member' } }] : [],
})
