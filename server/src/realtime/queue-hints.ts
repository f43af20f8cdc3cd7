import type { Parts } from '../app/parts.ts'
import type { Committed } from '../conversations/index.ts'
import { placesIn } from '../routing/index.ts'
import { rooms } from './rooms.ts'
import type { ParleyServer } from './socket-types.ts'

/** A line that moves is told once in this time. */
const gatherMs = 1_000

const inLine = (status: string | undefined) => status === 'waiting' || status === 'offered'

/** Tells those in line their new place, and open panels that who can help may have changed. */
export function createQueueHints(parts: Parts, io: ParleyServer) {
  const moved = new Map<string, { siteId: string; queueId: string }>()
  const sites = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function weigh(commits: readonly Committed[]): void {
    for (const { before, held } of commits) {
      const was = before?.conversation
      const is = held.conversation
      if (inLine(was?.status) === inLine(is.status) && was?.queue.id === is.queue.id) continue
      for (const queueId of new Set([was?.queue.id, is.queue.id]))
        if (queueId !== undefined) moved.set(`${held.siteId} ${queueId}`, { siteId: held.siteId, queueId })
    }
    if (moved.size > 0) timer ??= setTimeout(tell, gatherMs)
  }

  async function tell(): Promise<void> {
    timer = undefined
    const lines = [...moved.values()]
    const changed = [...sites]
    moved.clear()
    sites.clear()
    for (const siteId of changed) io.to(rooms.visitorsOf(siteId)).emit('hint:availability', {})
    try {
      for (const { siteId, queueId } of lines)
        for (const place of await placesIn(parts, siteId, queueId))
          io.to(rooms.conversation(place.conversationId, 'customer')).emit('hint:queue', place)
    } catch (error) {
      parts.logger.warn({ err: error }, 'Places in line could not be told.')
    }
  }

  return {
    weigh,
    tellAvailability(siteId: string) {
      sites.add(siteId)
      timer ??= setTimeout(tell, gatherMs)
    },
    stop: () => clearTimeout(timer),
  }
}
