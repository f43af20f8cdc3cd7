import { roomOf } from '@parley/shared/conversation/room.ts'
import { type Actor, actorIdOf, type ReaderKind, readerKindOf } from '@parley/shared/people.ts'
import { permits } from '@parley/shared/policy/policy.ts'
import type { Held } from '../conversations/index.ts'

/** Every name of a room is made here; only the server joins. */
export const rooms = {
  conversation: (conversationId: string, reader: ReaderKind) => `c:${conversationId}:${reader}`,
  member: (memberId: string) => `m:${memberId}`,
  contact: (siteId: string, contactId: string) => `k:${siteId}:${contactId}`,
  vendor: (siteId: string, vendorId: string) => `v:${siteId}:${vendorId}`,
  queue: (siteId: string, queueId: string) => `q:${siteId}:${queueId}`,
  overview: (siteId: string) => `o:${siteId}`,
  visitorsOf: (siteId: string) => `s:${siteId}`,
  board: (siteId: string) => `b:${siteId}`,
  watchers: (conversationId: string) => `w:${conversationId}`,
  /** Of conversations that are rooms: what is one person's alone there. */
  own: (conversationId: string, readerId: string) => `p:${conversationId}:${readerId}`,
  /** Where such conversations show in lists, by vendor or contact. */
  listed: (siteId: string, memberId: string) => `r:${siteId}:${memberId}`,
  /** The other way round. */
  staffConversationIn: (room: string) => /^c:(.+):staff$/.exec(room)?.[1],
} as const

/** Rooms somebody is in for as long as they are connected. */
export function standingRooms(actor: Actor): string[] {
  if (actor.kind === 'system' || actor.kind === 'key') return []
  if (actor.kind === 'customer')
    return [
      rooms.contact(actor.siteId, actor.contactId),
      rooms.visitorsOf(actor.siteId),
      ...(actor.areRoomsOn ? [rooms.listed(actor.siteId, actor.contactId)] : []),
    ]
  const own = rooms.member(actor.memberId)
  if (actor.role === 'vendor')
    return actor.vendorId === null || !permits(actor, 'inbox.read')
      ? [own]
      : [
          own,
          rooms.vendor(actor.siteId, actor.vendorId),
          ...(actor.areRoomsOn ? [rooms.listed(actor.siteId, actor.vendorId)] : []),
        ]
  if (actor.role === 'csr')
    return [own, ...actor.queueIds.map((queueId) => rooms.queue(actor.siteId, queueId))]
  return [own, rooms.overview(actor.siteId)]
}

/** Where a conversation shows in lists: the same answer as the policy's scope, turned round. */
export function listRooms(held: Held): { staff: string[]; vendor: string[]; customer: string[] } {
  const { conversation, siteId } = held
  const room = roomOf(conversation)
  if (room) {
    const members = room.members.map(({ id }) => rooms.listed(siteId, id))
    const [vendor, customer] = room.kind === 'vendors' ? [members, []] : [[], members]
    return { staff: [rooms.overview(siteId)], vendor, customer }
  }
  const isVendors = conversation.with.kind === 'vendor'
  // A vendor's people are in its room already, and must not get the row that staff get.
  const people = [conversation.assignee, conversation.offer?.to]
    .filter((person) => person != null && person.party !== 'vendor')
    .map((person) => rooms.member(person?.memberId ?? ''))
  return {
    staff: [
      rooms.overview(siteId),
      ...(isVendors ? [] : [rooms.queue(siteId, conversation.queue.id)]),
      ...people,
    ],
    vendor: conversation.with.kind === 'vendor' ? [rooms.vendor(siteId, conversation.with.vendorId)] : [],
    customer: [rooms.contact(siteId, conversation.customer.contactId)],
  }
}

export function conversationRoomFor(actor: Actor, conversationId: string): string {
  return rooms.conversation(conversationId, readerKindOf(actor))
}

/** All that somebody who follows a conversation is in for it. */
export function roomsOfFollower(actor: Actor, conversationId: string): string[] {
  return [conversationRoomFor(actor, conversationId), rooms.own(conversationId, actorIdOf(actor))]
}
