import { holds } from '@parley/shared/triggers/condition.ts'
import { explainReason, unmetPart } from '@parley/shared/triggers/explain-reason.ts'
import type { Condition, Fact, Respect, Rule } from '@parley/shared/triggers/rule.ts'
import { reasonAgainst } from '@parley/shared/triggers/verdict.ts'

/** A person and a page made up by whoever tries. */
export interface Situation {
  facts: Partial<Record<Fact, string>>
  isTyping: boolean
  isCovered: boolean
  /** Shown already: on this page, and in the last day. */
  shownOnPage: number
  shownToday: number
  saidNotNow: boolean
}

export const ordinary: Situation = {
  facts: { path: '/', role: 'buyer', signedIn: 'yes', device: 'computer', language: 'en', visits: '1' },
  isTyping: false,
  isCovered: false,
  shownOnPage: 0,
  shownToday: 0,
  saidNotNow: false,
}

/** The engine's own judgement, supposing that what the rule waits for has just happened. */
export function tryRule(
  id: string,
  rule: Rule,
  respect: Respect,
  situation: Situation,
  segments: readonly { id: string; if: Condition }[],
): { wouldShow: boolean; why: string } {
  const { share: _, ...whole } = rule
  const condition = rule.if && inPlace(rule.if, segments)
  const nowMs = 10 * 86_400_000
  const facts = (name: Fact) => situation.facts[name] || undefined
  const live = { ...whole, id, ...(condition ? { if: condition } : {}) }
  const memory = {
    person: '',
    past: Array.from({ length: situation.shownToday }, (): [string, number] => ['another', nowMs - 1_000]),
    quietUntilMs: situation.saidNotNow ? nowMs + 1 : 0,
  }
  const { isTyping, isCovered, shownOnPage } = situation
  const moment = { nowMs, facts, isTyping, isCovered, shownOnPage, ownOnPage: 0 }
  const reason = reasonAgainst(live, respect, memory, moment)
  return reason
    ? { wouldShow: false, why: explainReason(reason, unmetPart(condition, facts, holds)) }
    : { wouldShow: true, why: 'Nothing speaks against it.' }
}

function inPlace(condition: Condition, segments: readonly { id: string; if: Condition }[]): Condition {
  if ('all' in condition) return { all: condition.all.map((one) => inPlace(one, segments)) }
  if ('any' in condition) return { any: condition.any.map((one) => inPlace(one, segments)) }
  if ('not' in condition) return { not: inPlace(condition.not, segments) }
  if ('segment' in condition) return segments.find((one) => one.id === condition.segment)?.if ?? condition
  return condition
}
