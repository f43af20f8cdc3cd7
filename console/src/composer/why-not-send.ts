import { limits } from '@parley/shared/protocol/limits.ts'
import type { BeforeReply } from '../conversation/can-reply.ts'
import { firstName } from '../inbox/row-words.ts'
import { counted } from '../times.ts'
import { unfilledIn } from './canned-replies.ts'
import type { ComposerMode } from './drafts.ts'

export interface Ready {
  mode: ComposerMode
  text: string
  /** Files that are uploaded. */
  fileCount: number
  isUploading: boolean
  hasRefusedFile: boolean
  before: BeforeReply
}

/** Why Send is not possible; `''` when there is simply nothing to send, null when it is. */
export function whyNotSend(ready: Ready): string | null {
  const { mode, text, before } = ready
  if (mode === 'reply') {
    if (before?.step === 'takeOver') return `${firstName(before.from.name)} has this conversation`
    if (before?.step === 'wait') return `Offered to ${firstName(before.offeredTo.name)}`
    if (before?.step === 'handBack') return `${firstName(before.by.name)} has taken over`
    if (before?.step === 'watch') return 'You are watching'
    if (ready.isUploading) return 'A file is still going up'
    if (ready.hasRefusedFile) return 'Remove the file that was refused'
  }
  if (text.trim() === '' && (mode === 'note' || ready.fileCount === 0)) return ''
  const [unfilled] = unfilledIn(text)
  if (unfilled !== undefined) return `Fill in ${unfilled.text}`
  const over = [...text].length - limits.textCodePoints
  if (over > 0) return `${counted(over, 'character')} too long`
  return null
}
