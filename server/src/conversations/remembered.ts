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
  /** Another node has written it in between: until two own writes follow each other it is read before it is decided on. */
  overtaken(conversationId: string): void
  isShared(conversationId: string): boolean
  /** What was read under the lock: the version of the own last write means that nobody else has written since. */
  compare(conversationId: string, version: string): void
  hasSeen(request: string): boolean
  see(request: string): void
}

export function createRemembered(): Remembered {
  const conversations = new Map<string, Versioned>()
  const shared = new Set<string>()
  const requests = new Set<string>()
  return {
    find: (conversationId) => conversations.get(conversationId),
    keep(conversationId, versioned) {
      conversations.delete(conversationId)
      conversations.set(conversationId, versioned)
      dropOldest(conversations, mostConversations)
    },
    forget: (conversationId) => void conversations.delete(conversationId),
    overtaken(conversationId) {
      conversations.delete(conversationId)
      shared.delete(conversationId)
      shared.add(conversationId)
      dropOldest(shared, mostConversations)
    },
    isShared: (conversationId) => shared.has(conversationId),
    compare(conversationId, version) {
      if (conversations.get(conversationId)?.version === version) shared.delete(conversationId)
    },
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
