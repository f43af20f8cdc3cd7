import { isRoom, memberIn } from '@parley/shared/conversation/room.ts'
import { type Actor, type Author, authorOf, readerKindOf } from '@parley/shared/people.ts'
import { permitsOn } from '@parley/shared/policy/policy.ts'
import type { EventType } from '@parley/shared/protocol/events.ts'
import { factsOf, type Held } from '../conversations/index.ts'
import { conversationRoomFor, listRooms, rooms, roomsOfFollower } from './rooms.ts'
import type { ParleyServer, ParleySocket } from './socket-types.ts'

/** Facts of these types decide who may read: after them everybody who follows is weighed again. */
const decisive = new Set<string>([
  'assigned',
  'transferred',
  'offerMade',
  'offerLapsed',
  'customerIdentified',
  'conversationClosed',
  'takenOver',
  'handedBack',
  'moderatorJoined',
  'moderatorLeft',
] satisfies EventType[])

export function mayRead(actor: Actor, held: Held): boolean {
  return permitsOn(actor, 'conversation.read', factsOf(held))
}

/** What a buyer is called in each room that their connection follows. */
const namesInRooms = new WeakMap<ParleySocket, Map<string, string>>()

/** As the others there know them. */
export function authorAmong(socket: ParleySocket, conversationId: string): Author {
  const name = namesInRooms.get(socket)?.get(conversationId)
  const author = authorOf(socket.data.actor)
  return name === undefined ? author : { ...author, name, isInRoom: true }
}

export async function join(socket: ParleySocket, { conversation }: Held): Promise<void> {
  const { conversationId } = conversation
  const { actor } = socket.data
  const member = actor.kind === 'customer' && memberIn(conversation, actor.contactId)
  if (member) {
    const names = namesInRooms.get(socket) ?? new Map<string, string>()
    namesInRooms.set(socket, names.set(conversationId, member.name))
  }
  const all = roomsOfFollower(socket.data.actor, conversationId)
  await socket.join(isRoom(conversation) ? all : conversationRoomFor(socket.data.actor, conversationId))
}

export async function leave(socket: ParleySocket, conversationId: string): Promise<void> {
  const all = roomsOfFollower(socket.data.actor, conversationId)
  await Promise.all(all.map((room) => socket.leave(room)))
}

export function isFollowing(socket: ParleySocket, conversationId: string): boolean {
  return socket.rooms.has(conversationRoomFor(socket.data.actor, conversationId))
}

/** Conversations this socket follows, read off its rooms. */
export function followed(socket: ParleySocket): string[] {
  const suffix = `:${readerKindOf(socket.data.actor)}`
  return [...socket.rooms]
    .filter((room) => room.startsWith('c:') && room.endsWith(suffix))
    .map((room) => room.slice(2, -suffix.length))
}

export function dropFrom(socket: ParleySocket, conversationId: string): void {
  void leave(socket, conversationId)
  socket.emit('hint:forget', { conversationId })
}

export function isDecisive(event: { type: string }): boolean {
  return decisive.has(event.type)
}

/** Whoever lost the right to read leaves the live stream at once. */
export function releaseFollowers(io: ParleyServer, held: Held): void {
  const { conversationId } = held.conversation
  for (const reader of ['customer', 'vendor', 'staff'] as const)
    for (const id of io.of('/').adapter.rooms.get(rooms.conversation(conversationId, reader)) ?? []) {
      const socket = io.of('/').sockets.get(id)
      if (socket && !mayRead(socket.data.actor, held)) dropFrom(socket, conversationId)
    }
}

export function isFollowedHere(io: ParleyServer, conversationId: string): boolean {
  const here = io.of('/').adapter.rooms
  return (['customer', 'vendor', 'staff'] as const).some((reader) =>
    here.has(rooms.conversation(conversationId, reader)),
  )
}

/** The row leaves the lists here in which the conversation no longer stands. */
export function forgetInLists(io: ParleyServer, before: Held, held: Held): void {
  const was = Object.values(listRooms(before)).flat()
  const is = Object.values(listRooms(held)).flat()
  const left = was.filter((room) => !is.includes(room))
  const { conversationId } = held.conversation
  if (left.length > 0) io.local.to(left).except(is).emit('hint:forget', { conversationId })
}
