import type { MemberActor } from '@parley/shared/people.ts'
import { permitsOn } from '@parley/shared/policy/policy.ts'
import type { ReviewState } from '@parley/shared/protocol/reviews.ts'
import { scoreOf } from '@parley/shared/review/rubric.ts'
import { askingMember } from '../app/asking-member.ts'
import { writeAudit } from '../app/audit.ts'
import { Refused } from '../app/refused.ts'
import type { SiteCommands, SiteContext } from '../app/site-command.ts'
import { factsOf, findHeldFor } from '../conversations/index.ts'
import type { Sql } from '../storage/database.ts'
import { isReviewed, isReviewer, mayDecide, mayDispute, mayScore, reviewFor, rowFor } from './as-seen.ts'
import { loadReview, readReview } from './read-review.ts'
import { vendorOf } from './sample-conversation.ts'
import { loadRubric, loadRules } from './settings.ts'
import { reviewSettingsCommands } from './settings-commands.ts'
import * as store from './store.ts'

const views: Record<'queue' | 'disputed' | 'done', { states: ReviewState[]; order: 'oldest' | 'newest' }> = {
  queue: { states: ['waiting', 'started'], order: 'oldest' },
  disputed: { states: ['disputed'], order: 'oldest' },
  done: { states: ['finished', 'decided'], order: 'newest' },
}

export const reviewCommands: SiteCommands = {
  ...reviewSettingsCommands,

  async listReviews({ actor, input, sql }) {
    const member = await askingReviewer(actor, sql)
    const { states, order } = views[input.view]
    const { cursor = null, limit } = input
    const rows = await store.reviewsIn(sql, member.siteId, member.memberId, states, order, cursor, limit)
    return pageOf(member, rows, limit)
  },

  async listMyResults({ actor, input, sql }) {
    const member = askingMember(actor)
    const rows = await store.resultsAbout(sql, member.siteId, member, input.cursor ?? null, input.limit)
    return pageOf(member, rows, input.limit)
  },

  readReview: ({ actor, input, sql, parts, origin }) =>
    readReview(sql, parts, askingMember(actor), input.reviewId, origin),

  async pickReview({ actor, input, sql, parts, origin }) {
    const member = await askingReviewer(actor, sql)
    const held = await findHeldFor(sql, actor, input.pickedId)
    if (!held || !permitsOn(actor, 'conversation.read', factsOf(held))) throw new Refused('notFound')
    const { assignee, closedAt } = held.conversation
    if (!assignee || closedAt === null) throw new Refused('conflict', 'review.notClosed')
    if (assignee.memberId === member.memberId) throw new Refused('notAllowed', 'review.own')
    const { reviewId } = await store.insertReview(sql, {
      siteId: member.siteId,
      reviewId: parts.random.id('rev'),
      conversationId: input.pickedId,
      aboutMember: assignee.memberId,
      vendorId: vendorOf(held),
      reasons: ['picked'],
      rubricVersion: (await loadRubric(parts, sql, member.siteId)).version,
      chosenAt: parts.clock.now(),
      closedAt,
    })
    await note({ actor, sql, origin }, 'review.picked', reviewId, `conversation ${input.pickedId}`)
    return { reviewId }
  },

  async claimReview({ actor, input, sql, origin }) {
    const { reviewId, isMine } = input
    const { member, review } = await lockedFor(actor, sql, reviewId)
    if (isReviewed(member, review)) throw new Refused('notAllowed', 'review.own')
    const isFree = review.state === 'waiting'
    const isHeldByAsker = review.state === 'started' && review.reviewer_id === member.memberId
    if (isMine ? !(isFree || isHeldByAsker) : !isHeldByAsker) throw new Refused('conflict', 'review.taken')
    await store.setReviewer(sql, member.siteId, reviewId, isMine ? member.memberId : null)
    await note({ actor, sql, origin }, isMine ? 'review.claimed' : 'review.givenBack', reviewId)
    return seen(sql, member, reviewId)
  },

  async saveReview({ actor, input, sql, parts, origin }) {
    const { reviewId, marks, comments, summary, isFinished } = input
    const { member, rules, review } = await lockedFor(actor, sql, reviewId)
    if (!mayScore(member, rules, review)) throw new Refused('conflict', 'review.notYours')
    const score = scoreOf((await rubricFor(sql, member, review)).criteria, marks)
    if (isFinished && score === null) throw new Refused('invalid', 'review.unfinished', { field: 'marks' })
    const finishedAt = isFinished ? parts.clock.now() : null
    await store.saveScores(sql, member.siteId, reviewId, { marks, comments, summary, score, finishedAt })
    if (isFinished) await note({ actor, sql, origin }, 'review.finished', reviewId, `score ${score}`)
    return seen(sql, member, reviewId)
  },

  async disputeReview({ actor, input, sql, parts, origin }) {
    const { reviewId, words } = input
    const { member, review } = await lockedFor(actor, sql, reviewId)
    if (!mayDispute(member, review)) throw new Refused('conflict', 'review.notDisputable')
    const at = parts.clock.now()
    await store.setDispute(sql, member.siteId, reviewId, { words, by: member.memberId, at })
    await note({ actor, sql, origin }, 'review.disputed', reviewId)
    return seen(sql, member, reviewId)
  },

  async decideDispute({ actor, input, sql, parts, origin }) {
    const { reviewId, isUpheld, words } = input
    const { member, review } = await lockedFor(actor, sql, reviewId)
    if (review.reviewer_id === member.memberId) throw new Refused('notAllowed', 'review.ownDecision')
    if (!mayDecide(member, review)) throw new Refused('conflict', 'review.notDisputed')
    const marks = isUpheld ? review.marks : (input.marks ?? review.marks)
    const score = scoreOf((await rubricFor(sql, member, review)).criteria, marks)
    if (score === null) throw new Refused('invalid', 'review.unfinished', { field: 'marks' })
    const at = parts.clock.now()
    await store.setDecision(sql, member.siteId, reviewId, {
      isUpheld,
      words,
      by: member.memberId,
      at,
      marks,
      score,
    })
    const outcome = isUpheld ? `upheld, score ${score}` : `changed from ${review.score} to ${score}`
    await note({ actor, sql, origin }, 'review.decided', reviewId, outcome)
    return seen(sql, member, reviewId)
  },
}

async function askingReviewer(actor: SiteContext<'listReviews'>['actor'], sql: Sql): Promise<MemberActor> {
  const member = askingMember(actor)
  if (!isReviewer(member, await loadRules(sql, member.siteId))) throw new Refused('notAllowed')
  return member
}

async function lockedFor(actor: SiteContext<'saveReview'>['actor'], sql: Sql, reviewId: string) {
  const member = askingMember(actor)
  const rules = await loadRules(sql, member.siteId)
  await store.lockReview(sql, member.siteId, reviewId)
  return { member, rules, review: await loadReview(sql, member, rules, reviewId) }
}

async function rubricFor(sql: Sql, member: MemberActor, review: store.StoredReview) {
  const rubric = await store.rubricOf(sql, member.siteId, review.rubric_version)
  if (!rubric) throw new Error('A review is scored on a rubric that is not there')
  return rubric
}

async function seen(sql: Sql, member: MemberActor, reviewId: string) {
  const rules = await loadRules(sql, member.siteId)
  const review = await loadReview(sql, member, rules, reviewId)
  return reviewFor(member, rules, review, await rubricFor(sql, member, review))
}

function pageOf(member: MemberActor, rows: store.StoredReview[], limit: number) {
  const last = rows.at(-1)
  return {
    reviews: rows.map((row) => rowFor(member, row)),
    cursor: last && rows.length === limit ? last.review_id : null,
  }
}

/** Scores and outcomes only: what reviewers and the reviewed write to each other is not for the audit. */
function note(
  { actor, sql, origin }: Pick<SiteContext<'saveReview'>, 'actor' | 'sql' | 'origin'>,
  action: string,
  reviewId: string,
  reason?: string,
): Promise<void> {
  const line = { action, object: `review:${reviewId}`, ip: origin.ip }
  return writeAudit(sql, actor, reason === undefined ? line : { ...line, reason })
}
