import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { io as connect } from 'socket.io-client'
import { expect, it } from 'vitest'
import { createGatheredWrites } from './gathered-writes.ts'

it('everything a connection is sent in one turn leaves in one write, in order, and later frames follow', async () => {
  const http = createServer()
  const io = new Server(http)
  io.engine.on('connection', createGatheredWrites())
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  const client = connect(`http://127.0.0.1:${port}`, { transports: ['websocket'], autoConnect: false })
  try {
    const arrived: number[] = []
    const all = new Promise<void>((resolve) => {
      client.on('number', (number: number) => {
        arrived.push(number)
        if (number === 11) resolve()
      })
    })
    const connected = new Promise<import('socket.io').Socket>((resolve) => io.once('connection', resolve))
    client.connect()
    const socket = await connected
    await new Promise<void>((next) => setTimeout(next, 0))

    const stream = socket.conn.request.socket
    let writes = 0
    for (const name of ['_write', '_writev'] as const) {
      const original = stream[name]?.bind(stream) as (...values: unknown[]) => void
      Object.assign(stream, {
        [name](...values: unknown[]) {
          writes += 1
          original(...values)
        },
      })
    }
    for (let number = 1; number <= 10; number += 1) socket.emit('number', number)
    await new Promise<void>((next) => setImmediate(() => setImmediate(next)))
    expect(writes).toBe(1)
    socket.emit('number', 11)
    await all
    expect(arrived).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(writes).toBe(2)
  } finally {
    client.close()
    await io.close()
  }
})
