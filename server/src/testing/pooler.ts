import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

const readyForQuery = 'Z'.charCodeAt(0)
const terminate = 'X'.charCodeAt(0)
const idle = 'I'.charCodeAt(0)

interface ServerSide {
  socket: Socket
  /** The server's greeting, given to every client that is let in later. */
  greeting: Buffer
  user: Client | undefined
}

interface Client {
  socket: Socket
  server: ServerSide | undefined
  waiting: Buffer[]
}

/**
 * What PgBouncer does with connections, over a real PostgreSQL without passwords: in transaction mode a client has a server's
 * connection only until its transaction ends, and the one used last is given out first.
 */
export async function startPooler(
  databaseUrl: string,
  mode: 'transaction' | 'session',
): Promise<{ url: string; close(): Promise<void> }> {
  const to = new URL(databaseUrl)
  const free: ServerSide[] = []
  const sockets = new Set<Socket>()

  function track(socket: Socket): Socket {
    sockets.add(socket)
    socket.on('error', () => {}).once('close', () => sockets.delete(socket))
    return socket
  }

  async function openServer(startup: Buffer): Promise<ServerSide> {
    const socket = track(connect(Number(to.port), to.hostname))
    await once(socket, 'connect')
    socket.write(startup)
    const server: ServerSide = { socket, greeting: Buffer.alloc(0), user: undefined }
    await new Promise<void>((resolve) => {
      let isReady = false
      socket.on('data', (chunk) => {
        if (!isReady) {
          server.greeting = Buffer.concat([server.greeting, chunk])
          isReady = endsIdle(server.greeting)
          if (isReady) resolve()
          return
        }
        const { user } = server
        user?.socket.write(chunk)
        if (mode === 'transaction' && endsIdle(chunk)) release(server)
      })
    })
    return server
  }

  function release(server: ServerSide): void {
    if (server.user) server.user.server = undefined
    server.user = undefined
    free.unshift(server)
  }

  async function serve(socket: Socket): Promise<void> {
    const client: Client = { socket: track(socket), server: undefined, waiting: [] }
    let startup = (await once(socket, 'data'))[0] as Buffer
    // Asked whether it speaks TLS, it says no.
    if (startup.readInt32BE(0) === 8) {
      socket.write('N')
      startup = (await once(socket, 'data'))[0] as Buffer
    }
    const first = free.shift() ?? (await openServer(startup))
    socket.write(first.greeting)
    if (mode === 'transaction') free.unshift(first)
    else bind(client, first)
    let isOpening = false
    socket.on('data', async (chunk) => {
      if (chunk[0] === terminate) return socket.end()
      client.waiting.push(chunk)
      if (!client.server) {
        if (isOpening) return
        isOpening = true
        bind(client, free.shift() ?? (await openServer(startup)))
        isOpening = false
      }
      for (const each of client.waiting.splice(0)) client.server?.socket.write(each)
    })
  }

  function bind(client: Client, server: ServerSide): void {
    client.server = server
    server.user = client
  }

  const listener = createServer((socket) => void serve(socket)).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('The pooler found no free port.')
  const url = new URL(databaseUrl)
  url.port = String(address.port)
  return {
    url: url.href,
    async close() {
      for (const socket of sockets) socket.destroy()
      listener.close()
      await once(listener, 'close')
    },
  }
}

/** The last message says that the server waits for a question and no transaction is open. */
function endsIdle(bytes: Buffer): boolean {
  return bytes.length >= 6 && bytes.at(-6) === readyForQuery && bytes.at(-1) === idle
}
