import type { OutboxStore, PendingMessage } from '@parley/shared/client/outbox.ts'
import { keep, kept } from './kept.ts'

/** Messages not yet accepted, on this device, apart for each reader. */
export const unsentMessages: OutboxStore = {
  list: (readerId) => read(readerId),
  put(readerId, message) {
    const others = read(readerId).filter((other) => other.requestId !== message.requestId)
    keep(keyOf(readerId), [...others, message])
  },
  remove(readerId, requestId) {
    const left = read(readerId).filter((message) => message.requestId !== requestId)
    keep(keyOf(readerId), left.length === 0 ? null : left)
  },
}

function read(readerId: string): PendingMessage[] {
  return kept<PendingMessage[]>(keyOf(readerId)) ?? []
}

function keyOf(readerId: string): string {
  return `unsent.${readerId}`
}
