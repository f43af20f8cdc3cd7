import { messageIdOf } from './message-id.ts'
import { mentionable } from './store.ts'
import { verb } from './verb.ts'

export const addNote = verb<'addNote', { memberId: string; name: string }[]>({
  prepare: async ({ actor, input }, parts) =>
    input.mentions.length === 0 ? [] : mentionable(parts.database, actor.siteId, input.mentions),
  decide: (_held, { actor, input, prepared }) => [
    {
      type: 'noteAdded',
      payload: {
        noteId: messageIdOf(actor, input.conversationId, input.requestId),
        text: input.text,
        mentions: prepared,
      },
    },
  ],
})
