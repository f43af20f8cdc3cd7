import { z } from 'zod'
import type { CommandDefinition } from './commands.ts'
import { limits } from './limits.ts'
import { id, line, requestId, storable, text } from './texts.ts'

const onConversation = { on: 'conversation' } as const
const read = { isRead: true } as const
const write = { requestId, conversationId: id }
/** Only staff ever see it. */
const reason = line(limits.reasonCodePoints)
const act = { action: 'moderation.act', ...onConversation } as const

const hold = { action: 'moderation.hold', ...onConversation } as const

export const moderationCommands = {
  /** The vendors' conversations that are not closed, and those with a hand up, by need. */
  listBoard: {
    input: z.strictObject({
      need: z.enum(['any', 'flagged', 'held', 'hand', 'reported', 'moderated']).default('any'),
      vendorId: id.optional(),
      search: storable(200).optional(),
      cursor: storable(200).optional(),
      limit: z.number().int().min(1).max(500).default(limits.pageOfBoard),
      /** Rows that change are told as `hint:board` from now on, or, with false, no longer. */
      isLive: z.boolean().default(false),
    }),
    action: 'moderation.watch',
    on: 'site',
    ...read,
  },
  /** Follows without being seen and without the right to write from here; who, when and how long is in the audit log. */
  watchConversation: {
    input: z.strictObject({ conversationId: id, reason: reason.optional() }),
    action: 'moderation.watch',
    ...onConversation,
    ...read,
  },
  stopWatching: {
    input: z.strictObject({ conversationId: id }),
    action: 'moderation.watch',
    ...onConversation,
    ...read,
  },
  whisper: { input: z.strictObject({ ...write, text, reason }), ...act },
  joinConversation: { input: z.strictObject({ ...write, reason }), ...act },
  leaveConversation: { input: z.strictObject({ ...write, reason }), ...act },
  /** `from` is the moderator who was seen to have it: taking it from somebody who was not is a conflict. */
  takeOverConversation: {
    input: z.strictObject({ ...write, reason, from: id.nullable().default(null) }),
    ...act,
  },
  handBackConversation: { input: z.strictObject({ ...write, reason }), ...act },
  /** Whatever the vendor's side writes from now on waits for a moderator; in a room, whatever anybody writes. */
  startHolding: { input: z.strictObject({ ...write, reason }), ...hold },
  stopHolding: { input: z.strictObject({ ...write, reason }), ...hold },
  releaseMessage: { input: z.strictObject({ ...write, messageId: id, reason }), ...act },
  /** `words` are what its sender is told. */
  rejectMessage: {
    input: z.strictObject({ ...write, messageId: id, reason, words: line(limits.reasonCodePoints) }),
    ...act,
  },
  restoreMessage: { input: z.strictObject({ ...write, messageId: id, reason }), ...act },
  redactMessage: {
    input: z.strictObject({ ...write, messageId: id, reason }),
    action: 'message.redact',
    ...onConversation,
  },
  resolveFlags: {
    input: z.strictObject({
      ...write,
      messageId: id.nullable(),
      verdict: z.enum(['confirmed', 'dismissed']),
      reason: reason.optional(),
    }),
    ...act,
  },
  reportConversation: {
    input: z.strictObject({ ...write, messageId: id.nullable().default(null), reason }),
    action: 'conversation.report',
    ...onConversation,
  },
  raiseHand: { input: z.strictObject({ ...write, reason }), action: 'hand.raise', ...onConversation },
  lowerHand: { input: z.strictObject(write), action: 'hand.raise', ...onConversation },
  blockCustomer: {
    input: z.strictObject({ ...write, reason }),
    action: 'contact.block',
    ...onConversation,
  },
  unblockCustomer: {
    input: z.strictObject({ ...write, reason }),
    action: 'contact.block',
    ...onConversation,
  },
} as const satisfies Record<string, CommandDefinition>
