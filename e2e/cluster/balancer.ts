import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface Balancer {
  port: number
  /** Ports that would be given out now. */
  ready(): number[]
  close(): Promise<void>
}

const lookEveryMs = 500
const answerWithinMs = 2_000

/**
 * What stands in front of nodes: gives each new connection to the ready node with the fewest. A node whose /readyz fails or
 * does not answer gets no more, and keeps what it has: it ends those itself.
 */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const open = new Map<number, Set<Socket>>(ports.map((port) => [port, new Set()]))
  let ready: number[] = []

  async function look(): Promise<void> {
    const answers = await Promise.all(
      ports.map((port) =>
        fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(answerWithinMs) }).then(
          ({ ok }) => ok,
          () => false,
        ),
      ),
    )
    ready = ports.filter((_, at) => answers[at])
  }

  function forward(near: Socket): void {
    const load = (port: number) => open.get(port)?.size ?? 0
    const [port] = [...ready].sort((one, other) => load(one) - load(other))
    near.on('error', () => near.destroy())
    if (port === undefined) return void near.destroy()
    const far = connect(port, '127.0.0.1')
    open.get(port)?.add(near)
    far.on('error', () => near.destroy())
    near.once('close', () => {
      open.get(port)?.delete(near)
      far.destroy()
    })
    far.once('close', () => near.destroy())
    near.pipe(far).pipe(near)
  }

  await look()
  const looking = setInterval(() => void look(), lookEveryMs)
  const server = createServer((socket) => forward(socket.setNoDelay(true))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The balancer found no free port.')
  return {
    port: address.port,
    ready: () => ready,
    async close() {
      clearInterval(looking)
      for (const sockets of open.values()) for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
