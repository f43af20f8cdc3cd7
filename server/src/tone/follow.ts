import { setTimeout as wait } from 'node:timers/promises'
import type { ConversationTone } from '@parley/shared/protocol/tone.ts'
import type { Parts } from '../app/parts.ts'
import { type Held, heldOf, type Log } from '../conversations/index.ts'
import { lookAgain } from '../look-again.ts'
import { readOn } from './read-on.ts'
import * as store from './store.ts'
import { whereToneIsOn } from './switched-on.ts'
import type { ToneProvider } from './tone.ts'
import { trendOf } from './tone-of-conversation.ts'

/** Several messages that come together are read together. */
const gatherMs = 250
/** While they keep coming, more of them: what a look costs depends on conversations, not on messages. */
const busyGatherMs = 1_000
/** What another node wrote and did not live to read, and what failed. */
const lookMs = 2_000
const leaseMs = 30_000
/** The embedded database does one thing at a time: what is read at once makes everybody else wait. */
const conversationsAtOnce = 20
const breathMs = 40
/** Most may have been read or ended long ago: to see that takes less of each. */
const lookedAtAtOnce = 200
const longAgoMs = 30 * 86_400_000

export interface ToneFollower {
  start(): void
  /** Resolves when what is being read has ended. */
  stop(): Promise<void>
}

/**
 * Reads the log behind its writers by a durable cursor: nothing waits for a tone, and a restart misses none. Each
 * conversation keeps how far it was read, so that reading twice changes nothing.
 */
export function followTone(
  parts: Parts,
  log: Pick<Log, 'onCommitted'>,
  options: { nodeId: string; provider: ToneProvider; tell: (held: Held, tone: ConversationTone) => void },
): ToneFollower {
  const { database, clock } = parts
  const { nodeId, provider, tell } = options
  let isStarted = false
  const looking = lookAgain(readUnread, { gatherMs, busyGatherMs, lookMs }, (error) =>
    parts.logger.warn({ err: error }, 'Tones could not be read; trying at the next turn.'),
  )

  log.onCommitted((commits) => {
    if (commits.some(({ events }) => events.some(({ type }) => type === 'messageSent'))) looking.wake()
  })

  async function readUnread(): Promise<void> {
    const since = new Date(clock.now().getTime() - longAgoMs)
    let stretch = await store.unreadStretch(database)
    if (!stretch) return
    while (stretch) {
      if (!(await mayRead())) return
      if (!(await readStretch(stretch, since))) return
      await store.moveCursor(database, stretch.until)
      stretch = await store.unreadStretch(database)
    }
    await store.endReading(database, nodeId)
  }

  /** False when somebody else is to go on. */
  async function readStretch(stretch: store.Stretch, since: Date): Promise<boolean> {
    const ids = await store.conversationsWithin(database, stretch)
    let isFirst = true
    for (let from = 0; from < ids.length; from += lookedAtAtOnce) {
      const unread = await store.unreadAmong(database, ids.slice(from, from + lookedAtAtOnce), since)
      for (let at = 0; at < unread.length; at += conversationsAtOnce) {
        if (!isFirst) {
          await wait(breathMs)
          if (!(await mayRead())) return false
        }
        isFirst = false
        await readAll(unread.slice(at, at + conversationsAtOnce))
      }
    }
    return true
  }

  async function mayRead(): Promise<boolean> {
    if (!isStarted) return false
    const now = clock.now()
    return store.leaseReading(database, nodeId, now, new Date(now.getTime() + leaseMs))
  }

  async function readAll(found: readonly store.Unread[]): Promise<void> {
    const unread = await whereToneIsOn(parts, found)
    if (unread.length === 0) return
    const [said, before] = await Promise.all([
      store.messagesSaid(database, unread),
      store.saidBefore(database, unread),
    ])
    const read: store.ReadConversation[] = []
    for (const one of unread) {
      // Messages on their way do not wait for all of them.
      await new Promise<void>((next) => setImmediate(next))
      const rows = said.filter((row) => row.conversation_id === one.conversationId)
      read.push(await readOn(provider, one, rows, before.get(one.conversationId) ?? []))
    }
    const news = await store.keepTones(database, read)
    // Turned off between the look and the keeping: the change has not seen these rows.
    const stillOn = new Set(await whereToneIsOn(parts, read))
    const off = read.filter((one) => !stillOn.has(one))
    if (off.length > 0)
      await store.setNeeds(
        database,
        off.map(({ conversationId }) => ({ conversationId, need: 0 })),
      )
    await tellAll(
      read.filter((one) => stillOn.has(one) && news.has(one.conversationId) && one.messages.length > 0),
    )
  }

  async function tellAll(read: readonly store.ReadConversation[]): Promise<void> {
    if (read.length === 0) return
    const ids = read.map(({ conversationId }) => conversationId)
    const found = new Map(
      (await heldOf(database, ids)).map((held) => [held.conversation.conversationId, held]),
    )
    const now = clock.now().toISOString()
    for (const { conversationId, state, messages } of read) {
      const held = found.get(conversationId)
      if (!held) continue
      tell(held, {
        conversationId,
        dissatisfaction: trendOf(state, now),
        messages: messages.map(({ messageId, tone: { level, reasons } }) => ({
          messageId,
          level,
          reasons: [...reasons],
        })),
      })
    }
  }

  return {
    start() {
      isStarted = true
      looking.start()
    },
    async stop() {
      isStarted = false
      await looking.stop()
      // Whoever reads on need not wait for the lease.
      await store
        .endReading(database, nodeId)
        .catch((error) => parts.logger.warn({ err: error }, 'The reading of tones could not be handed on.'))
    },
  }
}
