import { memberIn } from '@parley/shared/conversation/room.ts'
import { type Actor, type CustomerActor, type MemberActor, readerKindOf } from '@parley/shared/people.ts'
import { permitsOn } from '@parley/shared/policy/policy.ts'
import {
  factsOf,
  findHeld,
  type Held,
  mentionable,
  moveMarks,
  readConversation,
  sidesThatSee,
  staffOf,
} from '../conversations/index.ts'
import { viewContact } from '../inbox/index.ts'
import { readMentions } from '../mentions/index.ts'
import { describePlace } from '../routing/index.ts'
import { maskCardsIn } from '../terms/index.ts'
import { auditRead, sameLookMs } from './audit-reads.ts'
import type { ConversationReads } from './conversation-read.ts'
import type { Parts } from './parts.ts'
import { Refused } from './refused.ts'
import type { Origin, SiteCommand } from './site-command.ts'

export const conversationReads: ConversationReads = {
  async followConversation({ actor, held, parts, origin }) {
    await noteLook(parts, actor, held, origin)
    if (!origin.rooms) return { head: held.heads[readerKindOf(actor)] }
    await origin.rooms.join(held)
    return headAfterJoining(actor, held, parts, origin.rooms)
  },

  async watchConversation({ actor, input, held, parts, origin }) {
    // A watch lasts as long as a connection; a single answer is a read.
    if (!origin.rooms) throw new Refused('notAllowed', 'watch.bySocket')
    const { reason } = maskCardsIn(input)
    await origin.rooms.join(held, { isWatching: true, ...(reason === undefined ? {} : { reason }) })
    return headAfterJoining(actor, held, parts, origin.rooms)
  },

  async stopWatching({ input, origin }) {
    await origin.rooms?.leave(input.conversationId)
    return {}
  },

  async readConversation({ actor, input, held, parts, origin }) {
    await noteLook(parts, actor, held, origin)
    return readConversation(parts.database, held, actor, input)
  },

  async markConversation({ actor, input, held, parts, origin }) {
    if (actor.kind === 'member' && input.mentionsReadTo !== undefined)
      await readOwnMentions(actor, input.conversationId, input.mentionsReadTo, parts, origin)
    if (actor.kind === 'system' || actor.kind === 'key' || origin.rooms?.isSilent(input.conversationId))
      return {}
    const marks = await moveMarks(
      parts.database,
      {
        conversationId: input.conversationId,
        readerId: actor.kind === 'customer' ? actor.contactId : actor.memberId,
        side: readerKindOf(actor),
        name: nameIn(held, actor),
      },
      { deliveredTo: input.deliveredTo ?? null, readTo: input.readTo ?? null },
      parts.clock.now(),
    )
    if (marks) origin.rooms?.tellMarks(marks, sidesThatSee(marks, held))
    return {}
  },

  async listMentionable({ held, parts }) {
    return { members: mentionable(await staffOf(parts.database, held.siteId, null), held) }
  },

  async describePlace({ held, parts }) {
    return { place: await describePlace(parts, held.siteId, held.conversation.conversationId) }
  },

  viewContact({ actor, held, parts }) {
    return viewContact(parts.database, actor, held)
  },
}

/** A buyer is known in a room by the name they have there. */
function nameIn({ conversation }: Held, actor: CustomerActor | MemberActor): string {
  const member = actor.kind === 'customer' ? memberIn(conversation, actor.contactId) : undefined
  return member?.name ?? actor.name ?? conversation.customer.name
}

/** Also of who watches unseen: only the reader's own connections hear of it. */
async function readOwnMentions(
  { siteId, memberId }: MemberActor,
  conversationId: string,
  upTo: number,
  parts: Parts,
  origin: Origin,
): Promise<void> {
  const isDone = await readMentions(
    parts.database,
    { siteId, memberId, conversationId },
    upTo,
    parts.clock.now(),
  )
  if (isDone) origin.rooms?.tellMentionsRead(memberId, conversationId)
}

/** Staff who look into what is not theirs to answer leave a line, before they see anything. */
async function noteLook(parts: Parts, actor: Actor, held: Held, origin: Origin): Promise<void> {
  const { conversationId, assignee } = held.conversation
  if (actor.kind !== 'member' || readerKindOf(actor) !== 'staff') return
  if (assignee?.memberId === actor.memberId) return
  const reason = assignee ? `assigned to ${assignee.memberId}` : 'assigned to nobody'
  await auditRead(
    parts,
    actor,
    { action: 'conversation.read', object: `conversation:${conversationId}`, reason, ...from(origin) },
    sameLookMs,
  )
}

function from({ ip, sessionId }: Origin) {
  return { ip, sessionId }
}

/**
 * Read again after joining: what came between is either in this head or arrives live, and a right lost meanwhile was lost
 * before this connection could be found among the followers.
 */
async function headAfterJoining(
  actor: Actor,
  { conversation: { conversationId } }: Held,
  parts: Parts,
  rooms: NonNullable<Origin['rooms']>,
): Promise<{ head: number }> {
  const now = await findHeld(parts.database, conversationId)
  if (now && permitsOn(actor, 'conversation.read', factsOf(now)))
    return { head: now.heads[readerKindOf(actor)] }
  await rooms.leave(conversationId)
  throw new Refused('notFound')
}

/** Leaving needs no right: one may have lost it. */
export const unfollowConversation: SiteCommand<'unfollowConversation'> = async ({ input, origin }) => {
  await origin.rooms?.leave(input.conversationId)
  return {}
}
