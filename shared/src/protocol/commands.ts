import { z } from 'zod'
import type { Action } from '../policy/policy.ts'
import { auditCommands } from './audit-commands.ts'
import { limits } from './limits.ts'
import { moderationCommands } from './moderation-commands.ts'
import { privacyCommands } from './privacy-commands.ts'
import { retentionCommands } from './retention-commands.ts'
import { reviewCommands } from './review-commands.ts'
import { rolloutCommands } from './rollout-commands.ts'
import { roomCommands } from './room-commands.ts'
import * as settings from './settings-commands.ts'
import { termsCommands } from './terms-commands.ts'
import { id, line, optionalLine, requestId, storable, text } from './texts.ts'
import { toneCommands } from './tone-commands.ts'
import { triggerCommands } from './triggers.ts'
import { vendorCommands } from './vendor-commands.ts'
import { webhookCommands } from './webhook-commands.ts'

/**
 * A wish. `input` is checked once, at the server's door; `action` names its line in the policy table;
 * `on` says what the policy weighs it against. What each answers is in answers.ts.
 */
export interface CommandDefinition {
  input: z.ZodType
  action: Action
  on: 'conversation' | 'site'
  /** Reads change nothing and are limited apart from writes. */
  isRead?: true
}

const conversation = { conversationId: id }
const write = { requestId, ...conversation }

/** What the page says it is about: labels to show, and ids that the server checks before it believes them. */
const about = z.strictObject({
  page: z
    .strictObject({ url: storable(2_000).pipe(z.url({ protocol: /^https?$/ })), title: optionalLine(200) })
    .optional(),
  product: z
    .strictObject({
      id,
      name: optionalLine(200),
      price: optionalLine(40),
      image: storable(2_000).optional(),
      /** Whose it is, by the page's word: offers that vendor as a choice and opens nothing. */
      vendorId: id.optional(),
    })
    .optional(),
  order: z
    .strictObject({
      id,
      label: optionalLine(80),
      image: storable(2_000).optional(),
      vendorId: id.optional(),
    })
    .optional(),
  intent: optionalLine(40),
})
const withWhom = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('support') }),
  z.strictObject({ kind: z.literal('vendor'), vendorId: id }),
])

export const conversationCommands = {
  describeChoices: {
    input: z.strictObject({ about: about.default({}) }),
    action: 'choices.read',
    on: 'site',
    isRead: true,
  },
  startConversation: {
    input: z.strictObject({
      requestId,
      with: withWhom,
      about: about.default({}),
      answers: z.record(z.string().max(60), storable(limits.answerCodePoints * 2)).default({}),
      text: text.optional(),
      fileIds: z.array(id).max(limits.filesPerMessage).default([]),
      locale: optionalLine(35),
      timeZone: optionalLine(60),
    }),
    action: 'conversation.start',
    on: 'site',
  },
  listConversations: { input: z.strictObject({}), action: 'conversation.listOwn', on: 'site', isRead: true },
  moveConversations: {
    input: z.strictObject({ requestId, conversationIds: z.array(id).max(50) }),
    action: 'conversation.move',
    on: 'site',
  },

  /** The page signs its person out: this browser's token is dead at once, on every node. */
  endVisit: { input: z.strictObject({ requestId }), action: 'visit.end', on: 'site' },

  /** Joins the live stream of a conversation; read it after joining, then drop what you already have. */
  followConversation: {
    input: z.strictObject(conversation),
    action: 'conversation.read',
    on: 'conversation',
    isRead: true,
  },
  unfollowConversation: {
    input: z.strictObject(conversation),
    action: 'conversation.unfollow',
    on: 'site',
    isRead: true,
  },
  /** Events after a position, oldest first; or the newest `limit` before a position. */
  readConversation: {
    input: z.strictObject({
      ...conversation,
      after: z.number().int().min(0).optional(),
      before: z.number().int().min(1).optional(),
      limit: z.number().int().min(1).max(limits.pageOfEvents).default(limits.pageOfEvents),
    }),
    action: 'conversation.read',
    on: 'conversation',
    isRead: true,
  },
  markConversation: {
    input: z.strictObject({
      ...conversation,
      deliveredTo: id.optional(),
      readTo: id.optional(),
      /** Position up to which a member has read the notes: mentions up to it are no longer open. Nobody else is told. */
      mentionsReadTo: z.number().int().min(1).optional(),
    }),
    action: 'conversation.read',
    on: 'conversation',
    isRead: true,
  },
  describePlace: {
    input: z.strictObject(conversation),
    action: 'conversation.read',
    on: 'conversation',
    isRead: true,
  },

  sendMessage: {
    input: z.strictObject({
      ...write,
      text: text.or(z.literal('')),
      fileIds: z.array(id).max(limits.filesPerMessage).default([]),
    }),
    action: 'message.send',
    on: 'conversation',
  },
  addNote: {
    input: z.strictObject({ ...write, text, mentions: z.array(id).max(20).default([]) }),
    action: 'note.write',
    on: 'conversation',
  },
  /** Whom a note in this conversation can call: who may read it. */
  listMentionable: {
    input: z.strictObject(conversation),
    action: 'note.write',
    on: 'conversation',
    isRead: true,
  },
  /** `reason`: why a moderator ends what is between a customer and a vendor; only staff see it. */
  closeConversation: {
    input: z.strictObject({ ...write, reason: optionalLine(limits.reasonCodePoints) }),
    action: 'conversation.close',
    on: 'conversation',
  },
  reopenConversation: { input: z.strictObject(write), action: 'conversation.reopen', on: 'conversation' },
  rateConversation: {
    input: z.strictObject({
      ...write,
      stars: z.literal([1, 2, 3, 4, 5]),
      words: storable(limits.answerCodePoints).default(''),
    }),
    action: 'conversation.rate',
    on: 'conversation',
  },
  requestTranscript: {
    input: z.strictObject({ ...write, email: z.email().max(254).optional() }),
    action: 'transcript.request',
    on: 'conversation',
  },

  listInbox: {
    input: z.strictObject({
      view: z.enum(['mine', 'waiting', 'team', 'all', 'rooms', 'mentions', 'closed']),
      search: storable(200).optional(),
      queueId: id.optional(),
      topicId: id.optional(),
      unreadOnly: z.boolean().optional(),
      cursor: storable(200).optional(),
      limit: z.number().int().min(1).max(200).default(limits.pageOfRows),
    }),
    action: 'inbox.read',
    on: 'site',
    isRead: true,
  },
  countInbox: { input: z.strictObject({}), action: 'inbox.read', on: 'site', isRead: true },
  viewContact: {
    input: z.strictObject(conversation),
    action: 'contact.view',
    on: 'conversation',
    isRead: true,
  },
  /** Gives `email`, or the masked answer to the question with this id, whole. For a reason, on record, so many a day. */
  revealContact: {
    input: z.strictObject({
      ...write,
      field: id,
      reason: line(limits.revealReasonCodePoints, limits.leastRevealReason),
    }),
    action: 'contact.email',
    on: 'conversation',
  },
  /** `from` is the assignee the taker saw: somebody faster makes it a conflict. */
  takeConversation: {
    input: z.strictObject({ ...write, from: id.nullable().default(null) }),
    action: 'conversation.take',
    on: 'conversation',
  },
  acceptOffer: { input: z.strictObject(write), action: 'conversation.take', on: 'conversation' },
  declineOffer: { input: z.strictObject(write), action: 'conversation.take', on: 'conversation' },
  transferConversation: {
    input: z.strictObject({
      ...write,
      to: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('member'), memberId: id }),
        z.strictObject({ kind: z.literal('queue'), queueId: id }),
      ]),
      reason: line(500),
    }),
    action: 'conversation.transfer',
    on: 'conversation',
  },
  snoozeConversation: {
    input: z.strictObject({ ...write, untilAt: z.iso.datetime() }),
    action: 'conversation.snooze',
    on: 'conversation',
  },
  unsnoozeConversation: { input: z.strictObject(write), action: 'conversation.snooze', on: 'conversation' },

  setAvailability: {
    input: z.strictObject({
      availability: z.enum(['available', 'away']).optional(),
      capacity: z.number().int().min(0).max(50).optional(),
    }),
    action: 'availability.set',
    on: 'site',
  },
  /** People and queues a conversation can be passed to. */
  listColleagues: { input: z.strictObject({}), action: 'inbox.read', on: 'site', isRead: true },
  listCannedReplies: { input: z.strictObject({}), action: 'inbox.read', on: 'site', isRead: true },
  describeMe: { input: z.strictObject({}), action: 'me.read', on: 'site', isRead: true },
} as const satisfies Record<string, CommandDefinition>

export const commands = {
  ...conversationCommands,
  ...settings.settingsCommands,
  ...moderationCommands,
  ...auditCommands,
  ...vendorCommands,
  ...triggerCommands,
  ...termsCommands,
  ...reviewCommands,
  ...rolloutCommands,
  ...toneCommands,
  ...webhookCommands,
  ...privacyCommands,
  ...retentionCommands,
  ...roomCommands,
} as const satisfies Record<string, CommandDefinition>

export type CommandName = keyof typeof commands
export type CommandInput<N extends CommandName> = z.output<(typeof commands)[N]['input']>
/** What a client may leave out has a default. */
export type CommandWish<N extends CommandName> = z.input<(typeof commands)[N]['input']>

export const commandNames = Object.keys(commands) as CommandName[]
