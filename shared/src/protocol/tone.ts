import type { ConversationId, MessageId } from '../ids.ts'

export const toneLevels = ['calm', 'tense', 'upset'] as const
export type ToneLevel = (typeof toneLevels)[number]

/** What says how a message sounds, never words of it. */
export type ToneReason =
  | 'anger'
  | 'accusation'
  | 'threat'
  | 'disappointment'
  | 'impatience'
  | 'repeating'
  | 'capitals'
  | 'marks'
  | 'emoji'
  | 'thanks'
  | 'model'

export type DissatisfactionReason = 'tone' | 'waiting' | 'unanswered' | 'repeating' | 'capitals'

/** How dissatisfied the customer seems, from 0 to 100, and how it came to that. */
export interface DissatisfactionTrend {
  estimate: number
  trend: 'rising' | 'steady' | 'falling'
  /** What adds most, most first. */
  reasons: DissatisfactionReason[]
  /** After the customer's last messages, oldest first. */
  points: { at: string; estimate: number }[]
}

export interface MessageTone {
  messageId: MessageId
  level: ToneLevel
  reasons: ToneReason[]
}

/** For staff alone. Told live it holds the messages that are new, asked for the newest of the conversation. */
export interface ConversationTone {
  conversationId: ConversationId
  /** Null before the customer has said anything. */
  dissatisfaction: DissatisfactionTrend | null
  messages: MessageTone[]
  /** The site has tone off here: what was told earlier goes too. */
  isOff?: true
}
