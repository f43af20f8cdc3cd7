import { hash } from 'node:crypto'
import { evolve } from '@parley/shared/conversation/conversation.ts'
import { memberIn } from '@parley/shared/conversation/room.ts'
import { type Actor, type Author, actorIdOf, authorOf, type ReaderKind } from '@parley/shared/people.ts'
import { type NewEvent, readerKindsOf } from '@parley/shared/protocol/events.ts'
import type { Held, StoredEvent } from './held.ts'
import type { Wish } from './log.ts'

/** What was asked, short enough to keep with the event. */
export function fingerprintOf(wish: Wish): string {
  return hash('sha256', JSON.stringify(wish.content), 'base64url').slice(0, 22)
}

/** Gives each new event its positions and folds it: dense, because nothing is written on a row that has moved on. */
export function numberEvents(
  wish: Wish,
  held: Held | null,
  fresh: readonly NewEvent[],
  now: Date,
): { held: Held | null; events: StoredEvent[] } {
  if (fresh.length === 0) return { held, events: [] }
  const by = authorIn(held, wish.actor)
  const actorId = actorIdOf(wish.actor)
  const siteId = held?.siteId ?? wish.actor.siteId
  const at = now.toISOString()
  const fingerprint = wish.requestId === null ? null : fingerprintOf(wish)
  let next = held
  const events = fresh.map((event, requestPart) => {
    const heads = { ...(next?.heads ?? { customer: 0, vendor: 0, staff: 0 }) }
    const positions: Record<ReaderKind, number | null> = { customer: null, vendor: null, staff: null }
    for (const reader of readerKindsOf(event.type)) {
      heads[reader] += 1
      positions[reader] = heads[reader]
    }
    const stored = {
      siteId,
      conversationId: wish.conversationId,
      positions,
      type: event.type,
      payload: event.payload,
      at,
      by: event.by ?? by,
      actorId,
      requestId: wish.requestId,
      requestPart,
      fingerprint,
    } as StoredEvent
    next = {
      siteId,
      conversation: evolve(next?.conversation ?? null, stored),
      heads,
      firstAssignedAt: next?.firstAssignedAt ?? (event.type === 'assigned' ? at : null),
    }
    return stored
  })
  return { held: next, events }
}

/**
 * A stranger is called what the form was given, whatever their connection knew when it was made; a buyer in a room what the
 * marketplace has them called there.
 */
function authorIn(held: Held | null, actor: Actor): Author {
  const author = authorOf(actor)
  const member = actor.kind === 'customer' && held ? memberIn(held.conversation, actor.contactId) : undefined
  if (member) return { ...author, name: member.name, isInRoom: true }
  if (actor.kind !== 'customer' || actor.name !== null || !held) return author
  return { ...author, name: held.conversation.customer.name }
}
