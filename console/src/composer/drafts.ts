import type { SentFile } from '@parley/shared/protocol/events.ts'
import { keep, kept } from '../kept.ts'

export type ComposerMode = 'reply' | 'note'

export interface Draft {
  text: string
  files: SentFile[]
}

/** Apart for each member, site, conversation and mode: a note never turns into a reply. */
export function draftKey(
  who: { siteId: string; memberId: string },
  conversationId: string,
  mode: ComposerMode,
): string {
  return `draft.${who.siteId}.${who.memberId}.${conversationId}.${mode}`
}

export function keptDraft(key: string): Draft {
  const draft = kept<Partial<Draft>>(key)
  return { text: draft?.text ?? '', files: draft?.files ?? [] }
}

export function keepDraft(key: string, draft: Draft): void {
  keep(key, draft.text === '' && draft.files.length === 0 ? null : draft)
}
