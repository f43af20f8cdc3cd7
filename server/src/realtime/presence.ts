import type { Parts } from '../app/parts.ts'
import { dropPresence, dropStalePresence, notePresence } from './store.ts'

const beatMs = 15_000
/** A reload is not an absence. */
export const graceMs = 8_000
const staleMs = 10 * 60 * 1000

export interface Presence {
  arrived(memberId: string, siteId: string): void
  left(memberId: string, siteId: string): void
  start(): void
  stop(): Promise<void>
}

/** Which members have a console open on this node, kept in the database so that every node knows. */
export function createPresence(parts: Parts, nodeId: string, onChanged: (siteId: string) => void): Presence {
  const connections = new Map<string, number>()
  const leaving = new Map<string, ReturnType<typeof setTimeout>>()
  let beat: ReturnType<typeof setInterval> | undefined
  const failed = (error: unknown) => parts.logger.warn({ err: error }, 'Presence could not be stored.')

  async function note(memberIds: string[]): Promise<void> {
    await notePresence(parts.database, nodeId, memberIds, parts.clock.now())
  }

  function isGone(memberId: string): boolean {
    return (connections.get(memberId) ?? 0) === 0
  }

  return {
    arrived(memberId, siteId) {
      clearTimeout(leaving.get(memberId))
      leaving.delete(memberId)
      const isFirst = isGone(memberId)
      connections.set(memberId, (connections.get(memberId) ?? 0) + 1)
      if (isFirst) note([memberId]).then(() => onChanged(siteId), failed)
    },
    left(memberId, siteId) {
      connections.set(memberId, Math.max(0, (connections.get(memberId) ?? 0) - 1))
      if (!isGone(memberId)) return
      const timer = setTimeout(() => {
        leaving.delete(memberId)
        if (!isGone(memberId)) return
        connections.delete(memberId)
        dropPresence(parts.database, nodeId, memberId).then(() => onChanged(siteId), failed)
      }, graceMs)
      leaving.set(memberId, timer)
    },
    start() {
      beat = setInterval(() => {
        note([...connections.keys()].filter((memberId) => !isGone(memberId))).catch(failed)
        dropStalePresence(parts.database, new Date(parts.clock.now().getTime() - staleMs)).catch(failed)
      }, beatMs)
    },
    async stop() {
      clearInterval(beat)
      for (const timer of leaving.values()) clearTimeout(timer)
      for (const memberId of connections.keys())
        await dropPresence(parts.database, nodeId, memberId).catch(failed)
    },
  }
}
