import { Refused } from '../app/refused.ts'
import { verb } from '../conversations/index.ts'
import { sealOf } from '../identity/index.ts'
import { explained } from './stepping-in.ts'
import { findOriginal, type Original } from './store.ts'

/** What a masked message said; cards were never kept, so there is nothing of them to restore. */
export const restoreMessage = verb<'restoreMessage', Original | undefined>({
  async prepare({ input }, parts) {
    const original = await findOriginal(parts.database, input.conversationId, input.messageId)
    if (!original || original.words === '') return undefined
    return { ...original, words: sealOf(parts.config).open(original.words, originalContext(input)) }
  },

  decide(_held, { input, prepared }) {
    if (!prepared) throw new Refused('conflict', 'restore.nothing')
    if (prepared.isRestored) return []
    const { messageId, reason } = input
    return [
      { type: 'messageRestored', payload: { messageId, text: prepared.words } },
      explained('restore', reason, messageId),
    ]
  },
})

/** An original can be opened only as that of its own message. */
export function originalContext(of: { conversationId: string; messageId: string }): string {
  return `original ${of.conversationId} ${of.messageId}`
}
