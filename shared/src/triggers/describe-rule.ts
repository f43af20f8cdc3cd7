import type { Action, Condition, Fact, Rule, Signal } from './rule.ts'

/** Plain words, and between them what can be changed. */
export type SentencePart = string | { token: string; of: 'when' | 'if' | 'do' | 'often' | 'share' }

type Names = Record<string, string>

/** “When a buyer clicks “.return”, after 1 second, say “Returning it?”, at most once a day.” */
export function describeRule(rule: Rule, segments: Names = {}): string {
  return describeParts(rule, segments)
    .map((part) => (typeof part === 'string' ? part : part.token))
    .join('')
}

export function describeParts(rule: Rule, segments: Names = {}): SentencePart[] {
  const { when, withinSeconds, afterSeconds, share, often } = rule
  const { who, rest } = subjectOf(rule.if)
  const parts: SentencePart[] = ['When ']
  when.forEach((signal, index) => {
    if (index > 0) parts.push(', then ')
    parts.push({ token: signalWords(signal, index === 0 ? who : 'they'), of: 'when' })
  })
  if (withinSeconds && (when.length > 1 || (when[0]?.times ?? 1) > 1))
    parts.push(' within ', { token: span(withinSeconds), of: 'when' })
  if (rest) parts.push(' and ', { token: conditionWords(rest, segments), of: 'if' })
  if (afterSeconds) parts.push(', after ', { token: span(afterSeconds), of: 'when' })
  parts.push(', ', { token: actionWords(rule.do), of: 'do' }, ', ')
  parts.push({ token: oftenWords(often), of: 'often' })
  if (share && (share.percent < 100 || share.holdOut > 0)) {
    parts.push(', for ', { token: `${share.percent} % of people`, of: 'share' })
    if (share.holdOut > 0)
      parts.push(' with ', { token: `${share.holdOut} % held out to compare`, of: 'share' })
  }
  return [...parts, '.']
}

/** “a buyer” reads better than “somebody, and the role is buyer”. */
function subjectOf(condition: Condition | undefined): { who: string; rest: Condition | undefined } {
  const all = condition && 'all' in condition ? condition.all : condition ? [condition] : []
  const at = all.findIndex((one) => 'is' in one && one.fact === 'role' && one.is.length === 1)
  const role = all[at]
  if (!role || !('is' in role)) return { who: 'somebody', rest: condition }
  const [name] = role.is
  const who =
    name === 'buyer' ? 'a buyer' : name === 'vendor' ? 'a seller' : name === 'guest' ? 'a guest' : ''
  if (!who) return { who: 'somebody', rest: condition }
  const rest = all.filter((_, index) => index !== at)
  return { who, rest: rest.length === 0 ? undefined : rest.length === 1 ? rest[0] : { all: rest } }
}

function signalWords(signal: Signal, who: string): string {
  const { on, at = '', amount = 0, times = 1 } = signal
  const verb = (singular: string, plural: string) => `${who} ${who === 'they' ? plural : singular}`
  const often = times > 1 ? ` ${timesWords(times)}` : ''
  switch (on) {
    case 'page':
      return verb('opens a page', 'open a page') + often
    case 'time':
      return verb(`stays for ${span(amount)}`, `stay for ${span(amount)}`)
    case 'scroll':
      return verb(`scrolls past ${amount} %`, `scroll past ${amount} %`)
    case 'idle':
      return verb(`does nothing for ${span(amount)}`, `do nothing for ${span(amount)}`)
    case 'exit':
      return verb('is about to leave', 'are about to leave') + often
    case 'launcher':
      return verb('rests on the launcher', 'rest on the launcher') + often
    case 'hover':
      return verb(`rests on “${at}”`, `rest on “${at}”`) + often
    case 'click':
      return verb(`clicks “${at}”`, `click “${at}”`) + often
    case 'invalid':
      return verb('cannot send ', 'cannot send ') + (at ? `the form “${at}”` : 'a form') + often
    case 'event':
      return `the page reports “${at}”${often}`
  }
  return on satisfies never
}

export function conditionWords(condition: Condition, segments: Names = {}): string {
  if ('all' in condition) return condition.all.map((one) => inner(one, segments)).join(' and ')
  if ('any' in condition) return condition.any.map((one) => inner(one, segments)).join(' or ')
  if ('not' in condition) return `not ${inner(condition.not, segments)}`
  if ('segment' in condition) return `they are in “${segments[condition.segment] ?? condition.segment}”`
  const { fact } = condition
  if ('is' in condition) return isWords(fact, condition.is)
  const { from, to } = condition
  const range =
    from !== undefined && to !== undefined
      ? `from ${from} to ${to}`
      : from !== undefined
        ? `${from} or more`
        : `${to ?? 0} or less`
  return fact === 'visits' ? `they have come ${range} times` : `the cart is worth ${range}`
}

function inner(condition: Condition, segments: Names): string {
  const words = conditionWords(condition, segments)
  const isList =
    ('all' in condition && condition.all.length > 1) || ('any' in condition && condition.any.length > 1)
  return isList || 'not' in condition ? `(${words})` : words
}

function isWords(fact: Fact, values: readonly string[]): string {
  const list = values.map((value) => `“${value}”`).join(' or ')
  const isNo = values.length === 1 && values[0] === 'no'
  switch (fact) {
    case 'path':
      return `the page is ${list}`
    case 'language':
      return `the language is ${list}`
    case 'device':
      return `the device is a ${values.join(' or ')}`
    case 'role':
      return `the role is ${list}`
    case 'signedIn':
      return isNo ? 'they are not signed in' : 'they are signed in'
    case 'orderState':
      return `the order is ${list}`
    case 'intent':
      return `the intent is ${list}`
    case 'field':
      return `the failing field is ${list}`
    case 'declineClass':
      return `the bank’s answer is ${list}`
    case 'open':
      return isNo ? 'support is closed' : 'it is within opening hours'
    case 'support':
      return isNo ? 'nobody of support is there' : 'somebody of support is there'
    case 'vendor':
      return isNo ? 'the vendor is not online' : 'the vendor is online'
    case 'cartValue':
      return `the cart is worth ${list}`
    case 'visits':
      return `they have come ${list} times`
  }
  return fact satisfies never
}

function actionWords({ show, title, text, url }: Action): string {
  const said = title || text
  switch (show) {
    case 'badge':
      return 'put a mark on the launcher'
    case 'bubble':
      return `say “${said ?? ''}” in a bubble`
    case 'teaser':
      return `say “${said ?? ''}”`
    case 'open':
      return 'open the chat with the form filled'
    case 'article':
      return `offer the article “${title ?? url ?? ''}”`
  }
  return show satisfies never
}

function oftenWords({ times, days }: Rule['often']): string {
  const count = times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`
  if (days === 0) return `at most ${count} per page`
  if (days === 1) return `at most ${count} a day`
  if (days === 7) return `at most ${count} a week`
  return days >= 3_650 ? `at most ${count} ever` : `at most ${count} in ${days} days`
}

function timesWords(times: number): string {
  return times === 2 ? 'twice' : times === 3 ? 'three times' : `${times} times`
}

function span(seconds: number): string {
  if (seconds < 60 || seconds % 60) return seconds === 1 ? '1 second' : `${seconds} seconds`
  const minutes = seconds / 60
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
}
