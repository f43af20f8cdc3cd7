export interface PageProduct {
  id: string
  name?: string
  price?: string
  image?: string
  vendorId?: string
  vendorName?: string
}
export interface PageOrder {
  id: string
  label?: string
  image?: string
  vendorId?: string
  vendorName?: string
}
/** Told by the page: labels to show and hints for the first screen, never a key to anything. */
export interface PageContext {
  product?: PageProduct
  order?: PageOrder
  intent?: string
  /** Chosen in the form where it asks for one. */
  topic?: string
  /** What only triggers look at: `role`, `orderState`, `cartValue`. Never sent. */
  facts?: Record<string, string | number>
}
export interface PageSettings {
  locale?: string
  theme?: 'light' | 'dark' | 'system'
  side?: 'start' | 'end'
  hideLauncher?: boolean
  /** A selector of the page's own launcher, in place of ours; `off` for none. */
  launcher?: string
  offsetX?: number | string
  offsetY?: number | string
  zIndex?: number | string
  colour?: string
  ink?: string
}
/** openTo, prefill or send, with what it is about. */
export interface Wish {
  name: string
  value: string
  id: string
}

/** Not at all, beside the page, or over all of it (a phone). */
export type Shown = 0 | 1 | 2

/** A call of the page's own: its name and what it was given, checked by the panel. */
export type Call = [name: string, ...values: unknown[]]

/** How things are on the page, told whole whenever something of it changes; in this order. */
export type PageState = [
  /** Everything kept for this site in the page's own storage. */
  kept: Record<string, string>,
  /** What the page has said: how things are every time, a wish once. */
  said: Call[],
  shown: Shown,
  lang: string,
  url: string,
  title: string,
]

export interface PanelEvents {
  messageSent: { conversationId: string; messageId: string }
  messageReceived: { conversationId: string; messageId: string; from: string }
  conversationStarted: { conversationId: string }
  conversationEnded: { conversationId: string }
  identityExpiring: { expiresAt: string }
  participantJoined: { conversationId: string; name: string }
  participantLeft: { conversationId: string; name: string }
  /** A moderator answers from now on in place of who answered before. */
  tookOver: { conversationId: string; name: string }
  typing: { conversationId: string; isTyping: boolean; name: string }
  /** Is anybody there to answer at once? */
  availability: { support: boolean; vendor: boolean }
  error: { code: string }
}

/** What the panel says to the page: a name and at most two values. */
export interface ToHost {
  close: []
  keep: [name: string, value: string | null]
  event: { [K in keyof PanelEvents]: [name: K, value: PanelEvents[K]] }[keyof PanelEvents]
  title: [text: string]
  /** Asks how things are on the page now. */
  state: []
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isCall = (value: unknown): value is Call => Array.isArray(value) && isText(value[0])

/** The page's words as the panel accepts them: the right shape, or nothing. */
export function fromPage(given: unknown): PageState | undefined {
  if (!Array.isArray(given)) return
  const [kept, said, shown, ...texts] = given
  const isGood =
    isRecord(kept) &&
    Object.values(kept).every(isText) &&
    Array.isArray(said) &&
    said.every(isCall) &&
    (shown === 0 || shown === 1 || shown === 2) &&
    texts.length === 3 &&
    texts.every(isText)
  return isGood ? (given as PageState) : undefined
}
