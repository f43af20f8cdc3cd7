/** Who has just lost a right. A hint to drop sockets at once; the rows stay the truth. */
export interface Revocation {
  memberId?: string
  visitorId?: string
  sessionId?: string
}

type Listener = (who: Revocation) => void
const listeners = new Set<Listener>()

export function onRevoked(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function announceRevoked(who: Revocation): void {
  for (const listener of listeners) listener(who)
}
