import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export type Direction = 'toServer' | 'toClient'

/** A line between one side and another that does to what it carries what it is told to. New connections start faultless only when the line is. */
export interface Line {
  readonly port: number
  readonly connections: number
  /** Bytes are held back as long as this is on; a packet on a real network waits likewise, it is not left out. */
  hold(direction: Direction | 'both'): void
  /** Goes on with what was held; `lose` cuts the connections instead, and what was held is gone. */
  release(how?: 'deliver' | 'lose'): void
  delay(ms: (() => number) | null): void
  throttle(bytesPerSecond: number | null): void
  cut(): void
  /** New connections come from this one of the machine's addresses. */
  leaveFrom(address: string | undefined): void
  /** The next chunk of each connection in this direction arrives by half, and then the connection is cut. */
  halve(direction: Direction): void
  close(): Promise<void>
}

/** Past this much waiting the sender is made to wait, as by a network. */
const mostWaiting = 256 * 1024
const tickMs = 20

export async function startLine(target: () => number | undefined, toHost = '127.0.0.1'): Promise<Line> {
  const pipes = new Set<Pipe>()
  const sockets = new Set<Socket>()
  const held = new Set<Direction>()
  let delayMs: (() => number) | null = null
  let rate: number | null = null
  let address: string | undefined

  class Pipe {
    readonly direction: Direction
    readonly #from: Socket
    readonly #into: Socket
    #queue: { chunk: Buffer; dueAt: number }[] = []
    #waiting = 0
    #isOver = false
    #budget = 0
    #freeAt = 0
    #timer: NodeJS.Timeout | undefined
    isHalving = false

    constructor(direction: Direction, from: Socket, into: Socket) {
      this.direction = direction
      this.#from = from
      this.#into = into
      from.on('data', (chunk: Buffer) => this.#take(chunk))
      from.on('end', () => {
        this.#isOver = true
        this.pump()
      })
      from.on('error', () => this.cut())
      from.on('close', () => {
        pipes.delete(this)
        sockets.delete(from)
        clearTimeout(this.#timer)
        if (!this.#isOver) into.destroy()
      })
      into.on('drain', () => this.pump())
    }

    #take(chunk: Buffer): void {
      const now = performance.now()
      // Never before what came first.
      this.#freeAt = Math.max(this.#freeAt, now + (delayMs?.() ?? 0))
      this.#queue.push({ chunk, dueAt: this.#freeAt })
      this.#waiting += chunk.length
      if (this.#waiting > mostWaiting) this.#from.pause()
      this.pump()
    }

    pump(): void {
      clearTimeout(this.#timer)
      while (!held.has(this.direction) && !this.#into.destroyed) {
        const next = this.#queue[0]
        if (!next) {
          if (this.#isOver) this.#into.end()
          return
        }
        const late = next.dueAt - performance.now()
        if (late > 0) return this.#again(late)
        if (this.isHalving) {
          this.#into.write(next.chunk.subarray(0, Math.ceil(next.chunk.length / 2)), () => this.cut())
          return
        }
        const part = rate === null ? next.chunk : next.chunk.subarray(0, Math.floor(this.#budget))
        if (part.length === 0) {
          this.#budget = Math.min((rate ?? 0) / 4, this.#budget + ((rate ?? 0) * tickMs) / 1_000)
          return this.#again(tickMs)
        }
        this.#budget -= rate === null ? 0 : part.length
        this.#waiting -= part.length
        if (part.length === next.chunk.length) this.#queue.shift()
        else next.chunk = next.chunk.subarray(part.length)
        const isRoom = this.#into.write(part)
        if (this.#waiting <= mostWaiting && this.#from.isPaused()) this.#from.resume()
        if (!isRoom) return
      }
    }

    #again(ms: number): void {
      this.#timer = setTimeout(() => this.pump(), ms)
    }

    cut(): void {
      this.#from.destroy()
      this.#into.destroy()
    }
  }

  const server = createServer((near) => {
    const port = target()
    near.on('error', () => near.destroy())
    if (port === undefined) return void near.destroy()
    const far = connect({ port, host: toHost, ...(address === undefined ? {} : { localAddress: address }) })
    for (const socket of [near, far]) sockets.add(socket.setNoDelay(true))
    pipes.add(new Pipe('toServer', near, far))
    pipes.add(new Pipe('toClient', far, near))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('The line found no free port.')
  const cut = () => {
    for (const pipe of [...pipes]) pipe.cut()
  }
  const pump = () => {
    for (const pipe of [...pipes]) pipe.pump()
  }

  return {
    port: bound.port,
    get connections() {
      return pipes.size / 2
    },
    hold(direction) {
      for (const each of direction === 'both' ? (['toServer', 'toClient'] as const) : [direction])
        held.add(each)
    },
    release(how = 'deliver') {
      if (how === 'lose') cut()
      held.clear()
      pump()
    },
    delay(ms) {
      delayMs = ms
    },
    throttle(bytesPerSecond) {
      rate = bytesPerSecond
      pump()
    },
    cut,
    leaveFrom(from) {
      address = from
    },
    halve(direction) {
      for (const pipe of pipes) if (pipe.direction === direction) pipe.isHalving = true
    },
    async close() {
      cut()
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
