import type { PendingMessage } from '@parley/shared/client/outbox.ts'
import { fatesOf } from '@parley/shared/conversation/fates.ts'
import type { Author } from '@parley/shared/people.ts'
import type { Marks } from '@parley/shared/protocol/ephemeral.ts'
import type { SentFile, WireEvent } from '@parley/shared/protocol/events.ts'
import { isOwn } from './own.ts'
import { daysBetween } from './when.ts'

export type MessageState =
  | 'sending'
  | 'waiting'
  | 'refused'
  | 'sent'
  | 'delivered'
  | 'read'
  /** Kept back until a moderator has looked. */
  | 'held'
  | 'rejected'

export interface Shown {
  key: string
  by: Author | null
  text: string
  files: readonly SentFile[]
  at: string
  state: MessageState
  pending?: PendingMessage
  /** Its content was taken out. */
  isRedacted?: boolean
  /** What a moderator said of a message that was not let through. */
  rejected?: string
  position?: number
}

export type LineEvent = Extract<
  WireEvent,
  {
    type:
      | 'assigned'
      | 'transferred'
      | 'conversationClosed'
      | 'conversationReopened'
      | 'conversationRated'
      | 'transcriptRequested'
      | 'moderatorJoined'
      | 'moderatorLeft'
      | 'takenOver'
      | 'handedBack'
  }
>

export type Item =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'group'; key: string; by: Author | null; messages: Shown[] }
  | { kind: 'line'; key: string; event: LineEvent }

const groupMs = 5 * 60_000
const lineTypes = new Set<WireEvent['type']>([
  'assigned',
  'transferred',
  'conversationClosed',
  'conversationReopened',
  'conversationRated',
  'transcriptRequested',
  'moderatorJoined',
  'moderatorLeft',
  'takenOver',
  'handedBack',
])

/**
 * Events and what is on its way, as the thread shows them. Own groups have no author. Where the browser knows of the loss
 * before the connection does, nothing is said to be going out.
 */
export function layOut(
  events: readonly WireEvent[],
  pending: readonly PendingMessage[],
  marks: readonly Marks[],
  isOffline = false,
): Item[] {
  const items: Item[] = []
  const reached = progress(events, marks)
  const fates = fatesOf(events)
  let lastAt: string | null = null

  function dayOf(at: string): void {
    if (lastAt === null || daysBetween(new Date(lastAt), new Date(at)) !== 0)
      items.push({ kind: 'day', key: `day ${at.slice(0, 10)} ${items.length}`, at })
    lastAt = at
  }
  function add(message: Shown): void {
    const before = items.at(-1)
    const previous = before?.kind === 'group' ? before.messages.at(-1) : undefined
    const isSame =
      before?.kind === 'group' &&
      previous !== undefined &&
      before.by?.id === message.by?.id &&
      daysBetween(new Date(previous.at), new Date(message.at)) === 0 &&
      Date.parse(message.at) - Date.parse(previous.at) < groupMs
    if (isSame) before.messages.push(message)
    else {
      dayOf(message.at)
      items.push({ kind: 'group', key: message.key, by: message.by, messages: [message] })
    }
    lastAt = message.at
  }

  const seen = new Set<string>()
  for (const event of events) {
    if (event.type === 'messageSent') {
      if (event.requestId) seen.add(event.requestId)
      add({
        key: event.requestId ?? event.payload.messageId,
        by: isOwn(event.by) ? null : event.by,
        text: event.payload.isRedacted
          ? ''
          : (fates.restored.get(event.payload.messageId) ?? event.payload.text),
        files: event.payload.files,
        ...(event.payload.isRedacted && { isRedacted: true }),
        at: event.at,
        state:
          event.position <= reached.read
            ? 'read'
            : event.position <= reached.delivered
              ? 'delivered'
              : 'sent',
        position: event.position,
      })
    } else if (event.type === 'customerMessageHeld') {
      if (event.requestId) seen.add(event.requestId)
      const { messageId, text, files } = event.payload
      const rejected = fates.rejected.get(messageId)
      if (!fates.released.has(messageId))
        add({
          key: event.requestId ?? messageId,
          by: null,
          text,
          files,
          at: event.at,
          state: rejected === undefined ? 'held' : 'rejected',
          ...(rejected !== undefined && { rejected }),
        })
    } else if (lineTypes.has(event.type)) {
      dayOf(event.at)
      items.push({ kind: 'line', key: `line ${event.position}`, event: event as LineEvent })
    }
  }
  for (const message of pending) {
    if (seen.has(message.requestId)) continue
    add({
      key: message.requestId,
      by: null,
      text: message.text,
      files: message.files,
      at: message.at,
      state:
        message.state === 'accepted'
          ? 'sent'
          : isOffline && message.state === 'sending'
            ? 'waiting'
            : message.state,
      pending: message,
    })
  }
  return items
}

/** How far the answering side has got, as positions in this reader's stream. */
export function progress(
  events: readonly WireEvent[],
  marks: readonly Marks[],
): { delivered: number; read: number } {
  const positions = new Map<string, number>()
  for (const event of events)
    if (event.type === 'messageSent') positions.set(event.payload.messageId, event.position)
  let delivered = 0
  let read = 0
  for (const mark of marks) {
    if (mark.side === 'customer') continue
    read = Math.max(read, positions.get(mark.readTo ?? '') ?? 0)
    delivered = Math.max(delivered, positions.get(mark.deliveredTo ?? '') ?? 0)
  }
  return { delivered: Math.max(delivered, read), read }
}

/** The last own message alone says how far it has got; others show only their time. */
export function lastOwnKey(items: readonly Item[]): string | undefined {
  const group = items.findLast((item) => item.kind === 'group' && item.by === null)
  return group?.kind === 'group'
    ? group.messages.findLast((message) => !/^(refused|held|rejected)$/.test(message.state))?.key
    : undefined
}
