import type { Parts } from '../app/parts.ts'
import type { Database } from '../storage/database.ts'

/** Who has just lost a right. A hint to drop sockets at once; the rows stay the truth. */
export interface Revocation {
  memberId?: string
  visitorId?: string
  contactId?: string
  sessionId?: string
}

type Listener = (who: Revocation) => void

/** By database connection: a process may run more than one node, and each hears what happened on it. */
const listenersOf = new WeakMap<Database, Set<Listener>>()

export function onRevoked(parts: Pick<Parts, 'database'>, listener: Listener): () => void {
  const listeners = listenersOf.get(parts.database) ?? new Set()
  listenersOf.set(parts.database, listeners)
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function announceRevoked(parts: Pick<Parts, 'database'>, who: Revocation): void {
  for (const listener of listenersOf.get(parts.database) ?? []) listener(who)
}
