/** Everybody of one server: customers with one conversation each, members who receive in some of them. */
export interface Party {
  url: string
  customers: { conversationId: string; auth: object; url?: string }[]
  members: { conversationIds: string[]; cookie: string | null; url?: string }[]
}

export interface Sending {
  seconds: number
  ratePerSecond: number | null
  seed: number
  /** Past saturation “try again” is an honest answer; otherwise a refusal ends the measurement. */
  mayRefuse?: boolean
  /** Only these, by their place in the party; everybody unless told. */
  only?: [number, number]
}

export type ToDriver =
  | { ask: 'gather'; party: Party }
  /** Closed loop without a rate: each conversation sends again when its last message is acknowledged. */
  | ({ ask: 'send' } & Sending)
  | { ask: 'idle'; url: string; count: number; auth: object; from: string[] }
  | { ask: 'time'; times: number; question: Question }

/** What is asked over and over by the first member, one at a time. */
export type Question = { name: string; wish: object }[]

export interface Sent {
  /** Acknowledged and delivered within the time that counts. */
  perSecond: number
  /** All of the round: what the servers' CPU time was spent on. */
  delivered: number
  /** Acknowledged messages that never arrived, or arrived twice. */
  lost: number
  doubled: number
  ackP50Ms: number
  ackP95Ms: number
  ackP99Ms: number
  deliveredP50Ms: number
  deliveredP95Ms: number
  deliveredP99Ms: number
  /** “Try again”, and how soon it was said. */
  refused: number
  refusedP99Ms: number
  /** Share of one core that the clients themselves needed. */
  clientLoad: number
}

export type FromDriver =
  | { answer: 'done' }
  | { answer: 'sent'; sent: Sent }
  | { answer: 'timed'; ms: number[]; emptyMs: number[] }
  | { answer: 'failed'; reason: string }
