import type { Server as HttpServer } from 'node:http'
import { type Actor, type ReaderKind, readerKindOf } from '@parley/shared/people.ts'
import { permits } from '@parley/shared/policy/policy.ts'
import type { ConversationTone } from '@parley/shared/protocol/tone.ts'
import type { Welcome } from '@parley/shared/protocol/wire.ts'
import { Server } from 'socket.io'
import type { Dispatch } from '../app/dispatch.ts'
import type { Parts } from '../app/parts.ts'
import type { Bus } from '../cluster/index.ts'
import { findHeld, type Held, heldOf, type Log } from '../conversations/index.ts'
import { type Revocation, refreshActor } from '../identity/index.ts'
import type { OpenMention } from '../mentions/index.ts'
import { createBoardVendors, isOnBoard, type Watches } from '../moderation/index.ts'
import { isOnForAnybody, isOnIn } from '../rollout/index.ts'
import { haveRoomsGone, roomsOf, withRooms } from '../rooms/index.ts'
import { createFanOut } from './fan-out.ts'
import { createFloods } from './floods.ts'
import { dropFrom, followed, join, leave, mayRead, releaseFollowers } from './following.ts'
import { createGatheredWrites } from './gathered-writes.ts'
import { HandshakeRefused, recognise } from './handshake.ts'
import { createHints } from './hints.ts'
import { createMentionHints } from './mention-hints.ts'
import { joinOtherNodes } from './other-nodes.ts'
import type { Presence } from './presence.ts'
import { createQueueHints } from './queue-hints.ts'
import { rooms, standingRooms } from './rooms.ts'
import { createSlowReaders } from './slow-readers.ts'
import type { ParleyServer, ParleySocket, TellNodes } from './socket-types.ts'
import { createViewing } from './viewing.ts'
import { createWatchers } from './watchers.ts'
import { createWeighed } from './weighed.ts'

/** Answers one connection may wait for at a time. */
const mostInFlight = 60
/** Whoever has not gone by then is cut. */
const drainGraceMs = 500
/** How long a lost right may last on a node that no hint reached. */
const recheckMs = { member: 10_000, customer: 60_000 } as const

type Heard = (conversationId: string, before: number, after: number) => void

export interface Realtime {
  io: ParleyServer
  /** The conversation as it stands now, after it changed on another node. */
  weigh(held: Held): void
  /** Somebody lost a right, on whichever node: are those connected here still who they were? */
  recheckRevoked(who: Revocation): void
  /** What another node wrote after `before` and up to `after` was told here, or is followed by nobody here. */
  onHeard(listener: Heard): void
  /** Connected to this process. */
  countSockets(): Record<ReaderKind, number>
  /** Who can help may have changed: panels that show choices ask again. */
  tellAvailability(siteId: string): void
  /** Who was called by a note while nothing of it was announced here. */
  tellMentions(held: Held, open: readonly OpenMention[]): void
  /** To staff who follow the conversation and to open boards; neither side of it ever hears. */
  tellTone(held: Held, tone: ConversationTone): void
  /** Nothing is told of how these sound any more. */
  tellToneOff(siteId: string, conversationIds: readonly string[]): void
  /**
   * Tells clients to go and come back, spread over the time, and closes. Where there are other nodes to go to, everybody is
   * served until they have gone.
   */
  stop(withinMs: number): Promise<void>
}

export function createSocketServer(
  http: HttpServer,
  parts: Parts,
  log: Log,
  dispatch: Dispatch,
  presence: Presence,
  node: { nodeId: string; bus: Bus; watches: Watches },
): Realtime {
  const own = new URL(parts.config.publicUrl).origin
  const io: ParleyServer = new Server(http, {
    path: '/socket',
    ...(node.bus.adapter ? { adapter: node.bus.adapter } : {}),
    serveClient: false,
    // A chat's frames are small; larger ones are attacks or mistakes.
    maxHttpBufferSize: 128 * 1024,
    perMessageDeflate: false,
    httpCompression: false,
    // Who fell silent without a word is absent after both and the grace of presence: within 45 seconds.
    pingInterval: 20_000,
    pingTimeout: 15_000,
    // A member fetches a ticket first: when everybody comes back at once, giving up early would only add to the rush.
    connectTimeout: 30_000,
    cors: { origin: own },
    // Panel and console both come from our own origin; a page elsewhere has no business here.
    allowRequest: (request, decide) =>
      decide(null, request.headers.origin === undefined || request.headers.origin === own),
  })
  // Without a listener a broken handshake would be an unhandled error.
  io.engine.on('connection_error', (error) => parts.logger.debug({ err: error }, 'A connection was refused.'))

  io.engine.on('connection', createSlowReaders(parts.logger))
  io.engine.on('connection', createGatheredWrites())

  const answering = new Map<string, readonly (string | undefined)[]>()
  const tellNodes: TellNodes = (name, ...values) => {
    if (node.bus.adapter) io.serverSideEmit(name, ...values)
  }
  const viewing = createViewing(io, node.nodeId, tellNodes)
  const watchers = createWatchers(parts, io, node.watches)
  const hints = createHints(viewing, {
    answering: (conversationId, memberId) => answering.get(conversationId)?.includes(memberId) === true,
    silent: watchers.isSilent,
    async previewed({ siteId }, conversationId) {
      if (!(await isOnForAnybody(parts, siteId, 'moderation.typingPreview'))) return false
      const held = log.recall(conversationId) ?? (await findHeld(parts.database, conversationId))
      return held !== undefined && isOnIn(parts, siteId, 'moderation.typingPreview', held.conversation)
    },
  })
  const weighed = createWeighed(io)
  const fanOut = createFanOut(io, tellNodes, createBoardVendors(parts), weighed, weigh)
  const queueHints = createQueueHints(parts, io)
  const mentionHints = createMentionHints(io)
  log.onCommitted((commits) => {
    for (const { held } of commits) noteAnswering(held)
    fanOut.announce(commits)
    mentionHints.announce(commits)
    queueHints.weigh(commits)
  })

  function noteAnswering({ conversation }: Held): void {
    const { conversationId, assignee, moderation } = conversation
    if (answering.size > 20_000) answering.clear()
    answering.set(conversationId, [assignee?.memberId, moderation.moderator?.memberId])
  }

  const welcomes = new WeakMap<ParleySocket, Omit<Welcome, 'serverTime'>>()
  /** How many losses of rights were heard of: one between handshake and connection is not missed. */
  let revocations = 0
  const revocationsBefore = new WeakMap<ParleySocket, number>()
  let isStopping = false
  io.use((socket, next) => {
    if (isStopping) return next(new HandshakeRefused({ code: 'unavailable', reason: 'busy' }))
    revocationsBefore.set(socket, revocations)
    recognise(parts, log, socket.handshake.auth).then(
      async ({ memory, welcome }) => {
        Object.assign(socket.data, memory)
        await socket.join(standingRooms(memory.actor))
        // The handshake's secrets are not kept for as long as somebody is connected.
        socket.handshake.auth = {}
        welcomes.set(socket, welcome)
        next()
      },
      (error) => next(error instanceof HandshakeRefused ? error : new Error('busy')),
    )
  })

  const inFlight = new WeakMap<ParleySocket, number>()
  const floods = createFloods(parts.clock)

  function receive(socket: ParleySocket, name: unknown, values: unknown[]): void {
    // The transport lets numbers through as names: what throws here would stop the whole process.
    if (typeof name !== 'string') return
    if (name.startsWith('hint:')) {
      hints.receive(socket, name, values[0])
      return
    }
    const [wish, answer] = values
    if (typeof answer !== 'function') return
    const waiting = inFlight.get(socket) ?? 0
    if (waiting >= mostInFlight) {
      answer({ ok: false, refusal: { code: 'rateLimited', reason: 'limit.inFlight', retryAfterMs: 1_000 } })
      if (floods.isFlood(socket)) socket.disconnect(true)
      return
    }
    inFlight.set(socket, waiting + 1)
    const { actor, sessionId } = socket.data
    void dispatch(actor, name, wish, {
      ip: addressOf(socket),
      sessionId,
      rooms: {
        async join(held, how = {}) {
          noteAnswering(held)
          await watchers.begin(socket, held, how.isWatching === true, how.reason)
          weighed.begin(held)
          await join(socket, held)
        },
        leave: (conversationId) => leave(socket, conversationId),
        isSilent: (conversationId) => watchers.isSilent(socket, conversationId),
        async followBoard(isLive) {
          const room = rooms.board(actor.siteId)
          if (isLive) await socket.join(room)
          else await socket.leave(room)
        },
        tellMarks: (marks, sides) => {
          io.to(sides.map((side) => rooms.conversation(marks.conversationId, side))).emit('hint:marks', marks)
        },
        tellMentionsRead: (memberId, conversationId) => mentionHints.tellRead(memberId, conversationId),
      },
    }).then((outcome) => {
      inFlight.set(socket, (inFlight.get(socket) ?? 1) - 1)
      answer(outcome)
      if (!outcome.ok && outcome.refusal.code === 'rateLimited' && floods.isFlood(socket))
        socket.disconnect(true)
    })
  }

  function addressOf(socket: ParleySocket): string {
    const { trustProxy } = parts.config
    if (trustProxy === 0) return socket.handshake.address
    const chain = String(socket.handshake.headers['x-forwarded-for'] ?? '').split(',')
    return chain.at(-trustProxy)?.trim() || socket.handshake.address
  }

  io.on('connection', (socket) => {
    const { actor } = socket.data
    socket.on('error', () => socket.disconnect(true))
    socket.onAny((name: unknown, ...values: unknown[]) => receive(socket, name, values))
    const welcome = welcomes.get(socket)
    if (welcome) socket.emit('welcome', { ...welcome, serverTime: parts.clock.now().toISOString() })
    if (revocationsBefore.get(socket) !== revocations) void recheck(socket)
    if (actor.kind === 'member') presence.arrived(actor.memberId, actor.siteId)
    const every = actor.kind === 'member' ? recheckMs.member : recheckMs.customer
    const timer = setInterval(() => void recheck(socket), every * (0.75 + 0.5 * parts.random.fraction()))
    socket.once('disconnect', () => {
      clearInterval(timer)
      viewing.disconnected(socket)
      if (actor.kind === 'member') presence.left(actor.memberId, actor.siteId)
    })
  })

  /** Is this still the same person with the same rights? Rights can go while a connection lasts. */
  async function recheck(socket: ParleySocket): Promise<void> {
    try {
      const found = await refreshActor(parts, socket.data.actor, socket.data.sessionId)
      if (!found) {
        socket.disconnect(true)
        return
      }
      const actor = await withRooms(parts, found)
      if (haveRoomsGone(socket.data.actor, actor)) await forgetRooms(socket)
      await become(socket, actor)
      const conversations = followed(socket)
      const held = conversations.length === 0 ? [] : await heldOf(parts.database, conversations)
      for (const conversationId of conversations) {
        const found = held.find((candidate) => candidate.conversation.conversationId === conversationId)
        if (!found || !mayRead(actor, found)) dropFrom(socket, conversationId)
      }
    } catch (error) {
      parts.logger.warn({ err: error }, 'Rights could not be checked again; trying at the next turn.')
    }
  }

  async function become(socket: ParleySocket, actor: Actor): Promise<void> {
    const was = standingRooms(socket.data.actor)
    const is = standingRooms(actor)
    socket.data.actor = actor
    for (const room of was) if (!is.includes(room)) await socket.leave(room)
    if (!permits(actor, 'moderation.watch')) await socket.leave(rooms.board(actor.siteId))
    await socket.join(is.filter((room) => !was.includes(room)))
  }

  function recheckRevoked(who: Revocation): void {
    revocations += 1
    for (const socket of io.of('/').sockets.values()) {
      const { actor, sessionId } = socket.data
      const isMember = actor.kind === 'member' && who.memberId === actor.memberId
      const isVisitor = actor.kind === 'customer' && who.visitorId === actor.visitorId
      const isContact = actor.kind === 'customer' && who.contactId === actor.contactId
      const isSession = who.sessionId !== undefined && who.sessionId === sessionId
      if (isMember || isVisitor || isContact || isSession) void recheck(socket)
    }
  }

  /** Rooms are there or not for everybody of a kind at once: only who is touched by it is weighed again. */
  async function recheckRooms(siteId: string): Promise<void> {
    for (const socket of io.of('/').sockets.values()) {
      const { actor } = socket.data
      if (actor.siteId !== siteId || actor.kind === 'system' || actor.kind === 'key') continue
      const now = await withRooms(parts, actor)
      if ('areRoomsOn' in now !== 'areRoomsOn' in actor) await recheck(socket)
    }
  }

  /** What stands in lists of theirs goes too, opened or not. */
  async function forgetRooms(socket: ParleySocket): Promise<void> {
    for (const conversationId of await roomsOf(parts.database, socket.data.actor))
      socket.emit('hint:forget', { conversationId })
  }

  /** Resolves when nobody is connected here any more, or when the time is over. */
  async function gone(withinMs: number): Promise<void> {
    const until = performance.now() + withinMs
    while (io.of('/').sockets.size > 0 && performance.now() < until)
      await new Promise((next) => setTimeout(next, 25))
  }

  function weigh(held: Held): void {
    noteAnswering(held)
    releaseFollowers(io, held)
    watchers.weigh(held)
  }
  const hearing: Heard[] = []
  const leaveOtherNodes = joinOtherNodes(parts, io, tellNodes, fanOut, weighed, {
    recheckRevoked,
    recheckRooms,
    weigh,
    heard: (...word) => {
      for (const listener of hearing) listener(...word)
    },
  })

  return {
    io,
    weigh,
    recheckRevoked,
    onHeard(listener) {
      hearing.push(listener)
    },
    countSockets() {
      const counts = { customer: 0, vendor: 0, staff: 0 }
      for (const socket of io.of('/').sockets.values()) counts[readerKindOf(socket.data.actor)] += 1
      return counts
    },
    tellAvailability: queueHints.tellAvailability,
    tellMentions: mentionHints.tellOpen,
    tellTone(held, tone) {
      const followers = rooms.conversation(tone.conversationId, 'staff')
      io.to(isOnBoard(held) ? [followers, rooms.board(held.siteId)] : followers).emit('hint:tone', tone)
    },
    tellToneOff(siteId, conversationIds) {
      for (const conversationId of conversationIds)
        io.to([rooms.conversation(conversationId, 'staff'), rooms.board(siteId)]).emit('hint:tone', {
          conversationId,
          dissatisfaction: null,
          messages: [],
          isOff: true,
        })
    },
    async stop(withinMs) {
      isStopping = true
      // Only those connected here: the other nodes stay.
      io.local.emit('hint:reconnectSoon', { withinMs })
      // One turn for the frames to leave before the connections are cut.
      await new Promise((next) => setTimeout(next, 50))
      if (parts.database.engine === 'postgres') await gone(withinMs + drainGraceMs)
      leaveOtherNodes()
      viewing.stop()
      fanOut.stop()
      queueHints.stop()
      await io.close()
    },
  }
}
