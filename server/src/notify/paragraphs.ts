import type { WireEvent } from '@parley/shared/protocol/events.ts'
import type { Calendar } from './calendar.ts'
import type { MailedConversation } from './mailed-conversation.ts'
import { linesOf, oneLine, sizeOf } from './plain.ts'

/** A mail before it is written: both sinks draw the same paragraphs, each with its own escaping. */
export type Paragraph =
  | { kind: 'day'; day: string }
  | { kind: 'note'; time: string; words: string }
  | { kind: 'message'; time: string; name: string; isOwn: boolean; lines: string[]; files: string[] }

export function paragraphsOf(
  events: readonly WireEvent[],
  conversation: Pick<MailedConversation, 'siteName'>,
  calendar: Calendar,
): Paragraph[] {
  const paragraphs: Paragraph[] = []
  let lastDay = ''
  for (const event of events) {
    const paragraph = paragraphOf(event, conversation.siteName, calendar.time(event.at))
    if (paragraph === undefined) continue
    const day = calendar.day(event.at)
    if (day !== lastDay) paragraphs.push({ kind: 'day', day })
    lastDay = day
    paragraphs.push(paragraph)
  }
  return paragraphs
}

function paragraphOf(event: WireEvent, siteName: string, time: string): Paragraph | undefined {
  switch (event.type) {
    case 'messageSent':
      return {
        kind: 'message',
        time,
        name: nameOf(event.by, siteName),
        isOwn: event.by.side === 'customer',
        lines: event.payload.isRedacted
          ? ['(This message was removed)']
          : event.payload.text === ''
            ? []
            : linesOf(event.payload.text),
        files: event.payload.files.map((file) => `${oneLine(file.name)} (${sizeOf(file.bytes)})`),
      }
    case 'assigned':
      return { kind: 'note', time, words: `${oneLine(event.payload.to.name)} joined` }
    case 'moderatorJoined':
    case 'takenOver':
      return { kind: 'note', time, words: `${oneLine(event.payload.moderator.name)} (Moderator) joined` }
    case 'moderatorLeft':
    case 'handedBack':
      return { kind: 'note', time, words: `${oneLine(event.payload.moderator.name)} (Moderator) left` }
    case 'transferred':
      return { kind: 'note', time, words: `Passed on to ${oneLine(event.payload.with.name)}` }
    case 'conversationClosed':
      return { kind: 'note', time, words: 'The conversation was ended' }
    case 'conversationReopened':
      return { kind: 'note', time, words: 'The conversation went on' }
    case 'conversationRated':
      return { kind: 'note', time, words: `You gave ${event.payload.stars} of 5 stars` }
    case 'conversationStarted':
    case 'contactDetailsGiven':
    case 'customerIdentified':
    case 'noteAdded':
    case 'offerMade':
    case 'offerLapsed':
    case 'transferExplained':
    case 'snoozed':
    case 'unsnoozed':
    case 'transcriptRequested':
    case 'whisperSent':
    case 'holdingStarted':
    case 'holdingStopped':
    case 'moderationExplained':
    case 'vendorMessageHeld':
    case 'customerMessageHeld':
    case 'vendorMessageRejected':
    case 'customerMessageRejected':
    case 'messageFlagged':
    case 'flagsResolved':
    case 'originalKept':
    case 'messageRestored':
    case 'messageRedacted':
    case 'conversationReported':
    case 'handRaised':
    case 'handLowered':
    case 'customerBlocked':
    case 'customerUnblocked':
    case 'conversationErased':
    case 'memberErased':
    case 'withheld':
      return undefined
  }
  return event satisfies never
}

function nameOf(by: WireEvent['by'], siteName: string): string {
  if (by.side === 'customer') return 'You'
  const name = oneLine(by.name)
  const where = oneLine(by.of ?? (by.side === 'system' ? '' : siteName))
  return where === '' || where === name ? name : `${name} (${where})`
}
