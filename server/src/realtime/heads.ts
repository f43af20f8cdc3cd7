import type { Parts } from '../app/parts.ts'
import { rooms } from './rooms.ts'
import type { ParleyServer } from './socket-types.ts'
import { type HeadRow, headsChangedSince } from './store.ts'

const everyMs = 2_000
/** Looks back further than it waits: a commit may take a while to be seen. */
const lookBackMs = 10_000

/**
 * Announcements are hints and a node may die between commit and announcement. Each node tells its own followers the
 * heads of what changed lately; who holds less asks for the rest. Needed only where several nodes share one database.
 */
export function createHeads(parts: Parts, io: ParleyServer): { start(): void; stop(): void } {
  let timer: ReturnType<typeof setInterval> | undefined
  let isBusy = false
  const told = new Map<string, HeadRow>()

  async function look(): Promise<void> {
    const since = new Date(parts.clock.now().getTime() - lookBackMs)
    const heads = await headsChangedSince(parts.database, since)
    for (const conversationId of told.keys())
      if (!heads.some((head) => head.conversationId === conversationId)) told.delete(conversationId)
    for (const head of heads) {
      const before = told.get(head.conversationId)
      told.set(head.conversationId, head)
      for (const reader of ['customer', 'vendor', 'staff'] as const) {
        const position = head[reader]
        // A head that has not moved would tell that something happened which this reader must not know of.
        if (position === null || before?.[reader] === position) continue
        io.local
          .to(rooms.conversation(head.conversationId, reader))
          .emit('head', { conversationId: head.conversationId, position })
      }
    }
  }

  return {
    start() {
      if (parts.database.engine === 'embedded') return
      timer = setInterval(() => {
        if (isBusy) return
        isBusy = true
        look()
          .catch((error) => parts.logger.warn({ err: error }, 'Heads could not be read.'))
          .finally(() => {
            isBusy = false
          })
      }, everyMs)
    },
    stop: () => clearInterval(timer),
  }
}
