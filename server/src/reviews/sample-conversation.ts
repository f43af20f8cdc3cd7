import { isRoom } from '@parley/shared/conversation/room.ts'
import { writeAudit } from '../app/audit.ts'
import type { Parts } from '../app/parts.ts'
import { type Companion, findHeld, type Held } from '../conversations/index.ts'
import { isOnIn } from '../rollout/index.ts'
import type { Sql } from '../storage/database.ts'
import { reasonsFor } from './rules.ts'
import { loadRubric, loadRules } from './settings.ts'
import { chosenForAgentSince, closedOfVendorBefore, insertReview, wasFlagged } from './store.ts'

/** What other domains know of a conversation; it may be missing. */
export interface ReviewSources {
  /** Mean tone of the customer's messages, −1 to 1, for those that have one. */
  toneOf?: (
    sql: Sql,
    siteId: string,
    conversationIds: readonly string[],
  ) => Promise<ReadonlyMap<string, number>>
}

const chooseReview = 'chooseReview'
/** Rating and flags come after the end. */
const afterCloseMs = 10 * 60_000
const weekMs = 7 * 24 * 60 * 60_000

/** A closed or rated conversation is weighed a little later; the wish to do so is part of its own transaction. */
export function reviewCompanion(parts: Parts): Companion {
  return async (sql, commits) => {
    for (const { held, events } of commits) {
      const isClosed = events.some(({ type }) => type === 'conversationClosed')
      if (!isClosed && !events.some(({ type }) => type === 'conversationRated')) continue
      const dueAt = new Date(parts.clock.now().getTime() + (isClosed ? afterCloseMs : 0))
      await parts.timers.set(sql, chooseReview, held.conversation.conversationId, dueAt)
    }
  }
}

export function registerReviewTimers(parts: Parts): void {
  parts.timers.on(chooseReview, async ({ key }) => {
    await sampleConversation(parts, key)
  })
}

/** Weighs it against the site's rules; the id of its review when one of them chooses it. */
export async function sampleConversation(parts: Parts, conversationId: string): Promise<string | undefined> {
  return parts.database.transaction(async (sql) => {
    const held = await findHeld(sql, conversationId)
    if (!held) return undefined
    const { siteId, conversation } = held
    if (isRoom(conversation)) return undefined
    const { assignee, closedAt, rating } = conversation
    if (!assignee || closedAt === null) return undefined
    if (!(await isOnIn(parts, siteId, 'reviews', conversation, sql))) return undefined
    const rules = await loadRules(sql, siteId)
    const vendorId = vendorOf(held)
    const reasons = reasonsFor(rules, {
      conversationId,
      rating: rating?.stars ?? null,
      isFlagged: await wasFlagged(sql, conversationId),
      earlierOfVendor:
        vendorId === null
          ? null
          : await closedOfVendorBefore(sql, siteId, vendorId, conversationId, rules.firstOfVendor),
      chosenForAgent: await chosenForAgentSince(
        sql,
        siteId,
        assignee.memberId,
        new Date(parts.clock.now().getTime() - weekMs),
      ),
    })
    if (reasons.length === 0) return undefined
    const actor = { kind: 'system', siteId, rule: 'reviews' } as const
    const { reviewId, isNew } = await insertReview(sql, {
      siteId,
      reviewId: parts.random.id('rev'),
      conversationId,
      aboutMember: assignee.memberId,
      vendorId,
      reasons,
      rubricVersion: (await loadRubric(parts, sql, siteId)).version,
      chosenAt: parts.clock.now(),
      closedAt,
    })
    if (isNew)
      await writeAudit(sql, actor, {
        action: 'review.chosen',
        object: `conversation:${conversationId}`,
        reason: reasons.join(', '),
      })
    return reviewId
  })
}

export function vendorOf({ conversation }: Held): string | null {
  return conversation.with.kind === 'vendor' ? conversation.with.vendorId : null
}
