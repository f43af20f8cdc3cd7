import type { Actor, CustomerActor, MemberActor } from '@parley/shared/people.ts'
import type { Parts } from '../app/parts.ts'
import { findSessionById } from './sessions/session.ts'
import { refreshVisitor } from './visitors/recognise-visitor.ts'

/** Whom to look for again: who they are, not what they may. */
export type StillThere =
  | Pick<CustomerActor, 'kind' | 'siteId' | 'visitorId' | 'contactId'>
  | Pick<MemberActor, 'kind' | 'memberId'>
  | { kind: 'system' | 'key' }

/** The actor as entitled now; nothing when disabled, signed out, expired or moved to another site. */
export async function refreshActor(
  parts: Parts,
  actor: StillThere,
  sessionId: string | null,
): Promise<Actor | undefined> {
  switch (actor.kind) {
    case 'system':
    case 'key':
      // Have no connection that could outlast them.
      return undefined
    case 'customer':
      return refreshVisitor(parts, actor)
    case 'member': {
      const session = sessionId === null ? undefined : await findSessionById(parts, sessionId)
      if (!session || session.mustEnrolTotp || session.actor.memberId !== actor.memberId) return undefined
      return session.actor
    }
  }
  return actor satisfies never
}
