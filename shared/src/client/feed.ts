import { type Conversation, evolve } from '../conversation/conversation.ts'
import { afterErasure, erasedName } from '../conversation/erasure.ts'
import { withoutMember } from '../conversation/former-member.ts'
import { afterRedaction } from '../conversation/redaction.ts'
import type { ConversationId, MessageId } from '../ids.ts'
import type { Marks } from '../protocol/ephemeral.ts'
import type { SentFile, WireEvent } from '../protocol/events.ts'
import type { EventPage } from '../protocol/reading.ts'
import type { Refusal } from '../protocol/refusals.ts'
import type { Link } from './link.ts'
import type { Outbox, PendingMessage } from './outbox.ts'

/** One conversation as this reader holds it: contiguous, in order, repaired by itself. */
export interface FeedView {
  conversation: Conversation | null
  /** Oldest first, without a hole; `events[0].position` is 1 when `isComplete`. */
  events: readonly WireEvent[]
  pending: readonly PendingMessage[]
  marks: readonly Marks[]
  /** The newest position known to exist. */
  head: number
  isComplete: boolean
  isLoading: boolean
  /** Why it cannot be read: it is gone, or not for this reader. */
  refusal: Refusal | null
}

export interface ConversationFeed {
  get(): FeedView
  subscribe(listener: () => void): () => void
  send(text: string, files?: SentFile[]): void
  retry(requestId: string): void
  discard(requestId: string): void
  loadEarlier(): Promise<void>
  /** Everything up to this message has been read by the person, not only received. */
  mark(readTo: MessageId): void
  close(): void
}

/** The connection's side of a feed. */
export interface LiveFeed extends ConversationFeed {
  receive(event: WireEvent): void
  learnHead(position: number): void
  receiveMarks(marks: Marks): void
  resume(): void
  stop(): void
}

/** What opening a conversation asks for. */
export const pageSize = 60
/** Further behind than this, the newest page is fetched instead of everything missed. */
const farBehind = 600
const retryMs = 1_500
/** Announcements are hints: an open conversation asks for its head this often. */
const checkMs = 30_000
const markDelayMs = 250

export function createFeed(options: {
  conversationId: ConversationId
  ask: Link['ask']
  outbox: Outbox
  readerId: () => string | null
  isOnline: () => boolean
  /** A moderator who looks on unseen: nothing is told of how far they have read. */
  isWatching?: boolean
  onEvent: (event: WireEvent) => void
  onClose: () => void
}): LiveFeed {
  const { conversationId, ask, outbox } = options
  const listeners = new Set<() => void>()
  const early = new Map<number, WireEvent>()
  let view: FeedView = {
    conversation: null,
    events: [],
    pending: outbox.pendingIn(conversationId),
    marks: [],
    head: 0,
    isComplete: false,
    isLoading: true,
    refusal: null,
  }
  let isStopped = false
  let isCatchingUp = false
  let isFollowing = false
  const acceptedAt = new Map<string, number>()
  let unsentMark: { deliveredTo?: MessageId; readTo?: MessageId } = {}
  let markTimer: ReturnType<typeof setTimeout> | undefined
  let retryTimer: ReturnType<typeof setTimeout> | undefined

  function show(next: Partial<FeedView>): void {
    view = { ...view, ...next }
    for (const listener of listeners) listener()
  }

  const last = () => view.events.at(-1)?.position ?? 0

  function accept(events: readonly WireEvent[]): void {
    let { conversation } = view
    const accepted: WireEvent[] = []
    for (const event of events) {
      if (event.position !== last() + accepted.length + 1) continue
      conversation = evolve(conversation, event)
      accepted.push(event)
    }
    if (accepted.length === 0) return
    show({
      conversation,
      events: withoutRedacted([...view.events, ...accepted], accepted),
      marks: withoutErased(conversation?.isErased ? view.marks.map(withoutName) : view.marks, accepted),
      head: Math.max(view.head, last() + accepted.length),
      isComplete: view.isComplete || accepted[0]?.position === 1,
    })
    for (const event of accepted) {
      early.delete(event.position)
      if (event.requestId !== undefined) {
        acceptedAt.delete(event.requestId)
        outbox.settle(event.requestId)
      }
      if (event.type === 'messageSent' && event.by.id !== options.readerId())
        noteMark({ deliveredTo: event.payload.messageId })
      options.onEvent(event)
    }
  }

  function takeEarly(): void {
    const run: WireEvent[] = []
    for (let next = early.get(last() + 1); next; next = early.get(next.position + 1)) run.push(next)
    accept(run)
    for (const position of early.keys()) if (position <= last()) early.delete(position)
  }

  // A repeat of what was stored long ago: its event has passed, or lies before the first page.
  function letGo(): void {
    if (view.isLoading) return
    for (const [requestId, position] of acceptedAt) {
      if (position > last()) continue
      acceptedAt.delete(requestId)
      outbox.settle(requestId)
    }
  }

  async function load(): Promise<boolean> {
    const outcome = await ask('readConversation', { conversationId, limit: pageSize })
    if (isStopped) return true
    if (!outcome.ok) return giveUp(outcome.refusal)
    replace(outcome.value)
    return true
  }

  function replace(page: EventPage): void {
    show({
      conversation: page.conversation,
      events: page.events,
      marks: page.marks,
      head: Math.max(page.head, view.head),
      isComplete: page.events[0]?.position === 1,
      isLoading: false,
      refusal: null,
    })
    for (const event of page.events) if (event.requestId !== undefined) outbox.settle(event.requestId)
    letGo()
    const newest = page.events.findLast(
      (event) => event.type === 'messageSent' && event.by.id !== options.readerId(),
    )
    if (newest?.type === 'messageSent') noteMark({ deliveredTo: newest.payload.messageId })
    takeEarly()
  }

  function giveUp(refusal: Refusal): boolean {
    if (refusal.code !== 'notFound' && refusal.code !== 'notAllowed') return false
    show({ refusal, isLoading: false })
    return true
  }

  // The only place that fetches: whoever learns of a hole only raises `head`.
  async function catchUp(): Promise<void> {
    if (isCatchingUp || isStopped || view.refusal !== null) return
    isCatchingUp = true
    clearTimeout(retryTimer)
    try {
      while (
        !isStopped &&
        options.isOnline() &&
        view.refusal === null &&
        (view.isLoading || last() < view.head)
      ) {
        const isDone = view.isLoading || view.head - last() > farBehind ? await load() : await fetchMissing()
        if (!isDone) {
          retryTimer = setTimeout(catchUp, retryMs)
          return
        }
      }
    } finally {
      isCatchingUp = false
    }
  }

  async function fetchMissing(): Promise<boolean> {
    const after = last()
    const outcome = await ask('readConversation', { conversationId, after })
    if (isStopped) return true
    if (!outcome.ok) return giveUp(outcome.refusal)
    accept(outcome.value.events)
    takeEarly()
    show({ marks: outcome.value.marks })
    return last() > after
  }

  // Join first, then read, then drop what is already here: nothing can fall between.
  async function resume(): Promise<void> {
    isFollowing = false
    const held = last()
    const outcome = await ask(options.isWatching ? 'watchConversation' : 'followConversation', {
      conversationId,
    })
    if (isStopped) return
    if (outcome.ok) {
      isFollowing = true
      if (outcome.value.head < held) startOver()
      learnHead(outcome.value.head)
      void catchUp()
    } else if (!giveUp(outcome.refusal) && options.isOnline()) {
      retryTimer = setTimeout(resume, retryMs)
    }
  }

  // The server's store is an earlier one, restored from a backup: what we hold beyond it no longer exists.
  function startOver(): void {
    early.clear()
    show({ events: [], head: 0, isComplete: false, isLoading: true })
  }

  function learnHead(position: number): void {
    if (position > view.head) show({ head: position })
    if (isFollowing) void catchUp()
  }

  function noteMark(mark: { deliveredTo?: MessageId; readTo?: MessageId }): void {
    if (options.isWatching) return
    unsentMark = { ...unsentMark, ...mark }
    clearTimeout(markTimer)
    markTimer = setTimeout(sendMark, markDelayMs)
  }

  async function sendMark(): Promise<void> {
    const mark = unsentMark
    if (isStopped || (mark.deliveredTo === undefined && mark.readTo === undefined)) return
    unsentMark = {}
    const outcome = await ask('markConversation', { conversationId, ...mark })
    if (!outcome.ok && outcome.refusal.code === 'unavailable') unsentMark = { ...mark, ...unsentMark }
  }

  const check = setInterval(() => {
    if (!options.isOnline() || view.refusal !== null) return
    void resume()
    void sendMark()
  }, checkMs)
  const forgetOutbox = outbox.subscribe((changed) => {
    if (changed === conversationId) show({ pending: outbox.pendingIn(conversationId) })
  })
  const forgetAccepted = outbox.onAccepted((changed, position, requestId) => {
    if (changed !== conversationId) return
    acceptedAt.set(requestId, position)
    learnHead(position)
    letGo()
  })

  function stop(): void {
    if (isStopped) return
    isStopped = true
    clearInterval(check)
    clearTimeout(markTimer)
    clearTimeout(retryTimer)
    forgetOutbox()
    forgetAccepted()
    listeners.clear()
  }

  return {
    get: () => view,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    send: (text, files = []) => outbox.add(conversationId, text, files),
    retry: outbox.retry,
    discard: outbox.discard,
    async loadEarlier() {
      const first = view.events[0]?.position ?? 1
      if (first <= 1) return
      const outcome = await ask('readConversation', { conversationId, before: first, limit: pageSize })
      const now = view.events[0]?.position ?? 1
      if (isStopped || !outcome.ok || now !== first) return
      const events = [...outcome.value.events, ...view.events]
      show({ events, isComplete: events[0]?.position === 1 })
    },
    mark(readTo) {
      noteMark({ readTo })
    },
    close() {
      stop()
      options.onClose()
    },
    receive(event) {
      if (event.position <= last()) return
      early.set(event.position, event)
      if (!view.isLoading) takeEarly()
      if (event.position > view.head) show({ head: event.position })
      if (early.size > 0) void catchUp()
    },
    receiveMarks(marks) {
      const others = view.marks.filter((mark) => mark.readerId !== marks.readerId)
      show({ marks: [...others, view.conversation?.isErased ? withoutName(marks) : marks] })
    },
    learnHead,
    resume: () => void resume(),
    stop,
  }
}

/** How far somebody has read says their name too. */
function withoutName(marks: Marks): Marks {
  return marks.side === 'customer' ? { ...marks, name: erasedName } : marks
}

/** What was redacted or erased goes out of what is held here too, wherever it stands. */
function withoutRedacted(events: WireEvent[], fresh: readonly WireEvent[]): WireEvent[] {
  const left = fresh.reduce((held, { type, payload, position }) => {
    if (type === 'messageRedacted') return held.map((event) => afterRedaction(event, payload))
    if (type !== 'conversationErased') return held
    return held.map((event) => (event.position <= position ? afterErasure(event) : event))
  }, events)
  return withoutErased(left, fresh)
}

/** Without the names of members who were erased. */
function withoutErased<Value>(held: Value, fresh: readonly WireEvent[]): Value {
  return fresh.reduce(
    (left, { type, payload }) => (type === 'memberErased' ? withoutMember(left, payload.memberId) : left),
    held,
  )
}
