import type { Check, Violation } from '../history.ts'
import { byConversation } from './lists.ts'

/** I16: a conversation has one owner at a time, and nobody else's answer is accepted. */
export const owners: Check = ({ stored }) => {
  const found: Violation[] = []
  for (const [conversationId, rows] of byConversation(stored)) {
    let owner: string | null = null
    for (const row of [...rows].sort((one, other) => one.seq - other.seq)) {
      const { event } = row
      if (event.type === 'assigned') owner = event.payload.to.memberId
      if (event.type === 'transferred') owner = null
      const isAnswer = event.type === 'messageSent' && event.by.side !== 'customer'
      if (isAnswer && owner !== null && event.by.id !== owner)
        found.push({
          invariant: 'I16',
          sentence: `${event.by.name} answered in ${conversationId} at ${row.seq} although it was ${owner}’s.`,
          evidence: [row],
        })
    }
  }
  return found
}
