import type { PendingMessage } from '@parley/shared/client/outbox.ts'
import { fatesOf } from '@parley/shared/conversation/fates.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import { daysApart } from '../times.ts'
import type { QuietEvent } from './describe-event.ts'

type MessageSent = Extract<WireEvent, { type: 'messageSent' }>
type NoteAdded = Extract<WireEvent, { type: 'noteAdded' }>
type WhisperSent = Extract<WireEvent, { type: 'whisperSent' }>
type MessageHeld = Extract<WireEvent, { type: 'vendorMessageHeld' | 'customerMessageHeld' }>

/** What the log shows, top to bottom. */
export type LogItem =
  | { kind: 'day'; key: string; at: string }
  /** `restored` is the original of what was masked. */
  | { kind: 'message'; key: string; event: MessageSent; hasHead: boolean; restored?: string }
  /** `rejected` is what its sender was told; nothing while it waits for a moderator. */
  | { kind: 'held'; key: string; event: MessageHeld; rejected?: string }
  /** `reason` is why: staff alone are told. */
  | { kind: 'whisper'; key: string; event: WhisperSent; reason?: string }
  | { kind: 'note'; key: string; event: NoteAdded }
  | { kind: 'system'; key: string; event: QuietEvent }
  /** Three or more system lines in a row, folded. */
  | { kind: 'folded'; key: string; events: QuietEvent[] }
  | { kind: 'pending'; key: string; message: PendingMessage; hasHead: boolean }

const sharedHeadMs = 2 * 60_000
const foldFrom = 3

export function logItemsOf(
  events: readonly WireEvent[],
  pending: readonly PendingMessage[],
  ownId: string,
): LogItem[] {
  const items: LogItem[] = []
  let run: QuietEvent[] = []
  let day: string | null = null
  let lastSaid: { byId: string; at: string } | null = null
  const { released, rejected, restored } = fatesOf(events)
  const whispered = whyWhispered(events)

  const endRun = () => {
    if (run.length >= foldFrom) items.push({ kind: 'folded', key: `f${run[0]?.position}`, events: run })
    else for (const event of run) items.push({ kind: 'system', key: `e${event.position}`, event })
    run = []
  }
  const beginDay = (at: string, position: string) => {
    if (day !== null && daysApart(new Date(day), new Date(at)) === 0) return
    endRun()
    items.push({ kind: 'day', key: `d${position}`, at })
    day = at
    lastSaid = null
  }
  const sharesHead = (byId: string, at: string): boolean =>
    lastSaid?.byId === byId && Date.parse(at) - Date.parse(lastSaid.at) <= sharedHeadMs

  for (const event of events) {
    // Another member's alone: nothing is shown where it stands.
    if (event.type === 'withheld' || event.type === 'memberErased') continue
    beginDay(event.at, String(event.position))
    const key = `e${event.position}`
    if (event.type === 'messageSent') {
      endRun()
      const original = restored.get(event.payload.messageId)
      items.push({
        kind: 'message',
        key,
        event,
        hasHead: !sharesHead(event.by.id, event.at),
        ...(original === undefined ? {} : { restored: original }),
      })
      lastSaid = { byId: event.by.id, at: event.at }
    } else if (event.type === 'noteAdded') {
      endRun()
      items.push({ kind: 'note', key, event })
      lastSaid = null
    } else if (event.type === 'whisperSent') {
      endRun()
      const reason = whispered.get(event.payload.messageId)
      items.push({ kind: 'whisper', key, event, ...(reason === undefined ? {} : { reason }) })
      lastSaid = null
    } else if (event.type === 'vendorMessageHeld' || event.type === 'customerMessageHeld') {
      if (released.has(event.payload.messageId)) continue
      endRun()
      const words = rejected.get(event.payload.messageId)
      items.push({ kind: 'held', key, event, ...(words === undefined ? {} : { rejected: words }) })
      lastSaid = null
    } else if (event.type !== 'originalKept' && !isOfWhisper(event)) {
      run.push(event)
      lastSaid = null
    }
  }
  endRun()
  for (const message of pending) {
    beginDay(message.at, message.requestId)
    const hasHead = !sharesHead(ownId, message.at)
    items.push({ kind: 'pending', key: message.requestId, message, hasHead })
    lastSaid = { byId: ownId, at: message.at }
  }
  return items
}

/** Shown with the whisper, not as a line after each. */
function isOfWhisper(event: WireEvent): event is Extract<WireEvent, { type: 'moderationExplained' }> {
  return event.type === 'moderationExplained' && event.payload.act === 'whisper'
}

function whyWhispered(events: readonly WireEvent[]): ReadonlyMap<string, string> {
  return new Map(
    events.filter(isOfWhisper).map(({ payload }) => [payload.messageId ?? '', payload.reason] as const),
  )
}
