/** Somebody who writes from several tabs. */
export interface Writer {
  name: string
  conversationId: string
  auth: object
  url: string
  tabs: number
}

export interface ToWriters {
  connect?: readonly Writer[]
  /** So many a second, evenly, whether or not what came before was answered. */
  write?: { perSecond: number; forMs: number }
}

/** One message, from when it was first sent to when it was taken. Times are of the machine’s clock, in ms. */
export interface WrittenMessage {
  name: string
  conversationId: string
  requestId: string
  text: string
  sentAt: number
  takenAt: number | null
  /** The first answer, and how long it took. */
  first: { ms: number; refused: string | null }
  /** A no that is final. */
  isRefused: boolean
}

export interface FromWriters {
  messages: WrittenMessage[]
}
