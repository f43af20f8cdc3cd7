import { type MemberActor, readerKindOf } from '@parley/shared/people.ts'
import { permitsOn } from '@parley/shared/policy/policy.ts'
import type { EventType, WireEvent } from '@parley/shared/protocol/events.ts'
import type { ReviewPage, ReviewRules } from '@parley/shared/protocol/reviews.ts'
import { auditRead, sameLookMs } from '../app/audit-reads.ts'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import type { Origin } from '../app/site-command.ts'
import { eventsAfter, factsOf, findHeld, toWire } from '../conversations/index.ts'
import type { Sql } from '../storage/database.ts'
import { isReviewed, isReviewer, reviewFor } from './as-seen.ts'
import { loadRules } from './settings.ts'
import { reviewById, rubricOf, type StoredReview } from './store.ts'

const mostEvents = 2_000
/** What a reviewer judges by. Addresses and private answers are none of it. */
const shown: readonly EventType[] = [
  'conversationStarted',
  'messageSent',
  'noteAdded',
  'assigned',
  'transferred',
  'transferExplained',
  'conversationClosed',
  'conversationReopened',
  'conversationRated',
  'whisperSent',
  'moderatorJoined',
  'takenOver',
  'handedBack',
]

/** A review opens its conversation to the reviewer, and to whoever was reviewed once it is finished. */
export async function readReview(
  sql: Sql,
  parts: Parts,
  actor: MemberActor,
  reviewId: string,
  origin: Origin,
): Promise<ReviewPage> {
  const rules = await loadRules(sql, actor.siteId)
  const review = await loadReview(sql, actor, rules, reviewId)
  const rubric = await rubricOf(sql, actor.siteId, review.rubric_version)
  if (!rubric) throw new Error('A review is scored on a rubric that is not there')
  if (!isReviewed(actor, review))
    await auditRead(
      parts,
      actor,
      {
        action: 'conversation.read',
        object: `conversation:${review.conversation_id}`,
        reason: 'review',
        ip: origin.ip,
        sessionId: origin.sessionId,
      },
      sameLookMs,
    )
  const reader = readerKindOf(actor)
  const events = (await mayReadNow(sql, actor, review))
    ? await eventsAfter(sql, review.conversation_id, reader, 0, mostEvents)
    : []
  return {
    review: reviewFor(actor, rules, review, rubric),
    events: events
      .filter(({ type }) => shown.includes(type))
      .map((event) => toWire(event, reader))
      .filter((event): event is WireEvent => event !== undefined),
  }
}

/** Whoever was reviewed reads on only what they may still read: it may have passed to somebody else since. */
async function mayReadNow(sql: Sql, actor: MemberActor, review: StoredReview): Promise<boolean> {
  if (!isReviewed(actor, review)) return true
  const held = await findHeld(sql, review.conversation_id)
  return held !== undefined && permitsOn(actor, 'conversation.read', factsOf(held))
}

/** As if it were not there for everybody else. */
export async function loadReview(
  sql: Sql,
  actor: MemberActor,
  rules: ReviewRules,
  reviewId: string,
): Promise<StoredReview> {
  const review = await reviewById(sql, actor.siteId, reviewId)
  if (!review) throw new Refused('notFound', 'review.unknown')
  const isOpen = isReviewed(actor, review) ? review.finished_at !== null : isReviewer(actor, rules)
  if (!isOpen) throw new Refused('notFound', 'review.unknown')
  return review
}
