import { readerKindOf } from '@parley/shared/people.ts'
import { findHeld, moveMarks, readConversation } from '../conversations/index.ts'
import { viewContact } from '../inbox/index.ts'
import { describePlace } from '../routing/index.ts'
import type { ConversationReads } from './conversation-read.ts'
import type { SiteCommand } from './site-command.ts'

export const conversationReads: ConversationReads = {
  async followConversation({ actor, held, parts, origin }) {
    const { conversationId } = held.conversation
    await origin.rooms?.join(conversationId)
    // Read again after joining: what came between is either in this head or arrives live.
    const now = origin.rooms ? ((await findHeld(parts.database, conversationId)) ?? held) : held
    return { head: now.heads[readerKindOf(actor)] }
  },

  readConversation: ({ actor, input, held, parts }) => readConversation(parts.database, held, actor, input),

  async markConversation({ actor, input, held, parts, origin }) {
    const side = readerKindOf(actor)
    // Who only looks on leaves no mark: the other sides learn of readers, not of watchers.
    if (actor.kind === 'system') return {}
    const isSilent =
      side === 'staff' &&
      held.conversation.with.kind === 'vendor' &&
      actor.kind === 'member' &&
      held.conversation.assignee?.memberId !== actor.memberId
    const marks = await moveMarks(
      parts.database,
      {
        conversationId: input.conversationId,
        readerId: actor.kind === 'customer' ? actor.contactId : actor.memberId,
        side,
        name: actor.name ?? held.conversation.customer.name,
      },
      { deliveredTo: input.deliveredTo ?? null, readTo: input.readTo ?? null },
      parts.clock.now(),
    )
    if (marks && !isSilent) origin.rooms?.tellMarks(marks)
    return {}
  },

  async describePlace({ held, parts }) {
    return { place: await describePlace(parts, held.siteId, held.conversation.conversationId) }
  },

  viewContact: ({ actor, held, parts }) => viewContact(parts.database, actor, held),
}

/** Leaving needs no right: one may have lost it. */
export const unfollowConversation: SiteCommand<'unfollowConversation'> = async ({ input, origin }) => {
  await origin.rooms?.leave(input.conversationId)
  return {}
}
