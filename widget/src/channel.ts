/** What the page and the panel say to each other over their channel: `[name, value]`, checked on arrival. */
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
}
export interface PageSettings {
  locale?: string
  theme?: 'light' | 'dark' | 'system'
  side?: 'start' | 'end'
  zIndex?: number
  hideLauncher?: boolean
}
export type Place = 'new' | 'conversation' | 'order' | 'product' | 'vendor'
export type Going = readonly [place: Place, id?: string]

export interface Page {
  url: string
  title: string
}

/** Not at all, beside the page, or over all of it (a phone). */
export type Shown = 0 | 1 | 2

export interface Start {
  /** Everything kept for this site in the page's own storage. */
  kept: Record<string, string>
  context: PageContext
  settings: PageSettings
  identity: string | null
  lang: string
  shown: Shown
}

export interface ToPanel {
  start: Start
  shown: Shown
  context: PageContext
  settings: PageSettings
  page: Page
  identity: string
  go: Going
  prefill: string
  send: string
  /** Another tab changed what is kept. */
  kept: Record<string, string>
}

export interface PanelEvents {
  messageSent: { conversationId: string; messageId: string }
  messageReceived: { conversationId: string; messageId: string; from: string }
  conversationStarted: { conversationId: string }
  conversationEnded: { conversationId: string }
  identityExpiring: { expiresAt: string }
  error: { code: string }
}

export interface ToHost {
  loaded: true
  close: true
  unread: number
  keep: readonly [name: string, value: string | null]
  event: { [K in keyof PanelEvents]: readonly [name: K, value: PanelEvents[K]] }[keyof PanelEvents]
  title: string
  /** Asks where the visitor is now; the answer is `page`. */
  page: true
}

export type Message<Map> = { [K in keyof Map]: readonly [name: K, value: Map[K]] }[keyof Map]

const isText = (value: unknown): value is string => typeof value === 'string'
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const shapes: { [K in keyof ToPanel]: (value: unknown) => boolean } = {
  start: (value) => isRecord(value) && isRecord(value['kept']) && isRecord(value['context']),
  shown: (value) => value === 0 || value === 1 || value === 2,
  context: isRecord,
  settings: isRecord,
  page: isRecord,
  identity: isText,
  go: (value) => Array.isArray(value) && isText(value[0]),
  prefill: isText,
  send: isText,
  kept: isRecord,
}

/** The page's words as the panel accepts them. */
export function fromPage(data: unknown): Message<ToPanel> | undefined {
  if (!Array.isArray(data) || !isText(data[0]) || !Object.hasOwn(shapes, data[0])) return
  return shapes[data[0] as keyof ToPanel](data[1]) ? (data as unknown as Message<ToPanel>) : undefined
}
