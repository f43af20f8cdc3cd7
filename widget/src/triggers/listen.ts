import type { Signal } from '@parley/shared/triggers/rule.ts'
import type { Happened } from '@parley/shared/triggers/sequence.ts'
import type { Host } from './host.ts'

export type Happen = (on: Signal['on'], more?: Partial<Happened>, payload?: unknown) => void

const page = document
// What is no element has no ancestors to look through.
const closest = (target: EventTarget | null) => (selector: string) => {
  try {
    return !!(target as Element).closest(selector)
  } catch {
    return false
  }
}

/** Turns what happens on the page into signals; only of the kinds that a rule waits for. */
export function listen(host: Host, steps: readonly Signal[], happen: Happen): void {
  const { signal, button } = host
  const of = (...names: Signal['on'][]) => steps.filter((step) => names.includes(step.on))
  const on = (target: EventTarget, names: string, run: (event: never) => void) => {
    for (const name of names.split(' '))
      target.addEventListener(name, run as EventListener, { signal, capture: true })
  }
  const timers: ReturnType<typeof setTimeout>[] = []
  const leave = () => timers.splice(0).forEach(clearTimeout)

  /** A rest of some milliseconds, over the launcher or an element. */
  function rest(kind: 'launcher' | 'hover', target: EventTarget | null): void {
    leave()
    for (const amount of new Set(of(kind).map((step) => step.amount ?? 0)))
      timers.push(setTimeout(() => happen(kind, { amount, from: amount - 1, isAt: closest(target) }), amount))
  }

  let failing: Element | null = null
  function fail(form: Element | null, field: unknown): void {
    // One try, however many fields complain.
    if (failing === form) return
    failing = form
    setTimeout(() => {
      failing = null
    })
    const name = ['id', 'name', 'action'].map((kind) => form?.getAttribute(kind)).find(Boolean)
    happen('invalid', { form: name ?? '-', isAt: closest(form) }, { field })
  }

  if (of('click')[0]) on(page, 'click', ({ target }: Event) => happen('click', { isAt: closest(target) }))
  if (of('invalid')[0]) {
    on(page, 'invalid', ({ target }: { target: HTMLInputElement }) => fail(target.form, target.name))
    on(page, 'submit', (event: SubmitEvent) => {
      const form = event.target as Element
      setTimeout(() => {
        const wrong = event.defaultPrevented && form.querySelector('[aria-invalid=true]')
        if (wrong) fail(form, wrong.getAttribute('name'))
      })
    })
  }
  if (of('launcher')[0]) {
    on(button, 'pointerenter', () => rest('launcher', button))
    on(button, 'pointerleave', leave)
  }
  if (of('hover')[0]) {
    let over: Element | undefined
    on(page, 'pointerover focusin', ({ target }: Event) => {
      const next = of('hover').some((step) => closest(target)(step.at ?? ''))
        ? (target as Element)
        : undefined
      // From one part of an element to another is no new rest.
      if (next && over && (over.contains(next) || next.contains(over))) return
      over = next
      if (next) rest('hover', next)
      else leave()
    })
  }
  if (of('exit')[0])
    on(page, 'mouseout', ({ relatedTarget, clientY }: MouseEvent) => {
      if (!relatedTarget && clientY <= 0) happen('exit')
    })
  if (of('scroll')[0]) {
    let deepest = 0
    on(window, 'scroll', () => {
      const amount = Math.round(((scrollY + innerHeight) / page.documentElement.scrollHeight) * 100)
      if (amount <= deepest) return
      happen('scroll', { amount, from: deepest })
      deepest = amount
    })
  }
  let path = location.pathname
  let seconds = 0
  let idle = 0
  if (of('time', 'idle')[0]) {
    on(page, 'pointermove pointerdown keydown scroll', () => {
      idle = 0
    })
    const tick = setInterval(() => {
      if (page.hidden) return
      happen('time', { amount: ++seconds, from: seconds - 1 })
      happen('idle', { amount: ++idle, from: idle - 1 })
    }, 1_000)
    signal.addEventListener('abort', () => clearInterval(tick))
  }
  signal.addEventListener('abort', leave)
  on((window as { navigation?: EventTarget }).navigation ?? window, 'currententrychange popstate', () => {
    if (path === location.pathname) return
    path = location.pathname
    seconds = 0
    happen('page')
  })
}
