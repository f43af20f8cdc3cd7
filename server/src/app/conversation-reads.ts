import { readerKindOf } from '@parley/shared/people.ts'
import { permitsOn } from '@parley/shared/policy/policy.ts'
import { factsOf, findHeld, moveMarks, readConversation, sidesThatSee } from '../conversations/index.ts'
import { viewContact } from '../inbox/index.ts'
import { describePlace } from '../routing/index.ts'
import type { ConversationReads } from './conversation-read.ts'
import { Refused } from './refused.ts'
import type { SiteCommand } from './site-command.ts'

export const conversationReads: ConversationReads = {
  async followConversation({ actor, held, parts, origin }) {
    const { conversationId, assignee } = held.conversation
    if (!origin.rooms) return { head: held.heads[readerKindOf(actor)] }
    await origin.rooms.join(conversationId, assignee?.memberId)
    // Read again after joining: what came between is either in this head or arrives live, and a right lost meanwhile
    // was lost before this connection could be found among the followers.
    const now = await findHeld(parts.database, conversationId)
    if (now && permitsOn(actor, 'conversation.read', factsOf(now)))
      return { head: now.heads[readerKindOf(actor)] }
    await origin.rooms.leave(conversationId)
    throw new Refused('notFound')
  },

  readConversation: ({ actor, input, held, parts }) => readConversation(parts.database, held, actor, input),

  async markConversation({ actor, input, held, parts, origin }) {
    if (actor.kind === 'system') return {}
    const marks = await moveMarks(
      parts.database,
      {
        conversationId: input.conversationId,
        readerId: actor.kind === 'customer' ? actor.contactId : actor.memberId,
        side: readerKindOf(actor),
        name: actor.name ?? held.conversation.customer.name,
      },
      { deliveredTo: input.deliveredTo ?? null, readTo: input.readTo ?? null },
      parts.clock.now(),
    )
    if (marks) origin.rooms?.tellMarks(marks, sidesThatSee(marks, held))
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
