import type { NewEvent } from '@parley/shared/protocol/events.ts'
import { refusedHost } from './blocked-host-words.ts'
import { findBlockedHost } from './blocked-hosts.ts'

/** Beside messages, whatever customers or vendors would read, and what a page says a conversation is about. */
export function refuseBlockedHosts(
  events: readonly NewEvent[],
  blockedHosts: readonly string[],
  locale: string | null,
): void {
  if (blockedHosts.length === 0) return
  for (const words of events.flatMap(wordsIn)) {
    const host = findBlockedHost(words, blockedHosts)
    if (host !== undefined) throw refusedHost(host, locale)
  }
}

function wordsIn(event: NewEvent): string[] {
  switch (event.type) {
    case 'messageSent':
    case 'messageRestored':
    case 'whisperSent':
      return [event.payload.text]
    case 'vendorMessageRejected':
    case 'customerMessageRejected':
    case 'conversationRated':
      return [event.payload.words]
    case 'transferExplained':
      return [event.payload.reason]
    case 'conversationStarted': {
      const { with: counterpart, about, answers } = event.payload
      // The name of a shop may be its host, and is nobody's word; a room of buyers is named by whoever opens it.
      const title = counterpart.kind === 'buyers' ? [counterpart.name] : []
      return [...title, ...stringsIn(about), ...answers.map(({ value }) => value)]
    }
    case 'contactDetailsGiven':
      return event.payload.answers.map(({ value }) => value)
    default:
      return []
  }
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}
