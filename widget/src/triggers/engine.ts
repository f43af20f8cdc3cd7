import { advance } from '@parley/shared/triggers/sequence.ts'
import { file } from './file.ts'
import type { Given, Host } from './host.ts'
import type { Judge, State } from './judge.ts'
import { type Happen, listen } from './listen.ts'
import { count, tell } from './measure.ts'
import { noteVisit, recall, remember } from './memory.ts'

const { rules } = file

/**
 * The rules of one site at work on one page: it waits for what they wait for, and fetches what decides and draws only
 * once that has happened. The page can have it explained: `Parley('debug')`.
 */
export function start(...[methods, call, kept, keep, emit, said, tracked, root, signal]: Given): void {
  const on = methods.on as Host['on']
  const button = root.querySelector('button') as HTMLButtonElement
  const isOpen = () => !!(call as { isOpen?: boolean }).isOpen
  const host: Host = { call, kept, keep, emit, on, said, tracked, isOpen, root, button, signal }
  const { going, due } = recall(host)
  const state: State = { shownOnPage: 0, shownOf: {}, lastInputMs: 0, going }
  let judge: Promise<Judge> | undefined
  const judging = (): Promise<Judge> => {
    judge ??= import('./judge.ts').then(({ createJudge }) =>
      createJudge({ host, file, state, count, recall, remember }),
    )
    return judge
  }
  // What cannot be fetched is not told on a page that is not ours.
  const withJudge = (run: (judge: Judge) => void) => judging().then(run, () => {})

  const happen: Happen = (name, more, payload) => {
    if (name === 'page') {
      state.shownOnPage = 0
      state.shownOf = {}
    }
    for (const rule of rules) {
      const { id } = rule
      const before = state.going[id]
      const after = advance(rule, before, { on: name, isAt: () => true, ...more }, Date.now())
      if (after === before) continue
      const isDone = after === true
      if (isDone || !after) delete state.going[id]
      else state.going[id] = after
      if (before || !isDone || name === 'click')
        remember(host, (memory) => {
          memory.going = state.going
          if (isDone) memory.due = [id, Date.now()]
        })
      if (!isDone) continue
      count('evaluated', id)
      void withJudge((loaded) => loaded.consider(rule, payload))
    }
  }
  const track = (told: unknown) => {
    const { name, value } = told as { name: string; value: unknown }
    if (rules.some(({ goal }) => goal === name)) void withJudge((loaded) => loaded.reached(name))
    happen('event', { isAt: (wanted) => wanted === name }, value)
  }
  const listenTo = (target: EventTarget, name: string, run: () => void, once = false) =>
    target.addEventListener(name, run, { signal, capture: true, once })

  if (/"(visits|share)"/.test(JSON.stringify(rules))) noteVisit(host)
  listen(
    host,
    rules.flatMap(({ when }) => when),
    happen,
  )
  listenTo(document, 'input', () => {
    state.lastInputMs = Date.now()
  })
  listenTo(document, 'visibilitychange', tell)
  listenTo(window, 'pagehide', tell)
  if (!button.hidden) count('seen')
  listenTo(button, 'pointerenter', () => count('hovered'), true)
  on('opened', () => count('opened'))
  on('conversationStarted', () => withJudge((loaded) => loaded.started()))
  on('track', track)
  tracked.forEach(track)
  if (due) void withJudge((loaded) => loaded.resume(due))
  happen('page')

  methods.debug = async () => (await judging()).explain()
}
