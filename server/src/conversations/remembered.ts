import type { Versioned } from './log-store.ts'

/** Enough for everything that is busy on one node; about two kilobytes each. */
const mostConversations = 4_000
/** A repeat comes soon after its first try: within the time a client waits for an answer. */
const mostRequests = 20_000

/**
 * What this node wrote last. Only ever a guess: the statement that writes compares the version, and whoever was wrong is
 * asked again under the lock.
 */
export interface Remembered {
  find(conversationId: string): Versioned | undefined
  keep(conversationId: string, versioned: Versioned): void
  forget(conversationId: string): void
  hasSeen(request: string): boolean
  see(request: string): void
}

export function createRemembered(): Remembered {
  const conversations = new Map<string, Versioned>()
  const requests = new Set<string>()
  return {
    find: (conversationId) => conversations.get(conversationId),
    keep(conversationId, versioned) {
      conversations.delete(conversationId)
      conversations.set(conversationId, versioned)
      dropOldest(conversations, mostConversations)
    },
    forget: (conversationId) => void conversations.delete(conversationId),
    hasSeen: (request) => requests.has(request),
    see(request) {
      requests.add(request)
      dropOldest(requests, mostRequests)
    },
  }
}

function dropOldest(
  kept: { size: number; keys(): Iterator<string>; delete(key: string): boolean },
  most: number,
) {
  if (kept.size <= most) return
  const oldest = kept.keys().next()
  if (!oldest.done) kept.delete(oldest.value)
}
