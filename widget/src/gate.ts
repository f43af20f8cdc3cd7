import type { Call } from './channel.ts'
import { recall, wipe } from './loader/memory.ts'
import { site } from './loader/site.ts'

type Api = ((...call: Call) => unknown) & Record<string, unknown>
type Told = [how: string, name: string, run: () => void]

/** The server writes the loader in place of this name. It is run anew for each stay, and told its site. */
declare const PARLEY_LOADER: (of: typeof site) => void

const life = new AbortController()
const { signal } = life
let isGranted = !site.consent
/** The loader's own function while the chat is on the page. */
let inner: Api | undefined
/** Those of the page: each loader gets them anew. */
let listeners: Told[] = []
/** What the next loader is told first: how things were when the last one went, and what was said since. */
let said: Call[] = [['boot', { ...document.currentScript?.dataset }]]

const isForbidden = () => site.never?.some((path) => location.pathname.startsWith(path))
const isOfConsent = (name: unknown) => /^consent/.test(name as string)

/** Where it may be, the chat is on the page; where not, nothing of it is: no element, frame, socket or rule. */
function settle(): void {
  const mayStay = isGranted && !isForbidden()
  if (mayStay === !!inner) return
  if (inner) said = inner('destroy') as Call[]
  inner = undefined
  if (mayStay) {
    delete window.Parley
    PARLEY_LOADER(site)
    inner = window.Parley as unknown as Api
    const due = [...listeners, ...said] as Call[]
    window.Parley = door
    for (const call of due) inner(...call)
  }
  window.Parley = door
}

function tell(name: string): void {
  for (const one of listeners.filter((each) => each[1] === name)) {
    if (one[0] === 'once') listeners = listeners.filter((other) => other !== one)
    queueMicrotask(() => one[2]())
  }
}

/** Anything but `grant` is a no. */
function decide(answer: unknown): void {
  const was = isGranted
  isGranted = answer === 'grant'
  if (!isGranted) logout()
  settle()
  if (was !== isGranted) tell(isGranted ? 'consentGranted' : 'consentRevoked')
}

/** Nothing of a person stays either where there is no chat just now. */
function logout(): void {
  if (inner) return void inner('logout')
  said = said.filter(([name]) => name !== 'identify')
  navigator.sendBeacon(`${site.base}/end`, recall().token)
  wipe()
}

/** Kept for the next loader: how things are, and a wish for which only consent is missing. */
function keepFor(call: Call): void {
  const [name] = call
  if (/^(open|openTo|toggle|prefill|send)$/.test(name)) {
    if (isGranted) return
    tell('consentAsked')
  }
  if (!/^(boot|update|once|ready)$/.test(name)) said = said.filter((earlier) => earlier[0] !== name)
  said.push(call)
}

function hearListener(call: Call): void {
  const [how, name, run] = call
  if (how === 'off')
    listeners = listeners.filter((one) => (name && one[1] !== name) || (run && one[2] !== run))
  else if (how === 'on' || isOfConsent(name)) listeners.push(call as unknown as Told)
  // Whoever listens late is told what is still open.
  if (name === 'consentAsked' && how !== 'off' && !isGranted) tell(name)
  if (inner) inner(...call)
  else if (how === 'once' && !isOfConsent(name)) keepFor(call)
}

/** The page's one function for as long as the tag is there, whether or not the chat is. */
const door = (...call: Call): unknown => {
  const [name, value] = call
  if (name === 'consent') return decide(value)
  if (/^(on|once|off)$/.test(name)) return hearListener(call)
  if (/^(logout|shutdown)$/.test(name)) logout()
  if (/^(shutdown|destroy)$/.test(name)) {
    life.abort()
    inner?.('destroy')
    delete window.Parley
  } else if (inner) return inner(...call)
  else if (!/^(logout|close|track|debug)$/.test(name)) keepFor(call)
}

const read = (name: string, instead: unknown) => ({ get: () => (inner ? inner[name] : instead) })

if (window.Parley?.isOpen == null) {
  const queued = window.Parley?.q ?? []
  Object.defineProperties(door, {
    isOpen: read('isOpen', false),
    isVisible: read('isVisible', false),
    unread: read('unread', 0),
    conversationId: read('conversationId', null),
  })
  window.Parley = door
  for (const call of queued) door(...call)
  settle()
  const { navigation } = window as { navigation?: EventTarget }
  navigation?.addEventListener('currententrychange', settle, { signal })
  // An older browser tells of no step within the page.
  if (!navigation) {
    const timer = setInterval(settle, 200)
    signal.addEventListener('abort', () => clearInterval(timer))
  }
}
