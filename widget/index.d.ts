/** Types of the one global function that the widget puts on a page. See docs/widget.md. */

export interface Settings {
  locale?: string
  theme?: 'light' | 'dark' | 'system'
  /** Which edge of the page the launcher is at, in reading direction. */
  side?: 'start' | 'end'
  hideLauncher?: boolean
  /** A selector of the page's own launcher, in place of ours; `off` for none at all. */
  launcher?: string
  /** Pixels from the side and from the bottom; 20 where they are left out. */
  offsetX?: number
  offsetY?: number
  zIndex?: number
  /** Background and ink of the launcher; the panel takes the colour too. */
  colour?: string
  ink?: string
}

export interface Product {
  id: string
  name?: string
  price?: string
  image?: string
  vendorId?: string
  vendorName?: string
}

export interface Order {
  id: string
  label?: string
  image?: string
  vendorId?: string
  vendorName?: string
}

/** Labels to show and hints for the first screen, never a right to anything. */
export interface Context {
  product?: Product
  order?: Order
  intent?: string
  /** Id of a topic, chosen in the form where it asks for one. */
  topic?: string
  /** What only triggers look at: `role`, `orderState`, `cartValue`. It does not leave the page. */
  facts?: Record<string, string | number>
}

export interface Events {
  ready: undefined
  opened: undefined
  closed: undefined
  /** Told at once on listening. */
  unread: number
  messageSent: { conversationId: string; messageId: string }
  messageReceived: { conversationId: string; messageId: string; from: string }
  conversationStarted: { conversationId: string }
  conversationEnded: { conversationId: string }
  participantJoined: { conversationId: string; name: string }
  participantLeft: { conversationId: string; name: string }
  /** A moderator answers from now on in place of who answered before. */
  tookOver: { conversationId: string; name: string }
  typing: { conversationId: string; isTyping: boolean; name: string }
  /** Is anybody there to answer at once? */
  availability: { support: boolean; vendor: boolean }
  triggerShown: { id: string }
  triggerAccepted: { id: string }
  track: { name: string; value: unknown }
  /** Sign again with `identify` before this moment. */
  identityExpiring: { expiresAt: string }
  /** Somebody wants to chat, or the page has begun to listen, and the site waits for consent. */
  consentAsked: undefined
  consentGranted: undefined
  consentRevoked: undefined
  error: { code: string }
  loadFailed: undefined
}

/** Why a trigger did or did not show on this page. */
export interface Explained {
  rule: string
  says: string
  hasShown: boolean
  why: string
  at: string | null
}

type Listen = <N extends keyof Events>(name: N, run: (value: Events[N]) => void) => void

/** Each call by its name: `Parley('openTo', 'order', '48213')`. */
export interface Calls {
  boot: (settings?: Settings) => void
  update: (settings?: Settings) => void
  setLocale: (locale: string) => void
  setTheme: (theme: 'light' | 'dark' | 'system') => void
  ready: (run: () => void) => void
  identify: (token: string) => void
  setContext: (context: Context) => void
  clearContext: () => void
  open: () => void
  close: () => void
  toggle: () => void
  show: () => void
  hide: () => void
  openTo: (
    place: 'new' | 'conversation' | 'order' | 'product' | 'vendor' | 'support' | 'article',
    id?: string,
  ) => void
  prefill: (text: string) => void
  send: (text: string) => void
  track: (name: string, payload?: Record<string, string | number>) => void
  on: Listen
  once: Listen
  off: (name?: keyof Events, run?: (value: never) => void) => void
  /** What the visitor has answered to your own question; to be told anew on every page. */
  consent: (answer: 'grant' | 'revoke') => void
  logout: () => void
  shutdown: () => void
  destroy: () => void
  /** On a site with triggers, once its page has been idle: each of them explained. */
  debug: () => Promise<Explained[]> | undefined
}

export interface Parley {
  <N extends keyof Events>(name: 'on' | 'once', event: N, run: (value: Events[N]) => void): void
  <N extends keyof Calls>(name: N, ...values: Parameters<Calls[N]>): ReturnType<Calls[N]>
  readonly isOpen: boolean
  readonly isVisible: boolean
  readonly unread: number
  readonly conversationId: string | null
  /** Calls made before the widget came. */
  q?: unknown[][]
}
