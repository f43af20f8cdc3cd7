import type { Call, PageSettings } from './channel.ts'
import { frame, greet, type Heard, mount, port, tell, unmount } from './loader/frame.ts'
import { button, host, page, root, showFailure, showUnread, unread } from './loader/launcher.ts'
import { emit, off, on } from './loader/listeners.ts'
import { keep, kept, place, recall, wipe } from './loader/memory.ts'
import { site } from './loader/site.ts'
import type { Given } from './triggers/host.ts'

declare global {
  interface Window {
    Parley?: { (...call: Call): unknown; q?: Iterable<Call>; isOpen?: boolean } | undefined
  }
}

type Method = (...values: never[]) => unknown

const viewport = visualViewport as VisualViewport
const life = new AbortController()
const { signal } = life
const night = matchMedia('(prefers-color-scheme:dark)')
const html = page.documentElement
let settings: PageSettings = { ...page.currentScript?.dataset }
let said: Call[] = []
let isOpen = false
/** Where to go instead, once the chat could not be reached. */
let fallback: string | undefined
let cause: Element | null = null
let ownTitle = ''
let patience: ReturnType<typeof setTimeout>
const tracked: unknown[] = []

/** identify, setContext, clearContext and update say how things are; the rest are wishes, told once. */
const isLasting = ([name]: Call) => /[yte]$/.test(name)

function say(...call: Call): void {
  said = said.filter((earlier) => earlier[0] !== call[0] || !isLasting(call))
  said.push(call)
  tellState()
}

function tellState(): void {
  if (!port) return
  tell(recall(), said, shown(), html.lang, location.href, page.title)
  said = said.filter(isLasting)
}

/** The hidden panel: it connects only when it is shown or an open conversation is kept. */
function load(): void {
  if (frame) return
  mount()
  patience = setTimeout(() => {
    dismount()
    fallback = site.fallbackUrl
    showFailure()
    emit('loadFailed')
  }, 10_000)
}

function dismount(): void {
  close()
  clearTimeout(patience)
  setTitle('')
  unmount()
}

// From our own frame only, whose code is ours.
const heard: Heard = {
  keep(name, value) {
    keep(name, value)
    showUnread()
  },
  title: setTitle,
  event: emit,
  state() {
    clearTimeout(patience)
    tellState()
  },
  close,
}

// The panel sets the beat: a text, then nothing, then the text again.
function setTitle(text: string): void {
  ownTitle ||= text && page.title
  if (text || ownTitle) page.title = text || ownTitle
  ownTitle = text && ownTitle
}

const shown = () => (isOpen ? (innerWidth < 480 ? 2 : 1) : 0)
const isHidden = () => (settings.launcher || settings.hideLauncher) as boolean

/** The host element says all of it: colours, side, the page's own wishes, and on a phone the place above the keyboard. */
function paint(): void {
  const { theme, side = site.side ?? 'end' } = settings
  const isDark = theme === 'dark' || (theme !== 'light' && night.matches)
  // On a phone the chat covers the page: nothing behind it may scroll or be reached.
  const isCovering = shown() > 1
  page.body.inert = isCovering
  html.style.overflow = isCovering ? 'hidden' : ''
  host.style.cssText = `${isDark ? site.dark : site.light};--start:auto;--end:auto;--${side}:calc(var(--offsetX,20) * 1px);--t:${viewport.offsetTop}px;--h:${viewport.height}px`
  for (const name in settings) host.style.setProperty(`--${name}`, settings[name as 'colour'] as string)
  frame?.classList.toggle('open', isOpen)
  button.hidden = isOpen || isHidden()
  button.ariaExpanded = isOpen as unknown as string
  tellState()
}

function open(): void {
  if (isOpen) return
  if (fallback) return location.assign(fallback)
  cause = page.activeElement
  isOpen = true
  load()
  paint()
  frame?.focus()
  emit('opened')
}

function close(): void {
  if (!isOpen) return
  isOpen = false
  paint()
  ;((cause?.matches('body,parley-chat') ? button : cause) as HTMLElement | null)?.focus()
  emit('closed')
}

const toggle = () => (isOpen ? close() : open())

function logout(): void {
  dismount()
  // Also where the page is left in the same moment.
  navigator.sendBeacon(`${site.base}/end`, kept.token)
  wipe()
  said = said.filter(([name]) => /[te]$/.test(name))
  showUnread()
}

/** Answers how things were, for whoever brings the chat back. */
function destroy(): Call[] {
  dismount()
  life.abort()
  observer.disconnect()
  host.remove()
  off()
  delete window.Parley
  return said
}

function shutdown(): void {
  logout()
  destroy()
}

function update(next?: PageSettings): void {
  settings = { ...settings, ...next }
  say('update', settings)
  paint()
}

const methods: Record<string, Method> = {
  boot: update,
  update,
  setLocale: (locale: string) => update({ locale }),
  setTheme: (theme: never) => update({ theme }),
  ready: (run: () => void) => run(),
  open,
  close,
  toggle,
  show: () => update({ hideLauncher: false }),
  hide: () => update({ hideLauncher: true }),
  track(name: string, value: unknown) {
    const told = { name, value }
    tracked.push(told)
    emit('track', told)
  },
  logout,
  shutdown,
  // Where a site waits for it, the gate around this hears of it first.
  consent: (answer: string) => answer === 'grant' || shutdown(),
  destroy,
  on(name: string, listener: (value?: unknown) => void) {
    on(name, listener)
    if (/^(ready|unread)$/.test(name)) listener(unread())
  },
  once: (name: string, listener: () => void) => on(name, listener, true),
  off,
}

// What is not ours to do is the panel's: how things are, and wishes, for which it comes.
const api = (...call: Call): unknown => {
  const [name, ...values] = call
  if (methods[name]) return methods[name](...(values as never[]))
  say(...call)
  if (/^(openTo|prefill)$/.test(name)) open()
  if (name === 'send') load()
}

// Some frameworks replace what they did not put there.
const attach = () => host.isConnected || html.append(host)
const observer = new MutationObserver(attach)

const listen = (target: EventTarget, name: string, run: (event: never) => void) =>
  target.addEventListener(name, run as EventListener, { signal })

function heardElsewhere({ key, newValue }: StorageEvent): void {
  if (key !== place) return
  // Signed out in another tab: nothing of that person stays in this one.
  if (!newValue) logout()
  showUnread()
  tellState()
}

// A tag pasted twice is one chat.
if (window.Parley?.isOpen == null) {
  const queued = window.Parley?.q ?? []
  window.Parley = Object.defineProperties(api, {
    isOpen: { get: () => isOpen },
    isVisible: { get: () => !isHidden() },
    unread: { get: unread },
    conversationId: { get: () => kept.conversation ?? null },
  })
  showUnread()
  update()
  attach()
  observer.observe(html, { childList: true })
  button.onclick = open
  button.onfocus = button.onpointerenter = load
  listen(page, 'click', ({ target }: { target: Element }) => {
    if (target.closest?.(settings.launcher as string)) toggle()
  })
  listen(window, 'message', (event: MessageEvent) => greet(event, heard))
  listen(window, 'storage', heardElsewhere)
  listen(night, 'change', paint)
  listen(viewport, 'resize', paint)
  listen(viewport, 'scroll', paint)
  for (const call of queued) api(...call)
  const begin = () => {
    if (signal.aborted) return
    if (kept.conversation) load()
    if (site.rules)
      import(/* @vite-ignore */ `${site.base}/rules/${site.rules}.js`)
        .then((rules: { start(...given: Given): void }) =>
          rules.start(methods, api, recall, keep, emit, () => said, tracked, root, signal),
        )
        .catch(() => {})
  }
  // Some browsers call a page busy for ever.
  ;(window.requestIdleCallback ?? setTimeout)(begin, { timeout: 5e3 })
}
