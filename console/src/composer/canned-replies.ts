import type { CannedReply } from '@parley/shared/protocol/settings.ts'
import { firstName } from '../inbox/row-words.ts'

/** What a canned reply may name. */
export interface ReplyFacts {
  customerName: string | null
  agentName: string
  orderId: string | null
  siteName: string
}

const variable = /\{\{\s*([A-Za-z][A-Za-z.]*)\s*\}\}/g

/** Fills in what is known; what is not stays visible and has to be dealt with before sending. */
export function fillReply(text: string, facts: ReplyFacts): string {
  const known: Record<string, string | null> = {
    'customer.firstName': facts.customerName === null ? null : firstName(facts.customerName),
    'customer.name': facts.customerName,
    'agent.name': facts.agentName,
    'order.id': facts.orderId,
    'site.name': facts.siteName,
  }
  return text.replace(variable, (whole, name: string) => known[name] ?? whole)
}

export interface UnfilledVariable {
  text: string
  start: number
  end: number
}

export function unfilledIn(text: string): UnfilledVariable[] {
  return [...text.matchAll(variable)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }))
}

/** The word after the sign that begins the caret's line, or null when no menu is wanted. */
export function cannedQuery(
  text: string,
  caret: number,
  sign: string,
): { query: string; start: number } | null {
  const lineStart = text.lastIndexOf('\n', caret - 1) + 1
  const typed = text.slice(lineStart, caret)
  if (!typed.startsWith(sign)) return null
  const query = typed.slice(sign.length)
  return /^[\p{L}\p{N}-]*$/u.test(query) ? { query, start: lineStart } : null
}

/** Shortcuts that begin with the word first, then titles that contain it. */
export function matchingReplies(replies: readonly CannedReply[], query: string): CannedReply[] {
  const wanted = query.toLocaleLowerCase()
  const rank = (reply: CannedReply): number => {
    if (reply.shortcut.startsWith(wanted)) return 0
    if (reply.shortcut.includes(wanted)) return 1
    return reply.title.toLocaleLowerCase().includes(wanted) ? 2 : 3
  }
  return replies
    .filter((reply) => rank(reply) < 3)
    .sort((one, other) => rank(one) - rank(other) || one.shortcut.localeCompare(other.shortcut))
    .slice(0, 8)
}
