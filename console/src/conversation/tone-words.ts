import type { DissatisfactionReason, DissatisfactionTrend, ToneReason } from '@parley/shared/protocol/tone.ts'

const levels = [
  { below: 20, word: 'Content' },
  { below: 35, word: 'Uneasy' },
  { below: 60, word: 'Dissatisfied' },
  { below: 101, word: 'Very dissatisfied' },
]

/** The word that stands beside every picture of it. */
export function dissatisfactionWord({ estimate }: Pick<DissatisfactionTrend, 'estimate'>): string {
  return levels.find(({ below }) => estimate < below)?.word ?? 'Very dissatisfied'
}

const trends = { rising: 'getting worse', steady: 'steady', falling: 'getting better' } as const

/** “Dissatisfied, 54 of 100, getting worse”. */
export function dissatisfactionSentence(of: DissatisfactionTrend): string {
  return `${dissatisfactionWord(of)}, ${of.estimate} of 100, ${trends[of.trend]}`
}

const whyDissatisfied: Record<DissatisfactionReason, string> = {
  tone: 'how they write',
  waiting: 'waiting',
  unanswered: 'several messages without an answer',
  repeating: 'asking the same again',
  capitals: 'capitals',
}

export function whyWords(reasons: readonly DissatisfactionReason[]): string {
  return listed(reasons.map((reason) => whyDissatisfied[reason]))
}

const toneReasons: Record<ToneReason, string> = {
  anger: 'anger',
  accusation: 'an accusation',
  threat: 'a threat',
  disappointment: 'disappointment',
  impatience: 'impatience',
  repeating: 'repeats itself',
  capitals: 'capitals',
  marks: 'exclamation or question marks',
  emoji: 'a face',
  thanks: 'thanks',
  model: 'by your own model',
}

export function toneWord(level: 'tense' | 'upset'): string {
  return level === 'upset' ? 'Upset' : 'Tense'
}

/** “anger, capitals”. */
export function reasonsSaid(reasons: readonly ToneReason[]): string {
  return listed(reasons.map((reason) => toneReasons[reason]))
}

function listed(words: readonly string[]): string {
  return words.join(', ')
}
