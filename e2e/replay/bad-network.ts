import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import type { Chance } from './chance.ts'

export interface BadNetwork {
  port: number
  readonly cuts: number
  close(): Promise<void>
}

export interface Weather {
  chance: Chance
  /** A connection lasts about this many chunks, both directions together; 0 never cuts. */
  chunksPerCut: number
  /** Most chunks are held back for a few milliseconds, one in forty for up to this. */
  longestDelayMs: number
}

/** What the receiver still gets of the chunk at which a connection is cut: nothing, half a frame, or all but no answer. */
const ways = ['before', 'inside', 'after'] as const

/** A line between clients and server that delays what it carries and breaks in the middle of a send. */
export async function startBadNetwork(
  to: { host: string; port: number },
  { chance, chunksPerCut, longestDelayMs }: Weather,
): Promise<BadNetwork> {
  const open = new Set<Socket>()
  let cuts = 0

  function carry(near: Socket, far: Socket): void {
    let left = chunksPerCut === 0 ? Number.POSITIVE_INFINITY : chunksPerCut * chance.between(0.3, 1.7)
    const cut = () => {
      near.destroy()
      far.destroy()
    }
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      // Timers of nearly the same moment may fire in either order: each delivers whatever is first in line.
      const line: { chunk: Buffer; isLast: boolean }[] = []
      let freeAt = 0
      from.on('data', (chunk: Buffer) => {
        left -= 1
        if (left <= -1) return
        line.push({ chunk, isLast: left <= 0 })
        const now = performance.now()
        freeAt = Math.max(freeAt, now + delayMs())
        setTimeout(deliver, freeAt - now)
      })
      const deliver = () => {
        const next = line.shift()
        if (!next || into.destroyed) return
        if (!next.isLast) return into.write(next.chunk)
        cuts += 1
        const way = chance.oneOf(ways)
        if (way === 'before') return cut()
        const half = next.chunk.subarray(0, Math.ceil(next.chunk.length / 2))
        into.write(way === 'inside' ? half : next.chunk, cut)
      }
      from.on('error', cut)
      from.on('close', () => {
        open.delete(from)
        into.destroySoon()
      })
    }
  }

  function delayMs(): number {
    return chance.happens(1 / 40) ? chance.between(0, longestDelayMs) : chance.between(0, 8)
  }

  const server = createServer((near) => {
    const far = connect(to.port, to.host)
    for (const socket of [near, far]) open.add(socket.setNoDelay(true))
    carry(near, far)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The network found no free port.')

  return {
    port: address.port,
    get cuts() {
      return cuts
    },
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
