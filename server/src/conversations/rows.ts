import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import { unmoderated } from '@parley/shared/conversation/moderation.ts'
import type { Author } from '@parley/shared/people.ts'
import type { FieldSeal } from '../storage/field-seal.ts'
import type { Held, StoredEvent } from './held.ts'
import { openAnswers, openFingerprint, openPayload } from './sealed-payload.ts'

export interface HeldRow {
  site_id: string
  conversation_id: string
  seq: number
  customer_position: number
  vendor_position: number
  first_assigned_at: Date | null
  state: Conversation
  /** What each message changes, where the database has not put it into the state: it writes both sooner than their union. */
  latest?: Partial<Conversation>
}

export interface EventRow {
  site_id: string
  conversation_id: string
  seq: number
  customer_position: number | null
  vendor_position: number | null
  type: string
  at: Date
  actor_id: string
  request_id: string | null
  request_part: number
  fingerprint: string | null
  by: Author
  payload: unknown
}

export function heldFrom(seal: FieldSeal, row: HeldRow): Held {
  const place = { siteId: row.site_id, conversationId: row.conversation_id }
  const answers = openAnswers(seal, place, row.state.answers)
  return {
    siteId: row.site_id,
    // What was folded before a part existed has none of it.
    conversation: { ...unmoderated, ...row.state, ...row.latest, answers },
    heads: { customer: row.customer_position, vendor: row.vendor_position, staff: row.seq },
    firstAssignedAt: row.first_assigned_at?.toISOString() ?? null,
  }
}

/** The one place where stored events are read; older shapes are brought up to date here. */
export function eventFrom(seal: FieldSeal, row: EventRow): StoredEvent {
  const place = { siteId: row.site_id, conversationId: row.conversation_id }
  return {
    ...place,
    positions: { customer: row.customer_position, vendor: row.vendor_position, staff: row.seq },
    type: row.type,
    at: row.at.toISOString(),
    by: row.by,
    payload: openPayload(seal, place, row.type, row.payload),
    actorId: row.actor_id,
    requestId: row.request_id,
    requestPart: row.request_part,
    fingerprint: openFingerprint(seal, place, row.type, row.fingerprint),
  } as StoredEvent
}
