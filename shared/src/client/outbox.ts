import type { ConversationId } from '../ids.ts'
import type { SentFile } from '../protocol/events.ts'
import { mayRetry, type Refusal } from '../protocol/refusals.ts'
import type { Connection } from './connection.ts'
import { newRequestId } from './request-id.ts'

/** A message on its way: shown at once, sent once, in order, until the server has answered for good. */
export interface PendingMessage {
  requestId: string
  conversationId: ConversationId
  text: string
  files: SentFile[]
  /** ISO 8601, this device's clock: for showing only. */
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
  onAccepted(listener: (conversationId: ConversationId, position: number) => void): () => void
  belongTo(readerId: string): void
  wake(): void
  stop(): void
}

const firstDelayMs = 500
const longestDelayMs = 15_000

export function createOutbox(options: {
  store: OutboxStore
  ask: Connection['ask']
  isOnline: () => boolean
}): Outbox {
  const { store, ask } = options
  const listeners = new Set<(conversationId: ConversationId) => void>()
  const acceptedListeners = new Set<(conversationId: ConversationId, position: number) => void>()
  const busy = new Set<ConversationId>()
  const delays = new Map<ConversationId, ReturnType<typeof setTimeout>>()
  let messages: PendingMessage[] = []
  let readerId: string | null = null
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
    if (readerId !== null) {
      if (changed.state === 'accepted') store.remove(readerId, requestId)
      else store.put(readerId, changed)
    }
    tell(changed.conversationId)
  }

  function drop(requestId: string): void {
    const dropped = messages.find((message) => message.requestId === requestId)
    if (!dropped) return
    messages = messages.filter((message) => message !== dropped)
    if (readerId !== null) store.remove(readerId, requestId)
    tell(dropped.conversationId)
  }

  // One at a time in each conversation, oldest first: the server's order is the sender's order.
  async function flush(conversationId: ConversationId): Promise<void> {
    if (busy.has(conversationId) || readerId === null) return
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
          for (const listener of acceptedListeners) listener(conversationId, outcome.value.position)
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
        at: new Date().toISOString(),
        state: options.isOnline() ? 'sending' : 'waiting',
      }
      messages = [...messages, message]
      if (readerId !== null) store.put(readerId, message)
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
      const earlier = readerId
      readerId = next
      // What somebody else wrote in this browser is neither shown nor sent as the new reader.
      const own = earlier === null ? messages : []
      messages = own
      for (const message of own) store.put(next, message)
      void Promise.resolve(store.list(next)).then((stored) => {
        if (readerId !== next) return
        const known = new Set(messages.map((message) => message.requestId))
        const kept = stored.filter((message) => !known.has(message.requestId))
        messages = [...kept, ...messages].sort((one, other) => (one.at < other.at ? -1 : 1))
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
