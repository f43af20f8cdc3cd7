import type { CannedReply } from '@parley/shared/protocol/settings.ts'
import { useEffect, useState } from 'preact/hooks'
import { cannedReplies } from '../inbox/colleagues.ts'
import { cannedQuery, fillReply, matchingReplies, type ReplyFacts } from './canned-replies.ts'
import type { ComposerMode } from './drafts.ts'
import { type Mentionable, matchingPeople, mentionQuery } from './mentions.ts'
import type { Suggestion } from './suggestions.tsx'

export interface Offered {
  heading: string
  list: Suggestion[]
  chosen: number
  /** The text with the suggestion in place of what was typed, and where the caret goes. */
  insert: (index: number) => { text: string; caret: number }
  /** True when the key was the menu's. */
  press: (event: KeyboardEvent, onInsert: (index: number) => void) => boolean
}

/** What to offer for the word at the caret: canned replies after their sign, colleagues after `@` in a note. */
export function useSuggestions(
  text: string,
  caret: number,
  mode: ComposerMode,
  sign: string,
  facts: ReplyFacts,
  people: readonly Mentionable[],
): Offered | null {
  const [at, setAt] = useState(0)
  const [dismissed, setDismissed] = useState<string | null>(null)
  const canned = cannedQuery(text, caret, sign)
  const mention = mode === 'note' ? mentionQuery(text, caret) : null
  const asked = canned ?? mention
  const key = asked === null ? null : `${canned === null ? '@' : sign}${asked.start} ${asked.query}`
  useEffect(() => setAt(0), [key])
  useEffect(() => {
    if (asked === null) setDismissed(null)
  }, [asked === null])
  if (asked === null || (dismissed !== null && key?.startsWith(dismissed))) return null

  const found: { suggestion: Suggestion; text: string }[] =
    canned === null
      ? matchingPeople(people, asked.query).map((member) => ({
          suggestion: { key: member.memberId, title: member.name },
          text: `@${member.name} `,
        }))
      : matchingReplies(cannedReplies.value, asked.query).map((reply) => filled(reply, sign, facts))
  if (found.length === 0) return null
  const chosen = Math.min(at, found.length - 1)

  return {
    heading:
      canned === null
        ? 'Mention a colleague'
        : asked.query === ''
          ? 'Canned replies'
          : `Canned replies for “${asked.query}”`,
    list: found.map(({ suggestion }) => suggestion),
    chosen,
    insert(index) {
      const piece = found[index]?.text ?? ''
      return {
        text: text.slice(0, asked.start) + piece + text.slice(caret),
        caret: asked.start + piece.length,
      }
    },
    press(event, onInsert) {
      if (event.ctrlKey || event.metaKey) return false
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step !== undefined) setAt((chosen + step + found.length) % found.length)
      else if (event.key === 'Enter' || event.key === 'Tab') onInsert(chosen)
      else if (event.key === 'Escape') setDismissed(key?.split(' ')[0] ?? null)
      else return false
      return true
    },
  }
}

function filled(
  reply: CannedReply,
  sign: string,
  facts: ReplyFacts,
): { suggestion: Suggestion; text: string } {
  const text = fillReply(reply.text, facts)
  const preview = text.replace(/\s+/g, ' ')
  return {
    suggestion: { key: reply.cannedReplyId, title: reply.title, end: sign + reply.shortcut, preview },
    text,
  }
}
