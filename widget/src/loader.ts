import type { PageContext, PageSettings, ToPanel } from './channel.ts'
import { frame, greet, mount, tell, unmount } from './loader/frame.ts'
import { button, host, showFailure, showUnread, unread } from './loader/launcher.ts'
import { emit, off, on } from './loader/listeners.ts'
import { keep, kept, place, recall, wipe } from './loader/memory.ts'
import { site } from './loader/site.ts'

type Api = ((...call: unknown[]) => unknown) & { q?: ArrayLike<unknown>[] }
type Method = (...values: never[]) => unknown

const page = document
const life = new AbortController()
let identity: string | null = null
let context: PageContext = {}
let settings: PageSettings = {}
let waiting: (() => void)[] = []
let isOpen = false
let isLoaded = false
let cause: Element | null = null
let ownTitle = ''
let patience: ReturnType<typeof setTimeout>

const tellPage = () =>
  tell('page', { url: location.href.split('#')[0] as string, title: ownTitle || page.title })

/** The hidden panel: it connects only when it is shown or an open conversation is kept. */
function load(): void {
  if (frame) return
  mount()
  patience = setTimeout(() => {
    dismount()
    if (isOpen) {
      close()
      showFailure(true)
    }
    emit('loadFailed')
  }, 10_000)
}

function dismount(): void {
  clearTimeout(patience)
  isLoaded = false
  setTitle('')
  unmount()
}

// From our own frame only; still, every value is taken for the text or number it must be.
function hear(name: unknown, value: unknown): void {
  const [key, what] = Array.isArray(value) ? value : []
  if (name === 'loaded') {
    isLoaded = true
    clearTimeout(patience)
    for (const say of waiting) say()
    waiting = []
  } else if (name === 'keep') keep(`${key}`, what === null ? null : `${what}`)
  else if (name === 'unread') setUnread(Number(value) || 0)
  else if (name === 'title') setTitle(`${value}`)
  else if (name === 'event') emit(`${key}`, what)
  else if (name === 'page') tellPage()
  else if (name === 'close') close()
}

function setUnread(count: number): void {
  if (count !== unread()) keep('unread', count ? `${count}` : null)
  showUnread()
  emit('unread', count)
}

// The panel sets the beat: a text, then nothing, then the text again.
function setTitle(text: string): void {
  if (text) {
    ownTitle ||= page.title
    page.title = text
  } else if (ownTitle) {
    page.title = ownTitle
    ownTitle = ''
  }
}

const shown = () => (isOpen ? (matchMedia('(width < 480px)').matches ? 2 : 1) : 0)

// On a phone the chat covers the page: nothing behind it may scroll or be reached.
function cover(): void {
  const isCovering = shown() === 2
  page.body.inert = isCovering
  page.documentElement.style.overflow = isCovering ? 'hidden' : ''
  tell('shown', shown())
  const view = visualViewport
  if (!view) return
  host.style.setProperty('--t', `${view.offsetTop}px`)
  host.style.setProperty('--h', `${view.height}px`)
}

function show(isNow: boolean): void {
  isOpen = isNow
  frame?.classList.toggle('open', isOpen)
  button.hidden = isOpen || !!settings.hideLauncher
  button.ariaExpanded = `${isOpen}`
  tellPage()
  cover()
}

function open(): void {
  if (isOpen) return
  cause = page.activeElement
  showFailure(false)
  load()
  show(true)
  frame?.focus()
  emit('opened')
}

function close(): void {
  if (!isOpen) return
  show(false)
  const back = cause?.matches('body,parley-chat') ? button : cause
  ;(back as HTMLElement | null)?.focus()
  emit('closed')
}

/** Waits for a panel that is still on its way. */
function later<K extends keyof ToPanel>(name: K, value: ToPanel[K]): void {
  const say = () => tell(name, value)
  if (isLoaded) say()
  else waiting.push(say)
  if (name === 'send') load()
  else open()
}

function logout(): void {
  close()
  dismount()
  wipe()
  identity = null
  waiting = []
  setUnread(0)
}

function destroy(): void {
  close()
  dismount()
  life.abort()
  observer.disconnect()
  host.remove()
  off()
  Reflect.deleteProperty(window, 'Parley')
}

function setContext(next: PageContext): void {
  context = next
  tell('context', context)
}

function update(next: PageSettings): void {
  settings = { ...settings, ...next }
  host.className = settings.theme ?? ''
  host.style.setProperty('--i', (settings.side ?? site.branding.side) === 'start' ? '20px auto' : 'auto 20px')
  if (settings.zIndex) host.style.setProperty('--z', `${settings.zIndex}`)
  tell('settings', settings)
  show(isOpen)
}

const methods: Record<string, Method> = {
  boot: update,
  update,
  ready: (run: () => void) => run(),
  identify(token: string) {
    identity = token
    tell('identity', token)
  },
  setContext: (next: PageContext) => setContext({ ...context, ...next }),
  clearContext: () => setContext({}),
  open,
  close,
  toggle: () => (isOpen ? close() : open()),
  show: () => update({ hideLauncher: false }),
  hide: () => update({ hideLauncher: true }),
  openTo: (...going: ToPanel['go']) => later('go', going),
  prefill: (text: string) => later('prefill', text),
  send: (text: string) => later('send', text),
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

function begin(queued: ArrayLike<unknown>[] = []): void {
  const api = (name: string, ...values: never[]) => methods[name]?.(...values)
  Object.assign(window, {
    Parley: Object.defineProperties(api, {
      isOpen: { get: () => isOpen },
      isVisible: { get: () => !settings.hideLauncher },
      unread: { get: unread },
      conversationId: { get: () => kept['conversation'] ?? null },
    }),
  })
  recall()
  showUnread()
  update({})
  attach()
  observer.observe(page.documentElement, { childList: true })
  const once = { signal: life.signal }
  button.addEventListener('click', open, once)
  button.addEventListener('pointerenter', load, once)
  button.addEventListener('focus', load, once)
  addEventListener(
    'message',
    (event) =>
      greet(event, hear, () => ({
        kept,
        context,
        settings,
        identity,
        lang: page.documentElement.lang,
        shown: shown(),
      })),
    once,
  )
  addEventListener('storage', heardElsewhere, once)
  visualViewport?.addEventListener('resize', cover, once)
  visualViewport?.addEventListener('scroll', cover, once)
  for (const call of Array.from(queued)) (api as Api)(...Array.from(call))
  if (kept['conversation']) (window.requestIdleCallback ?? setTimeout)(load)
  emit('ready')
}

function heardElsewhere({ key, newValue }: StorageEvent): void {
  if (key !== place) return
  // Signed out in another tab: nothing of that person stays in this one.
  if (newValue === null) return logout()
  recall()
  tell('kept', kept)
  setUnread(unread())
}

const earlier = (window as { Parley?: Api }).Parley
// A tag pasted twice is one chat.
if (!earlier || !('isOpen' in earlier)) begin(earlier?.q)
