import type { Versioned } from './log-store.ts'

/** Enough for everything that is busy on one node; about two kilobytes each, twice as many at most. */
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
  const conversations = createRecent<Versioned>(mostConversations)
  const shared = createRecent<true>(mostConversations)
  const requests = createRecent<true>(mostRequests)
  return {
    find: conversations.get,
    keep: conversations.set,
    forget: conversations.delete,
    overtaken(conversationId) {
      conversations.delete(conversationId)
      shared.set(conversationId, true)
    },
    isShared: (conversationId) => shared.get(conversationId) === true,
    compare(conversationId, version) {
      if (conversations.get(conversationId)?.version === version) shared.delete(conversationId)
    },
    hasSeen: (request) => requests.get(request) === true,
    see: (request) => requests.set(request, true),
  }
}

/**
 * The `most` keys that were set last, and up to as many before them. Two generations, of which the older is dropped whole:
 * a map whose oldest entry is taken out with each new one looks for its first through all that were there.
 */
function createRecent<Value>(most: number) {
  let newer = new Map<string, Value>()
  let older = new Map<string, Value>()
  return {
    get: (key: string): Value | undefined => newer.get(key) ?? older.get(key),
    set(key: string, value: Value): void {
      if (newer.size >= most) {
        older = newer
        newer = new Map()
      }
      newer.set(key, value)
    },
    delete(key: string): void {
      newer.delete(key)
      older.delete(key)
    },
  }
}
