import type { OutboxStore, PendingMessage } from '../outbox.ts'

export function memoryStore(): OutboxStore & { kept: Map<string, PendingMessage> } {
  const kept = new Map<string, PendingMessage>()
  return {
    kept,
    list: (readerId) =>
      [...kept].filter(([key]) => key.startsWith(`${readerId} `)).map(([, message]) => message),
    put: (readerId, message) => void kept.set(`${readerId} ${message.requestId}`, message),
    remove: (readerId, requestId) => void kept.delete(`${readerId} ${requestId}`),
  }
}
