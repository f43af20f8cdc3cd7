import type { DissatisfactionReason, DissatisfactionTrend } from '@parley/shared/protocol/tone.ts'
import { plainWords } from '../words/index.ts'
import type { Tone } from './tone.ts'

/** What happened, as far as it pleases or displeases the customer. */
export type Said = { by: 'customer'; at: string; text: string; tone: Tone } | { by: 'answering'; at: string }

/** At the last thing that was said; `dissatisfactionAt` adds the waiting since. */
export interface Dissatisfaction extends DissatisfactionTrend {
  heat: number
  unanswered: number
  waitingSince: string | null
  /** Words of the customer's last messages, each once: never stored, a message may be redacted. */
  recent: readonly (readonly string[])[]
}

/** How the 100 points are shared out: how it sounds weighs most, and what the clock says never makes anybody furious alone. */
const most = { tone: 60, waiting: 20, unanswered: 15, repeating: 10, capitals: 5 } as const
/** What is left of an earlier tone after each further message. */
const keptHeat = 0.75
const fullWaitMs = 30 * 60_000
const patientFor = 2
const trendStep = 6
const pointsKept = 20
export const recentKept = 5
const wordsKept = 40

export const content: Dissatisfaction = {
  estimate: 0,
  trend: 'steady',
  reasons: [],
  points: [],
  heat: 0,
  unanswered: 0,
  waitingSince: null,
  recent: [],
}

/** Pure: the same conversation gives the same estimate, however often it is folded. */
export function evolveDissatisfaction(previous: Dissatisfaction, said: Said): Dissatisfaction {
  if (said.by === 'answering') {
    const answered = { ...previous, unanswered: 0, waitingSince: null }
    return { ...answered, ...weighed(answered, { waitingMs: 0, repeats: false, shouts: false }) }
  }
  const words = wordsSaid(said.text)
  const known = new Set(words)
  const waitingMs = previous.waitingSince === null ? 0 : msBetween(previous.waitingSince, said.at)
  const isThankful = said.tone.level === 'calm' && said.tone.reasons.includes('thanks')
  const state = {
    ...previous,
    heat: isThankful ? previous.heat * 0.4 : Math.max(said.tone.strength, previous.heat * keptHeat),
    unanswered: previous.unanswered + 1,
    waitingSince: previous.waitingSince ?? said.at,
    recent: [...previous.recent, words].slice(-recentKept),
  }
  const now = weighed(state, {
    waitingMs,
    repeats: previous.recent.some((earlier) => areAlike(earlier, known)),
    shouts: said.tone.reasons.includes('capitals'),
  })
  const points = [...previous.points, { at: said.at, estimate: now.estimate }].slice(-pointsKept)
  return { ...state, ...now, points, trend: trendOf(points) }
}

/** What a later message is held against, to tell whether it repeats this one. */
export function wordsSaid(text: string): readonly string[] {
  return [...new Set(plainWords(text).slice(0, wordsKept))]
}

/** The estimate now: who waits grows no happier meanwhile. */
export function dissatisfactionAt(state: Omit<Dissatisfaction, 'recent'>, now: string): number {
  if (state.waitingSince === null) return state.estimate
  return weighed(
    state,
    { waitingMs: msBetween(state.waitingSince, now), repeats: false, shouts: false },
    state.estimate,
  ).estimate
}

interface Moment {
  waitingMs: number
  repeats: boolean
  shouts: boolean
}

function weighed(
  { heat, unanswered }: Pick<Dissatisfaction, 'heat' | 'unanswered'>,
  { waitingMs, repeats, shouts }: Moment,
  atLeast = 0,
): Pick<Dissatisfaction, 'estimate' | 'reasons'> {
  const parts: Record<DissatisfactionReason, number> = {
    // A calm message has some strength left for sorting; it is no sign of anything.
    tone: most.tone * Math.max(0, (heat - 0.1) / 0.9),
    waiting: most.waiting * Math.min(1, waitingMs / fullWaitMs),
    unanswered: most.unanswered * Math.min(1, Math.max(0, unanswered - patientFor) / 2),
    repeating: repeats ? most.repeating : 0,
    capitals: shouts ? most.capitals : 0,
  }
  const sum = Object.values(parts).reduce((one, other) => one + other)
  const reasons = (Object.keys(parts) as DissatisfactionReason[])
    .filter((reason) => parts[reason] >= 1)
    .sort((one, other) => parts[other] - parts[one])
  return { estimate: Math.max(atLeast, Math.min(100, Math.round(sum))), reasons }
}

/** Against the mean of the three before. */
function trendOf(points: Dissatisfaction['points']): Dissatisfaction['trend'] {
  const last = points.at(-1)?.estimate ?? 0
  const before = points.slice(-4, -1)
  if (before.length === 0) return 'steady'
  const change = last - before.reduce((sum, { estimate }) => sum + estimate, 0) / before.length
  return change >= trendStep ? 'rising' : change <= -trendStep ? 'falling' : 'steady'
}

/** Three of four words the same; "ok" twice is no complaint. */
function areAlike(one: readonly string[], other: ReadonlySet<string>): boolean {
  if (one.length < 3 || other.size < 3) return false
  const shared = one.filter((word) => other.has(word)).length
  return shared / (one.length + other.size - shared) >= 0.75
}

function msBetween(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from))
}
