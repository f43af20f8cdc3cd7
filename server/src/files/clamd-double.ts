import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

export interface ClamdDouble {
  url: string
  /** Sizes of the streams it was asked about. */
  asked: number[]
  /** Gives the answers that a double that waits has held back. */
  release(): void
  close(): Promise<void>
}

/** Speaks clamd's INSTREAM on the loopback and knows one virus, the industry's test string. */
export async function startClamd(
  mood: 'works' | 'waits' | 'hangs' | 'hangsUp' | 'fails' = 'works',
): Promise<ClamdDouble> {
  const asked: number[] = []
  const held: (() => void)[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let received = Buffer.alloc(0)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      const stream = streamIn(received)
      if (mood === 'hangsUp') socket.destroy()
      if (stream === undefined || mood === 'hangs') return
      asked.push(stream.length)
      const answer = mood === 'fails' ? 'INSTREAM size limit exceeded. ERROR' : verdictOn(stream)
      if (mood === 'waits') held.push(() => socket.end(`${answer}\0`))
      else socket.end(`${answer}\0`)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The double has no port')
  return {
    url: `tcp://127.0.0.1:${address.port}`,
    asked,
    release() {
      for (const answer of held.splice(0)) answer()
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function verdictOn(stream: Buffer): string {
  const isVirus = stream.includes('EICAR-STANDARD-ANTIVIRUS-TEST-FILE')
  return isVirus ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK'
}

/** What lies between the command and the chunk of length zero; nothing while it is incomplete. */
function streamIn(received: Buffer): Buffer | undefined {
  const command = 'zINSTREAM\0'
  if (received.length < command.length) return undefined
  if (received.toString('latin1', 0, command.length) !== command)
    throw new Error('That is not clamd’s INSTREAM')
  const chunks: Buffer[] = []
  for (let at = command.length; at + 4 <= received.length; ) {
    const length = received.readUInt32BE(at)
    if (length === 0) return Buffer.concat(chunks)
    chunks.push(received.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}
