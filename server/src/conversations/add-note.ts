import type { MemberActor } from '@parley/shared/people.ts'
import { mentionable } from './mentionable.ts'
import { messageIdOf } from './message-id.ts'
import { staffOf } from './store.ts'
import { verb } from './verb.ts'

export const addNote = verb<'addNote', MemberActor[]>({
  prepare: async ({ actor, input }, parts) =>
    input.mentions.length === 0 ? [] : staffOf(parts.database, actor.siteId, input.mentions),
  decide: (held, { actor, input, prepared }) => [
    {
      type: 'noteAdded',
      payload: {
        noteId: messageIdOf(actor, input.conversationId, input.requestId),
        text: input.text,
        mentions: mentionable(prepared, held),
      },
    },
  ],
})
