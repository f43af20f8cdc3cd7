import { z } from 'zod'
import type { CommandDefinition } from './commands.ts'
import { limits } from './limits.ts'
import { id, line, optionalLine, requestId, storable, text } from './texts.ts'

const onSite = { on: 'site' } as const
const read = { on: 'site', isRead: true } as const
const write = { requestId, reviewId: id }

const marks = z.record(id, z.enum(['yes', 'partly', 'no', 'na']))
const criterion = z.strictObject({
  id: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/),
  label: line(60),
  help: storable(300),
  weight: z.number().int().min(1).max(5),
  isCritical: z.boolean(),
})

export const reviewCommands = {
  listReviews: {
    input: z.strictObject({
      view: z.enum(['queue', 'disputed', 'done']),
      cursor: id.optional(),
      limit: z.number().int().min(1).max(100).default(limits.pageOfRows),
    }),
    action: 'review.write',
    ...read,
  },
  /** With the conversation it is about, for whoever may score or was reviewed. */
  readReview: { input: z.strictObject({ reviewId: id }), action: 'review.read', ...read },
  /** Mine to score, or back to the queue. */
  claimReview: {
    input: z.strictObject({ ...write, isMine: z.boolean() }),
    action: 'review.write',
    ...onSite,
  },
  /** Chooses a conversation by hand. */
  pickReview: { input: z.strictObject({ requestId, pickedId: id }), action: 'review.write', ...onSite },
  saveReview: {
    input: z.strictObject({
      ...write,
      marks,
      comments: z.array(z.strictObject({ messageId: id, text })).max(100),
      summary: storable(limits.answerCodePoints),
      /** Then the person reviewed sees it, and it is not changed any more. */
      isFinished: z.boolean(),
    }),
    action: 'review.write',
    ...onSite,
  },
  listMyResults: {
    input: z.strictObject({
      cursor: id.optional(),
      limit: z.number().int().min(1).max(100).default(limits.pageOfRows),
    }),
    action: 'review.read',
    ...read,
  },
  disputeReview: { input: z.strictObject({ ...write, words: text }), action: 'review.read', ...onSite },
  /** By somebody other than the reviewer and the person reviewed. */
  decideDispute: {
    input: z.strictObject({
      ...write,
      isUpheld: z.boolean(),
      words: text,
      /** When it is not upheld: the marks that count instead. */
      marks: marks.optional(),
    }),
    action: 'review.decide',
    ...onSite,
  },
  listDisagreements: {
    input: z.strictObject({ days: z.number().int().min(1).max(365).default(30) }),
    action: 'review.write',
    ...read,
  },
  viewReviewSettings: { input: z.strictObject({}), action: 'review.write', ...read },
  saveReviewSettings: {
    input: z.strictObject({
      requestId,
      criteria: z.array(criterion).min(1).max(12),
      rules: z.strictObject({
        sharePercent: z.number().min(0).max(100),
        lowRatingUpTo: z.number().int().min(0).max(5),
        flagged: z.boolean(),
        firstOfVendor: z.number().int().min(0).max(100),
        perAgentAndWeek: z.number().int().min(0).max(100),
        reviewerIds: z.array(id).max(200),
      }),
      reason: optionalLine(300),
    }),
    action: 'review.configure',
    ...onSite,
  },
} as const satisfies Record<string, CommandDefinition>
