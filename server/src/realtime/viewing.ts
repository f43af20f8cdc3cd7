import { type ReaderKind, readerKindOf } from '@parley/shared/people.ts'
import type { ClientHints, Viewing } from '@parley/shared/protocol/ephemeral.ts'
import { rooms } from './rooms.ts'
import type { NodeViewing, ParleyServer, ParleySocket, TellNodes } from './socket-types.ts'

/** Each node says again who looks at what, for nodes that came later or missed it. */
const repeatMs = 15_000
/** A node that has been silent for this long is gone, and who was there with it. */
const silentMs = 45_000

type Viewer = Viewing['viewers'][number]
interface Looked {
  conversationId: string
  reader: ReaderKind
  present: Map<string, Viewer & { sockets: Set<string> }>
}

export interface ViewingLists {
  tell(socket: ParleySocket, hint: ClientHints['viewing']): void
  disconnected(socket: ParleySocket): void
  stop(): void
}

/** Colleagues who look at the same conversation, on whichever node each of them is. */
export function createViewing(io: ParleyServer, nodeId: string, tellNodes: TellNodes): ViewingLists {
  const here = new Map<string, Looked>()
  const elsewhere = new Map<string, Map<string, { list: NodeViewing; heardAt: number }>>()
  const repeat = setInterval(() => {
    for (const looked of here.values()) tellNodes('viewing', listOf(looked))
    for (const room of [...elsewhere.keys()]) forgetSilent(room)
  }, repeatMs)

  io.on('viewing', (list) => {
    const room = rooms.conversation(list.conversationId, list.reader)
    const lists = elsewhere.get(room) ?? new Map()
    const known: NodeViewing | undefined = lists.get(list.nodeId)?.list
    if (list.viewers.length === 0) lists.delete(list.nodeId)
    else lists.set(list.nodeId, { list, heardAt: performance.now() })
    if (lists.size === 0) elsewhere.delete(room)
    else elsewhere.set(room, lists)
    if (JSON.stringify(known?.viewers ?? []) !== JSON.stringify(list.viewers)) show(list)
  })

  function forgetSilent(room: string): void {
    for (const [otherId, { list, heardAt }] of elsewhere.get(room) ?? []) {
      if (performance.now() - heardAt < silentMs) continue
      elsewhere.get(room)?.delete(otherId)
      show(list)
    }
    if (elsewhere.get(room)?.size === 0) elsewhere.delete(room)
  }

  function listOf({ conversationId, reader, present }: Looked): NodeViewing {
    const viewers = [...present.values()].map(({ memberId, name, mode }) => ({ memberId, name, mode }))
    return { nodeId, conversationId, reader, viewers }
  }

  /** Each node tells its own connections: only it knows the whole list as they should see it. */
  function show({ conversationId, reader }: Pick<NodeViewing, 'conversationId' | 'reader'>): void {
    const room = rooms.conversation(conversationId, reader)
    const looked = here.get(room)
    const lists = [...(elsewhere.get(room)?.values() ?? [])].map(({ list }) => list.viewers)
    const viewers = new Map<string, Viewer>()
    for (const viewer of [...(looked ? listOf(looked).viewers : []), ...lists.flat()]) {
      const known = viewers.get(viewer.memberId)
      // With two windows open, what somebody does counts more than that they look.
      if (!known || known.mode === 'viewing') viewers.set(viewer.memberId, viewer)
    }
    io.local.to(room).emit('hint:viewing', { conversationId, viewers: [...viewers.values()] })
  }

  function tell(socket: ParleySocket, { conversationId, mode }: ClientHints['viewing']): void {
    const { actor } = socket.data
    if (actor.kind !== 'member') return
    const reader = readerKindOf(actor)
    const room = rooms.conversation(conversationId, reader)
    const looked: Looked = here.get(room) ?? { conversationId, reader, present: new Map() }
    const { present } = looked
    const viewer = present.get(actor.memberId) ?? {
      memberId: actor.memberId,
      name: actor.name,
      mode: 'viewing' as const,
      sockets: new Set<string>(),
    }
    if (mode === 'left') {
      viewer.sockets.delete(socket.id)
      if (viewer.sockets.size === 0) present.delete(actor.memberId)
    } else {
      viewer.sockets.add(socket.id)
      present.set(actor.memberId, { ...viewer, mode })
    }
    if (present.size === 0) here.delete(room)
    else here.set(room, looked)
    show(looked)
    tellNodes('viewing', listOf(looked))
  }

  return {
    tell,
    disconnected(socket) {
      const { actor } = socket.data
      if (actor.kind !== 'member') return
      for (const { conversationId, present } of [...here.values()])
        if (present.get(actor.memberId)?.sockets.has(socket.id))
          tell(socket, { conversationId, mode: 'left' })
    },
    stop: () => clearInterval(repeat),
  }
}
