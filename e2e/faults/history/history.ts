import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import type { ReaderKind } from '@parley/shared/people.ts'
import type { EventType, WireEvent } from '@parley/shared/protocol/events.ts'

/** Everything that was seen of one run. Times are milliseconds of one clock; it only knows, it does not judge. */
export interface History {
  scenario: string
  seed: number
  /** How much longer everything took than on a machine of its own: 1 is not at all. */
  slowdown: number
  clients: Client[]
  sent: Sent[]
  fetched: Fetched[]
  frames: Frame[]
  shown: Shown[]
  rights: Right[]
  faults: Fault[]
  /** After healing: what the store holds, what every node answers, what every client shows. */
  stored: StoredEvent[]
  readings: Reading[]
  models: Model[]
  ends: End[]
  acts: Act[]
  audit: AuditRow[]
  /** What the chain of audit lines itself is found to be broken by. */
  chainFaults: unknown[]
  hooks: Hooks | null
  letters: Letter[]
  mails: Mail[]
  uploads: Upload[]
  downloads: Download[]
  /** Stored bytes of files, after what was never sent has been swept. */
  blobs: Blob[]
}

export interface Client {
  name: string
  reader: ReaderKind
  /** The id its requests are remembered under. */
  actorId: string
}

/** One wish to write, from the moment somebody pressed send. */
export interface Sent {
  requestId: string
  client: string
  conversationId: string
  text: string
  kind: 'message' | 'note'
  /** In the order of all submissions. */
  number: number
  /** Said at once with others by the same person, so that no order was asked for. */
  isAtOnce?: boolean
  submittedAt: number
  /** `unknown`: neither acknowledged nor refused for good. */
  result: 'ok' | 'failed' | 'unknown'
  endedAt: number | null
}

/** A reading asked of one node while the run went on. */
export interface Fetched {
  node: string
  reader: ReaderKind
  conversationId: string
  startedAt: number
  requestIds: string[]
}

/** Whatever a client was given, unasked or as an answer. */
export interface Frame {
  client: string
  at: number
  name: string
  conversationId: string | null
  event: WireEvent | null
  /** As it was on the wire, to be searched. */
  text: string
}

/** How far a client's screen reached at one moment. */
export interface Shown {
  client: string
  conversationId: string
  at: number
  last: number
}

/** From when until when a client may see a conversation; `until` is the moment the loss was committed. */
export interface Right {
  client: string
  conversationId: string
  from: number
  until: number | null
}

export interface Fault {
  what: string
  at: number
  until: number
}

export interface StoredEvent {
  conversationId: string
  seq: number
  positions: Record<ReaderKind, number | null>
  type: EventType
  actorId: string
  requestId: string | null
  requestPart: number
  /** As staff see it. */
  event: WireEvent
}

export interface Reading {
  node: string
  reader: ReaderKind
  conversationId: string
  events: WireEvent[]
  conversation: Conversation
}

export interface Model {
  client: string
  conversationId: string
  events: readonly WireEvent[]
  conversation: Conversation | null
  pending: readonly { requestId: string; text: string; state: string }[]
}

/** A node that ended, or what it said, without being told to. */
export interface End {
  node: string
  why: string
}

/** A privileged act, and the line it must leave. */
export interface Act {
  action: string
  requestId: string
  result: 'ok' | 'failed' | 'unknown'
}

export interface AuditRow {
  action: string
  requestId: string
}

/** What a webhook waits for from its making on, and what has arrived there. */
export interface Hooks {
  types: readonly string[]
  fromSeq: Readonly<Record<string, number>>
  received: Hooked[]
}

export interface Hooked {
  id: string
  type: string
  conversationId: string
  position: number
  at: number
}

/** Accepted by the mail server; `killed` says that the sender was killed before it could write that down. */
export interface Letter {
  messageId: string
  to: string
  conversationId: string
  text: string
  isSenderKilled: boolean
}

/** What has to be mailed to somebody who is away. */
export interface Mail {
  conversationId: string
  to: string
  text: string
}

export interface Upload {
  fileId: string
  sha256: string
}

export interface Download {
  fileId: string
  node: string
  status: number
  sha256: string
}

export interface Blob {
  key: string
  hasRow: boolean
}

export type Invariant =
  | 'I01'
  | 'I02'
  | 'I03'
  | 'I04'
  | 'I05'
  | 'I06'
  | 'I07'
  | 'I08'
  | 'I09'
  | 'I10'
  | 'I11'
  | 'I12'
  | 'I13'
  | 'I14'
  | 'I15'
  | 'I16'
  | 'own'

/** One counter-example: which promise, in one sentence, and what shows it. */
export interface Violation {
  invariant: Invariant
  sentence: string
  evidence: readonly unknown[]
}

export type Check = (history: History) => Violation[]

export const emptyHistory = (scenario: string, seed: number): History => ({
  scenario,
  seed,
  slowdown: 1,
  clients: [],
  sent: [],
  fetched: [],
  frames: [],
  shown: [],
  rights: [],
  faults: [],
  stored: [],
  readings: [],
  models: [],
  ends: [],
  acts: [],
  audit: [],
  chainFaults: [],
  hooks: null,
  letters: [],
  mails: [],
  uploads: [],
  downloads: [],
  blobs: [],
})
