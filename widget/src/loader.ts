import type { Call, PageSettings } from './channel.ts'
import { frame, greet, type Heard, mount, port, tell, unmount } from './loader/frame.ts'
import { button, host, showFailure, showUnread, unread } from './loader/launcher.ts'
import { emit, off, on } from './loader/listeners.ts'
import { keep, kept, place, recall, wipe } from './loader/memory.ts'
import { site } from './loader/site.ts'

type Method = (...values: never[]) => unknown

const page = document
const life = new AbortController()
const night = matchMedia('(prefers-color-scheme: dark)')
let settings: PageSettings = {}
let said: Call[] = []
let isOpen = false
let isFailed = false
let cause: Element | null = null
let ownTitle = ''
let patience: ReturnType<typeof setTimeout>

/** identify, setContext, clearContext and update say how things are; the rest are wishes, told once. */
const isLasting = ([name]: Call) => /^[isuc]\w+[yte]$/.test(name)

function say(...call: Call): void {
  said = said.filter((earlier) => earlier[0] !== call[0] || !isLasting(call))
  said.push(call)
  tellState()
}

function tellState(): void {
  if (!port) return
  tell({ kept, said, shown: shown(), lang: page.documentElement.lang, url: location.href, title: page.title })
  said = said.filter(isLasting)
}

/** The hidden panel: it connects only when it is shown or an open conversation is kept. */
function load(): void {
  if (frame) return
  mount()
  patience = setTimeout(() => {
    close()
    dismount()
    isFailed = true
    showFailure()
    emit('loadFailed')
  }, 10_000)
}

function dismount(): void {
  clearTimeout(patience)
  setTitle('')
  unmount()
}

// From our own frame only; still, every value is taken for the text or number it must be.
const heard: Heard = {
  loaded: () => clearTimeout(patience),
  keep: (name, value) => keep(`${name}`, value === null ? null : `${value}`),
  unread(count) {
    keep('unread', `${Number(count) || 0}`)
    announce()
  },
  title: (text) => setTitle(`${text}`),
  event: (name, value) => emit(`${name}`, value),
  state: tellState,
  close,
}

function announce(): void {
  showUnread()
  emit('unread', unread())
}

// The panel sets the beat: a text, then nothing, then the text again.
function setTitle(text: string): void {
  if (text) ownTitle ||= page.title
  if (text || ownTitle) page.title = text || ownTitle
  if (!text) ownTitle = ''
}

const shown = () => (isOpen ? (matchMedia('(width < 480px)').matches ? 2 : 1) : 0)

/** The host element says all of it: colours, side, and on a phone the place above the keyboard. */
function paint(): void {
  const { theme, side = site.side, hideLauncher } = settings
  const isDark = theme ? theme === 'dark' : night.matches
  const [background, ink] = isDark ? site.dark : site.light
  const view = visualViewport
  // On a phone the chat covers the page: nothing behind it may scroll or be reached.
  const isCovering = shown() > 1
  page.body.inert = isCovering
  page.documentElement.style.overflow = isCovering ? 'hidden' : ''
  host.style.cssText = `--a:${background};--o:${ink};--b:${isDark ? '#1e1d1b' : '#fff'};--i:${side === 'start' ? '20px auto' : 'auto 20px'};--t:${view?.offsetTop}px;--h:${view?.height}px`
  frame?.classList.toggle('open', isOpen)
  button.hidden = isOpen || !!hideLauncher
  button.ariaExpanded = `${isOpen}`
  tellState()
}

function open(): void {
  if (isOpen) return
  if (isFailed && site.fallbackUrl) return location.assign(site.fallbackUrl)
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
  const back = cause?.matches('body,parley-chat') ? button : cause
  ;(back as HTMLElement | null)?.focus()
  emit('closed')
}

function logout(): void {
  close()
  dismount()
  wipe()
  said = said.filter(([name]) => name !== 'identify' && isLasting([name]))
  announce()
}

function destroy(): void {
  close()
  dismount()
  life.abort()
  observer.disconnect()
  host.remove()
  off()
  delete (window as { Parley?: unknown }).Parley
}

function update(next?: PageSettings): void {
  settings = { ...settings, ...next }
  say('update', settings)
  paint()
}

const methods: Record<string, Method> = {
  boot: update,
  update,
  ready: (run: () => void) => run(),
  open,
  close,
  toggle: () => (isOpen ? close() : open()),
  show: () => update({ hideLauncher: false }),
  hide: () => update({ hideLauncher: true }),
  openTo(...going: string[]) {
    say('openTo', ...going)
    open()
  },
  prefill(text: string) {
    say('prefill', text)
    open()
  },
  send(text: string) {
    say('send', text)
    load()
  },
  track: (name: string, value: unknown) => emit('track', { name, value }),
  logout,
  shutdown() {
    logout()
    destroy()
  },
  destroy,
  on(name: string, listener: (value?: unknown) => void) {
    on(name, listener)
    if (name === 'ready') listener()
    if (name === 'unread') listener(unread())
  },
  once: (name: string, listener: () => void) => on(name, listener, true),
  off,
}

// Some frameworks replace what they did not put there.
const attach = () => host.isConnected || page.documentElement.append(host)
const observer = new MutationObserver(attach)

function begin(queued: Iterable<Call> = []): void {
  // What is not ours to do is the panel's: identify, setContext, clearContext.
  const api = (...call: Call) => {
    const [name, ...values] = call
    return methods[name] ? methods[name](...(values as never[])) : say(...call)
  }
  Object.assign(window, {
    Parley: Object.defineProperties(api, {
      isOpen: { get: () => isOpen },
      isVisible: { get: () => !settings.hideLauncher },
      unread: { get: unread },
      conversationId: { get: () => kept.conversation ?? null },
    }),
  })
  recall()
  showUnread()
  update()
  attach()
  observer.observe(page.documentElement, { childList: true })
  const listen = (target: EventTarget | null, names: string, run: (event: never) => void) => {
    for (const name of names.split(' '))
      target?.addEventListener(name, run as EventListener, { signal: life.signal })
  }
  listen(button, 'click', open)
  listen(button, 'pointerenter focus', load)
  listen(window, 'message', (event: MessageEvent) => greet(event, heard))
  listen(window, 'storage', heardElsewhere)
  listen(night, 'change', paint)
  listen(visualViewport, 'resize scroll', paint)
  for (const call of queued) api(...call)
  if (kept.conversation) (window.requestIdleCallback ?? setTimeout)(load)
}

function heardElsewhere({ key, newValue }: StorageEvent): void {
  if (key !== place) return
  // Signed out in another tab: nothing of that person stays in this one.
  if (newValue === null) logout()
  recall()
  announce()
  tellState()
}

const earlier = (window as { Parley?: { q?: Iterable<Call> } }).Parley
// A tag pasted twice is one chat.
if (!earlier || !('isOpen' in earlier)) begin(earlier?.q)
