import type { ConversationId } from '../ids.ts'
import type { SentFile } from '../protocol/events.ts'
import { mayRetry, type Refusal } from '../protocol/refusals.ts'
import type { Link } from './link.ts'
import { newRequestId } from './request-id.ts'

/** A message on its way: shown at once, sent once, in order, until the server has answered for good. */
export interface PendingMessage {
  requestId: string
  conversationId: ConversationId
  text: string
  files: SentFile[]
  /** ISO 8601, this device's clock; later in each message than in the one before, so that a reload keeps their order. */
  at: string
  /** `accepted`: stored by the server, its event is still on the way. */
  state: 'sending' | 'waiting' | 'accepted' | 'refused'
  refusal?: Refusal
}

/** Survives a reload. Entries of one reader are never listed for another. */
export interface OutboxStore {
  list(readerId: string): PendingMessage[] | Promise<PendingMessage[]>
  put(readerId: string, message: PendingMessage): void
  remove(readerId: string, requestId: string): void
}

export interface Outbox {
  pendingIn(conversationId: ConversationId): PendingMessage[]
  add(conversationId: ConversationId, text: string, files: SentFile[]): void
  retry(requestId: string): void
  discard(requestId: string): void
  /** The event of this request has been seen: nothing is pending any more. */
  settle(requestId: string): void
  subscribe(listener: (conversationId: ConversationId) => void): () => void
  /** Told the position an accepted message has in the reader's stream. */
  onAccepted(listener: AcceptedListener): () => void
  belongTo(readerId: string): void
  wake(): void
  stop(): void
}

type AcceptedListener = (conversationId: ConversationId, position: number, requestId: string) => void

/** Whose a message is that was written before the first welcome: whoever is welcomed next, even after a reload. */
const nobodyYet = ''
const firstDelayMs = 500
const longestDelayMs = 15_000

export function createOutbox(options: {
  store: OutboxStore
  ask: Link['ask']
  isOnline: () => boolean
}): Outbox {
  const { store, ask } = options
  const listeners = new Set<(conversationId: ConversationId) => void>()
  const acceptedListeners = new Set<AcceptedListener>()
  const busy = new Set<ConversationId>()
  const delays = new Map<ConversationId, ReturnType<typeof setTimeout>>()
  let messages: PendingMessage[] = []
  let readerId: string | null = null
  // What an earlier page left behind goes out before what is written now.
  let isListed = false
  let isStopped = false

  function tell(conversationId: ConversationId): void {
    for (const listener of listeners) listener(conversationId)
  }

  function change(requestId: string, next: Partial<PendingMessage>): void {
    messages = messages.map((message) =>
      message.requestId === requestId ? { ...message, ...next } : message,
    )
    const changed = messages.find((message) => message.requestId === requestId)
    if (!changed) return
    if (changed.state === 'accepted') store.remove(readerId ?? nobodyYet, requestId)
    else store.put(readerId ?? nobodyYet, changed)
    tell(changed.conversationId)
  }

  function drop(requestId: string): void {
    const dropped = messages.find((message) => message.requestId === requestId)
    if (!dropped) return
    messages = messages.filter((message) => message !== dropped)
    store.remove(readerId ?? nobodyYet, requestId)
    tell(dropped.conversationId)
  }

  // One at a time in each conversation, oldest first: the server's order is the sender's order.
  async function flush(conversationId: ConversationId): Promise<void> {
    if (busy.has(conversationId) || readerId === null || !isListed) return
    busy.add(conversationId)
    const sender = readerId
    let delayMs = firstDelayMs
    try {
      while (!isStopped && readerId === sender) {
        const next = messages.find(
          (message) =>
            message.conversationId === conversationId &&
            (message.state === 'sending' || message.state === 'waiting'),
        )
        if (!next) return
        if (!options.isOnline()) {
          change(next.requestId, { state: 'waiting' })
          return
        }
        if (next.state !== 'sending') change(next.requestId, { state: 'sending' })
        const outcome = await ask('sendMessage', {
          requestId: next.requestId,
          conversationId,
          text: next.text,
          fileIds: next.files.map((file) => file.fileId),
        })
        if (readerId !== sender) return
        if (outcome.ok) {
          delayMs = firstDelayMs
          if (!messages.some((message) => message.requestId === next.requestId)) continue
          change(next.requestId, { state: 'accepted' })
          for (const listener of acceptedListeners)
            listener(conversationId, outcome.value.position, next.requestId)
        } else if (mayRetry(outcome.refusal)) {
          if (!options.isOnline()) continue
          await pause(conversationId, outcome.refusal.retryAfterMs ?? delayMs)
          delayMs = Math.min(delayMs * 2, longestDelayMs)
        } else {
          change(next.requestId, { state: 'refused', refusal: outcome.refusal })
        }
      }
    } finally {
      busy.delete(conversationId)
    }
  }

  function pause(conversationId: ConversationId, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const jittered = ms * (0.75 + 0.5 * Math.random())
      delays.set(conversationId, setTimeout(resolve, jittered))
    })
  }

  // A store that cannot be read, as with site data switched off, must not keep anybody from sending.
  async function stored(owner: string): Promise<PendingMessage[]> {
    try {
      return await store.list(owner)
    } catch {
      return []
    }
  }

  function wake(): void {
    for (const conversationId of new Set(messages.map((message) => message.conversationId)))
      void flush(conversationId)
  }

  return {
    pendingIn: (conversationId) => messages.filter((message) => message.conversationId === conversationId),
    add(conversationId, text, files) {
      const message: PendingMessage = {
        requestId: newRequestId(),
        conversationId,
        text,
        files,
        at: laterThan(messages.at(-1)?.at),
        state: options.isOnline() ? 'sending' : 'waiting',
      }
      messages = [...messages, message]
      store.put(readerId ?? nobodyYet, message)
      tell(conversationId)
      void flush(conversationId)
    },
    retry(requestId) {
      change(requestId, { state: 'sending' })
      wake()
    },
    discard: drop,
    settle: drop,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onAccepted(listener) {
      acceptedListeners.add(listener)
      return () => acceptedListeners.delete(listener)
    },
    belongTo(next) {
      const isFirst = readerId === null
      readerId = next
      isListed = false
      // What somebody else wrote in this browser is neither shown nor sent as the new reader.
      messages = isFirst ? messages : []
      void Promise.all([stored(next), isFirst ? stored(nobodyYet) : []]).then(([owned, unowned]) => {
        if (readerId !== next) return
        const known = new Set(messages.map((message) => message.requestId))
        const kept = [...owned, ...unowned].filter((message) => !known.has(message.requestId))
        kept.sort((one, other) => (one.at < other.at ? -1 : 1))
        for (const message of isFirst ? [...unowned, ...messages] : []) {
          store.remove(nobodyYet, message.requestId)
          store.put(next, message)
        }
        messages = [...kept, ...messages]
        isListed = true
        for (const message of kept) tell(message.conversationId)
        wake()
      })
    },
    wake,
    stop() {
      isStopped = true
      for (const delay of delays.values()) clearTimeout(delay)
      listeners.clear()
      acceptedListeners.clear()
    },
  }
}

/** Now, or just after the message before: clocks may stand still or go back. */
function laterThan(before: string | undefined): string {
  const least = before === undefined ? 0 : Date.parse(before) + 1
  return new Date(Math.max(Date.now(), least)).toISOString()
}
