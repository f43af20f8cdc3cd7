import { verb } from './verb.ts'

export const reopenConversation = verb<'reopenConversation'>({
  decide: (held) =>
    held.conversation.status === 'closed'
      ? [{ type: 'conversationReopened', payload: { why: 'member' } }]
      : [],
})
