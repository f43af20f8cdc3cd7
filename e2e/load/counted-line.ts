import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface CountedLine {
  port: number
  /** Statements asked so far, of all connections together. */
  questions(): number
  close(): Promise<void>
}

const query = 'Q'.charCodeAt(0)
const execute = 'E'.charCodeAt(0)
/** After the greeting each message begins with its kind and its length. */
const headBytes = 5

/** Passes PostgreSQL’s protocol on and counts what clients ask. */
export async function startCountedLine(toPort: number): Promise<CountedLine> {
  const sockets = new Set<Socket>()
  let questions = 0

  function counter(): (chunk: Buffer) => void {
    let isGreeted = false
    let rest: Buffer = Buffer.alloc(0)
    return (chunk) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      if (!isGreeted) {
        if (rest.length < 4 || rest.length < rest.readInt32BE(0)) return
        rest = rest.subarray(rest.readInt32BE(0))
        isGreeted = true
      }
      while (rest.length >= headBytes) {
        const length = 1 + rest.readInt32BE(1)
        if (rest.length < length) return
        if (rest[0] === query || rest[0] === execute) questions += 1
        rest = rest.subarray(length)
      }
    }
  }

  const server = createServer((near) => {
    const far = connect(toPort, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket.setNoDelay(true))
      socket
        .on('error', () => {})
        .once('close', () => {
          sockets.delete(socket)
          near.destroy()
          far.destroy()
        })
    }
    near.on('data', counter())
    near.pipe(far).pipe(near)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The line found no free port.')
  return {
    port: address.port,
    questions: () => questions,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
