import { toneNeedOf } from '@parley/shared/conversation/need.ts'
import type { BoardRow, BoardVendor } from '@parley/shared/protocol/reading.ts'
import type { VendorState } from '@parley/shared/vendors/life-cycle.ts'
import {
  ClipboardCheck,
  Eye,
  Flag,
  Frown,
  Hand,
  Hourglass,
  type IconNode,
  Megaphone,
  MessageSquare,
} from 'lucide'
import { flagWord } from '../conversation/flag-words.ts'
import { shortSpan } from '../times.ts'

export interface Reason {
  icon: IconNode
  word: string
  tone: 'bad' | 'warn' | 'plain'
  /** One line of evidence; quoted when somebody said it. */
  evidence: string
}

/** Why a conversation stands where it stands: the most pressing of its reasons. */
export function reasonOf({ need, moderation, lastMessage, waitingSince }: BoardRow): Reason {
  const said = lastMessage === null || lastMessage.text === '' ? 'Nothing said yet' : `“${lastMessage.text}”`
  const kinds = need.kinds.map(flagWord)
  if (need.held > 0)
    return {
      icon: Hourglass,
      word: 'Held message',
      tone: 'bad',
      evidence: sentence(kinds) ?? 'It waits for your decision',
    }
  if (need.hand !== null)
    return { icon: Hand, word: 'Hand up', tone: 'warn', evidence: `${need.hand.by}: ${need.hand.reason}` }
  if (need.reports > 0) return { icon: Megaphone, word: 'Reported', tone: 'bad', evidence: said }
  if (need.flags > 0) return { icon: Flag, word: 'Flagged', tone: 'bad', evidence: sentence(kinds) ?? said }
  if (moderation.moderator === null && toneNeedOf(need.dissatisfaction?.estimate ?? 0) > 0)
    return { icon: Frown, word: 'Tone', tone: 'warn', evidence: said }
  if (moderation.moderator === null && need.ofVendor?.isOnProbation)
    return { icon: ClipboardCheck, word: 'Probation', tone: 'warn', evidence: said }
  if (need.isHolding) return { icon: Hourglass, word: 'Holding', tone: 'plain', evidence: said }
  if (moderation.moderator !== null) {
    const word = moderation.stage === 'takenOver' ? 'Taken over' : 'Moderator in'
    return { icon: Eye, word, tone: 'plain', evidence: moderation.moderator.name }
  }
  return {
    icon: waitingSince === null ? MessageSquare : Hourglass,
    word: waitingSince === null ? 'Going on' : 'Waiting',
    tone: 'plain',
    evidence: said,
  }
}

function sentence(kinds: string[]): string | null {
  const words = kinds.join(', ')
  return words === '' ? null : words.charAt(0).toUpperCase() + words.slice(1)
}

/** Short, for the end of a line; nothing while nobody waits. */
export function waitWords(row: BoardRow, now: number): string {
  if (row.waitingSince === null) return ''
  const span = shortSpan(Math.max(0, now - Date.parse(row.waitingSince)))
  return span === 'now' ? 'waiting' : `${span} waiting`
}

const stateWords: Record<VendorState, string> = {
  applied: 'Applied',
  underReview: 'Under review',
  training: 'In training',
  probation: 'Probation',
  active: 'Active',
  restricted: 'Restricted',
  suspended: 'Suspended',
  refused: 'Refused',
}

/** Where the vendor stands, with a low standing said beside it. */
export function standingWords({ state, verdict, areLinksOff }: BoardVendor): string {
  const low = verdict === 'hard' ? ', standing far too low' : verdict === 'warning' ? ', standing low' : ''
  return stateWords[state] + low + (areLinksOff ? ', links off' : '')
}
