import { type Facts, holds, isLike } from './condition.ts'
import { askedFacts, type LiveRule, type Respect } from './rule.ts'

/** A time a rule reached this person: shown, or held out to compare with. */
export type Past = [ruleId: string, atMs: number, isHeld?: 1 | 0, hasStarted?: 1 | 0, hasReached?: 1 | 0]

/** What a browser remembers of its person, and nothing else. */
export interface Memory {
  /** A random name, for shares alone. */
  person: string
  past: Past[]
  /** After “Not now”. */
  quietUntilMs: number
}

/** How things are on the page at one moment. */
export interface Moment {
  nowMs: number
  facts: Facts
  isTyping: boolean
  /** A dialog, a payment frame or the chat itself lies open. */
  isCovered: boolean
  shownOnPage: number
  /** How often this rule has shown since the page came. */
  ownOnPage: number
}

export type Reason =
  | 'excluded'
  | 'condition'
  | 'share'
  | 'often'
  | 'cooling'
  | 'perPage'
  | 'perDay'
  | 'typing'
  | 'covered'
  | 'heldOut'

const dayMs = 86_400_000

/** 0 to 99, the same for the same name for ever: FNV-1a. */
export function shareOf(name: string): number {
  let hash = 2_166_136_261
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 16_777_619)
  hash ^= hash >>> 15
  return (Math.imul(hash, 2_246_822_507) >>> 0) % 100
}

/** Why this rule must not show to this person now; nothing when it may. Who is held out would have seen it. */
export function reasonAgainst(
  rule: LiveRule,
  respect: Respect,
  memory: Memory,
  moment: Moment,
): Reason | undefined {
  const { id, share, often } = rule
  const { nowMs, facts } = moment
  const shown = memory.past.filter((past) => !past[2])
  const path = `${facts('path')}`
  const since = (days: number) => (past: Past) => past[1] > nowMs - days * dayMs
  const ownShown = often.days
    ? memory.past.filter((past) => past[0] === id && since(often.days)(past)).length
    : moment.ownOnPage

  if (respect.excluded.some((pattern) => isLike(pattern, path))) return 'excluded'
  if (!holds(rule.if, facts)) return 'condition'
  if (share && shareOf(`${id} ${memory.person}`) >= share.percent) return 'share'
  if (ownShown >= often.times) return 'often'
  if (nowMs < memory.quietUntilMs) return 'cooling'
  if (moment.shownOnPage >= respect.perPage) return 'perPage'
  if (shown.filter(since(1)).length >= respect.perDay) return 'perDay'
  if (moment.isTyping) return 'typing'
  if (moment.isCovered) return 'covered'
  if (share && shareOf(`${memory.person} ${id}`) < share.holdOut) return 'heldOut'
  return undefined
}

/**
 * Facts that must be asked cost a request. Worth it only where an answer could let the rule show: in one of the worlds
 * that the answers allow there is nothing against it.
 */
export function isWorthAsking(rule: LiveRule, respect: Respect, memory: Memory, moment: Moment): boolean {
  const text = JSON.stringify(rule.if ?? 0)
  if (!askedFacts.some((fact) => text.includes(`"${fact}"`))) return false
  return askedFacts.some((_, world) =>
    [world, 7 - world].some((answers) => {
      const facts: Facts = (name) => {
        const at = askedFacts.indexOf(name)
        return at < 0 ? moment.facts(name) : (answers >> at) & 1 ? 'yes' : 'no'
      }
      const reason = reasonAgainst(rule, respect, memory, { ...moment, facts })
      return !reason || passing.includes(reason)
    }),
  )
}

/** Reasons that may be gone in a moment: the rule waits for that. */
export const passing: readonly Reason[] = ['typing', 'covered', 'heldOut']
