import { once } from 'node:events'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo, Socket as NetSocket } from 'node:net'
import { pino } from 'pino'
import { Server } from 'socket.io'
import { io, type Socket } from 'socket.io-client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { waitFor } from '../testing/wait-for.ts'
import { createSlowReaders } from './slow-readers.ts'

let http: HttpServer
let server: Server
let lines: string[]
const clients: Socket[] = []

beforeEach(async () => {
  lines = []
  http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  server = new Server(http)
  server.engine.on('connection', createSlowReaders(pino({}, { write: (line: string) => lines.push(line) })))
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect()
  await server.close()
})

async function connect(): Promise<Socket> {
  const { port } = http.address() as AddressInfo
  const client = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  })
  clients.push(client)
  await new Promise<void>((resolve) => client.once('connect', resolve))
  return client
}

/** The client's side stops taking bytes from the system, as a sleeping tab or a dying line does. */
function stopReading(client: Socket): void {
  const { transport } = client.io.engine as unknown as { transport: { ws: { _socket: NetSocket } } }
  transport.ws._socket.pause()
}

const chunk = 'x'.repeat(20_000)

it('cuts a client that reads too slowly, and only that one', async () => {
  const slow = await connect()
  const quick = await connect()
  let heard = 0
  quick.on('news', () => {
    heard += 1
  })
  stopReading(slow)
  const slowId = slow.id ?? ''
  let told = 0
  await waitFor(() => {
    for (let at = 0; at < 20; at += 1) server.emit('news', chunk)
    told += 20
    return !server.sockets.sockets.has(slowId)
  })
  await waitFor(() => heard === told)
  expect(quick.connected).toBe(true)
  expect(lines.join()).toContain('read too slowly')
  // The system itself takes some megabytes; ours must not be much more.
  expect(told * chunk.length).toBeLessThan(60_000_000)
})

it('leaves a client alone that reads a burst larger than the limit in one go', async () => {
  const client = await connect()
  let heard = 0
  client.on('news', () => {
    heard += 1
  })
  for (let round = 1; round <= 20; round += 1) {
    for (let at = 0; at < 40; at += 1) server.emit('news', chunk)
    await waitFor(() => heard === round * 40)
  }
  expect(client.connected).toBe(true)
})
