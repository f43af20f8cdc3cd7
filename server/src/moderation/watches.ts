import type { MemberActor } from '@parley/shared/people.ts'
import { writeAudit } from '../app/audit.ts'
import type { Parts } from '../app/parts.ts'
import { endWatch, insertWatch, openWatchesSeenBefore, type WatchRow, watchesSeen } from './watch-store.ts'

const beatMs = 15_000
/** A node that has said nothing for this long is gone, and nobody watches from it any more. */
const silentMs = 60_000

/** Who looks on, from when to when. Nobody watches without a line in the audit log: it is written first. */
export interface Watches {
  start(member: MemberActor, conversationId: string, reason: string | undefined): Promise<string>
  stop(watchId: string): Promise<void>
  /** Ends what nodes that are gone have left open. */
  sweep(): Promise<void>
  open(): void
  close(): Promise<void>
}

export function createWatches(parts: Parts, nodeId: string): Watches {
  const { database, clock } = parts
  const going = new Set<string>()
  const stopping = new Set<Promise<void>>()
  let beat: ReturnType<typeof setInterval> | undefined

  async function end(watchId: string, at: Date): Promise<void> {
    await database.transaction(async (sql) => {
      const watch = await endWatch(sql, watchId, at)
      if (!watch) return
      const seconds = Math.round((watch.endedAt.getTime() - watch.startedAt.getTime()) / 1_000)
      await writeAudit(sql, watcher(watch), {
        action: 'moderation.stopWatching',
        object: `conversation:${watch.conversationId}`,
        reason: `Watched for ${seconds} s`,
      })
    })
  }

  async function sweep(): Promise<void> {
    const now = clock.now()
    await watchesSeen(database, [...going], now)
    for (const watch of await openWatchesSeenBefore(database, new Date(now.getTime() - silentMs)))
      await end(watch.watchId, watch.seenAt)
  }

  async function stop(watchId: string): Promise<void> {
    if (!going.delete(watchId)) return
    const work = end(watchId, clock.now()).catch((error) => {
      // Left open, it is ended by the sweep.
      parts.logger.warn({ err: error }, 'The end of a watch could not be stored.')
    })
    stopping.add(work)
    await work
    stopping.delete(work)
  }

  return {
    sweep,
    stop,
    async start(member, conversationId, reason) {
      const watchId = parts.random.id('wat')
      await database.transaction(async (sql) => {
        await insertWatch(sql, { watchId, nodeId, member, conversationId, reason, at: clock.now() })
        await writeAudit(sql, member, {
          action: 'moderation.watch',
          object: `conversation:${conversationId}`,
          ...(reason === undefined ? {} : { reason }),
        })
      })
      going.add(watchId)
      return watchId
    },
    open() {
      beat = setInterval(
        () =>
          sweep().catch((error) => parts.logger.warn({ err: error }, 'Watches could not be looked after.')),
        beatMs,
      )
    },
    async close() {
      clearInterval(beat)
      for (const watchId of [...going]) await stop(watchId)
      await Promise.all(stopping)
    },
  }
}

function watcher(watch: WatchRow): MemberActor {
  return {
    kind: 'member',
    siteId: watch.siteId,
    memberId: watch.memberId,
    accountId: '',
    role: 'moderator',
    name: watch.memberName,
    vendorId: null,
    vendorName: null,
    queueIds: [],
  }
}
