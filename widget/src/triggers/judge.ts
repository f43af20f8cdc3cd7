import { holds } from '@parley/shared/triggers/condition.ts'
import type { LiveRule, RulesFile } from '@parley/shared/triggers/rule.ts'
import {
  isWorthAsking,
  type Moment,
  type Past,
  type Reason,
  reasonAgainst,
} from '@parley/shared/triggers/verdict.ts'
import { isCovered } from './covered.ts'
import type { Explained } from './debug.ts'
import { ask, contextOf, valuesOf } from './facts.ts'
import type { Host } from './host.ts'
import type * as memory from './memory.ts'

const dayMs = 86_400_000
/** Somebody who has not written for this long has stopped. */
const typingMs = 5_000
/** How long a rule waits for a dialog to close or for somebody to stop writing. */
const patienceMs = 60_000
/** Never so soon that it seems to answer the hand. */
const leastWaitSeconds = 0.6

export interface State {
  shownOnPage: number
  shownOf: Record<string, number>
  lastInputMs: number
  going: memory.Kept['going']
}

export interface Judge {
  /** What a rule waits for has happened. */
  consider(rule: LiveRule, payload: unknown): void
  /** What an earlier page had not yet decided when it was left. */
  resume(due: memory.Due): void
  /** A chat was begun, or a goal came true: it counts for what was shown, or held out, before. */
  started(): void
  reached(goal: string): void
  explain(): Promise<Explained[]>
}

/** Handed over by the engine: what both used would be a file of its own. */
export interface JudgeParts {
  host: Host
  file: RulesFile
  state: State
  count(name: string, ruleId: string): void
  recall: typeof memory.recall
  remember: typeof memory.remember
}

export function createJudge({ host, file, state, count, recall, remember }: JudgeParts): Judge {
  const { signal } = host
  const { rules } = file
  const verdicts: Record<string, [atMs: number, reason: Reason | undefined]> = {}
  let openedMs = 0
  host.on('opened', () => {
    openedMs = Date.now()
  })
  const timers = new Set<ReturnType<typeof setTimeout>>()
  signal.addEventListener('abort', () => timers.forEach(clearTimeout))

  function later(seconds: number, run: () => Promise<void>): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      // Whatever goes wrong in here is not told on a page that is not ours.
      run().catch(() => {})
    }, seconds * 1_000)
    timers.add(timer)
  }

  function consider(rule: LiveRule, payload: unknown): void {
    later(rule.afterSeconds ?? leastWaitSeconds, () => judge(rule, payload, Date.now()))
  }

  function momentOf(values: ReturnType<typeof valuesOf>, id: string): Moment {
    const nowMs = Date.now()
    return {
      nowMs,
      facts: (name) => values[name],
      isTyping: nowMs - state.lastInputMs < typingMs,
      isCovered: host.isOpen() || isCovered(),
      shownOnPage: state.shownOnPage,
      ownOnPage: state.shownOf[id] ?? 0,
    }
  }

  async function judge(rule: LiveRule, payload: unknown, sinceMs: number): Promise<void> {
    const { id } = rule
    let values = valuesOf(host, recall(host).visits, payload)
    if (isWorthAsking(rule, file, recall(host), momentOf(values, id)))
      values = { ...values, ...(await ask(file, contextOf(host))) }
    if (signal.aborted) return
    const reason = reasonAgainst(rule, file, recall(host), momentOf(values, id))
    verdicts[id] = [Date.now(), reason]
    // Whoever has opened the chat meanwhile needs no offer to open it.
    const mayWait = openedMs < sinceMs && Date.now() - sinceMs < patienceMs
    if ((reason === 'typing' || reason === 'covered') && mayWait)
      return later(1, () => judge(rule, payload, sinceMs))
    settled(id)
    count(reason ?? 'shown', id)
    if (reason && reason !== 'heldOut') return
    remember(host, ({ past }) => past.push([id, Date.now(), reason ? 1 : 0]))
    if (!reason) await show(rule, values)
  }

  function settled(id: string): void {
    if (recall(host).due?.[0] === id)
      remember(host, (kept) => {
        delete kept.due
      })
  }

  async function show(rule: LiveRule, values: ReturnType<typeof valuesOf>): Promise<void> {
    const { id, do: action } = rule
    const { with: place = 'choice', intent, topic, prefill } = action
    state.shownOnPage += 1
    state.shownOf[id] = (state.shownOf[id] ?? 0) + 1
    const fill = (text = '') => text.replace(/\{(\w+)\}/g, (_, name) => `${values[name] ?? ''}`)
    function accept(): void {
      count('accepted', id)
      host.emit('triggerAccepted', { id })
      if (action.show === 'article') return
      const context = contextOf(host)
      host.call('setContext', { ...context, ...(intent && { intent }), ...(topic && { topic }) })
      if (prefill) host.call('prefill', fill(prefill))
      host.call('openTo', place, (context.product ?? context.order)?.vendorId ?? '')
    }
    function dismiss(): void {
      count('dismissed', id)
      remember(host, (kept) => {
        kept.quietUntilMs = Date.now() + file.quietHours * 3_600_000
      })
    }
    host.emit('triggerShown', { id })
    if (action.show === 'open') return accept()
    const { present } = await import('./present.ts')
    if (!signal.aborted)
      present(host, { ...action, title: fill(action.title), text: fill(action.text) }, accept, dismiss)
  }

  function settle(what: 'Started' | 'Reached', days: number, isMeant: (id: string) => boolean): void {
    const at = what === 'Started' ? 3 : 4
    const isDue = (past: Past) => isMeant(past[0]) && !past[at] && past[1] > Date.now() - days * dayMs
    if (!recall(host).past.some(isDue)) return
    remember(host, ({ past }) => {
      for (const one of past.filter(isDue)) {
        one[at] = 1
        count(one[2] ? `held${what}` : what.toLowerCase(), one[0])
      }
    })
  }

  return {
    consider,
    resume([id, sinceMs]) {
      const rule = rules.find((one) => one.id === id)
      if (rule && Date.now() - sinceMs < patienceMs) consider(rule, undefined)
      else settled(id)
    },
    started: () => settle('Started', 1, () => true),
    reached: (goal) =>
      settle('Reached', 7, (id) => rules.some((rule) => rule.id === id && rule.goal === goal)),
    async explain() {
      const kept = recall(host)
      const { explain } = await import('./debug.ts')
      const stateOf = (rule: LiveRule) => {
        const moment = momentOf(valuesOf(host, kept.visits, {}), rule.id)
        const reason = reasonAgainst(rule, file, kept, moment)
        return { moment, progress: state.going[rule.id], verdict: verdicts[rule.id], reason }
      }
      return explain(rules, stateOf, holds)
    },
  }
}
