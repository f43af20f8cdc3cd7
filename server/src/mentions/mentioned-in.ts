import type { Mention } from '@parley/shared/protocol/ephemeral.ts'
import type { Held, StoredEvent } from '../conversations/index.ts'

type Note = Extract<StoredEvent, { type: 'noteAdded' }>

/** Whom a note calls; calling oneself tells nobody anything. */
export function mentionedIn(event: StoredEvent): string[] {
  if (event.type !== 'noteAdded') return []
  return event.payload.mentions.map(({ memberId }) => memberId).filter((memberId) => memberId !== event.by.id)
}

export interface Told extends Mention {
  note: NonNullable<Mention['note']>
}

const shownCharacters = 200

/** What the one who was called is told at once; the whole note stands in the conversation. */
export function toldOf(held: Held, { at, by, payload }: Pick<Note, 'at' | 'by' | 'payload'>): Told {
  const { conversationId, customer } = held.conversation
  return {
    conversationId,
    note: {
      noteId: payload.noteId,
      by: by.name,
      customer: customer.name,
      text: payload.text.slice(0, shownCharacters),
      at,
    },
  }
}
