import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { waitFor } from '@parley/server/src/testing/wait-for.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Line, startLine } from './line.ts'

let echo: Server
let line: Line
let client: Socket
let heard: string

beforeEach(async () => {
  echo = createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1')
  await once(echo, 'listening')
  line = await startLine(() => (echo.address() as { port: number }).port)
  client = connect(line.port, '127.0.0.1')
  heard = ''
  client
    .on('error', () => {})
    .on('data', (chunk) => {
      heard += chunk
    })
  await once(client, 'connect')
})
afterEach(async () => {
  client.destroy()
  await line.close()
  echo.close()
})

describe('a line', () => {
  it('carries everything, in order, when nothing is wrong', async () => {
    const text = 'abcdefghij'.repeat(50_000)
    client.write(text)
    await waitFor(() => heard.length === text.length)
    expect(heard).toBe(text)
  })

  it('holds one direction back and then goes on as if nothing had been', async () => {
    line.hold('toClient')
    client.write('one')
    await expect(waitFor(() => heard !== '', 300)).rejects.toThrow()
    line.release()
    client.write('two')
    await waitFor(() => heard === 'onetwo')
  })

  it('can lose what it held, and then the connection is gone', async () => {
    line.hold('toClient')
    client.write('one')
    const gone = once(client, 'close')
    await expect(waitFor(() => heard !== '', 300)).rejects.toThrow()
    line.release('lose')
    await gone
    expect(heard).toBe('')
  })

  it('delivers half of what comes next and cuts', async () => {
    const gone = once(client, 'close')
    line.halve('toClient')
    client.write('abcdefgh')
    await gone
    expect(heard).toBe('abcd')
  })

  it('delays without changing the order', async () => {
    let calls = 0
    line.delay(() => {
      calls += 1
      return calls === 1 ? 200 : 0
    })
    const from = performance.now()
    client.write('one')
    await waitFor(() => calls >= 1)
    client.write('two')
    await waitFor(() => heard === 'onetwo')
    expect(performance.now() - from).toBeGreaterThan(190)
  })

  it('lets through no more than it is told, and makes the sender wait', async () => {
    line.throttle(100_000)
    const text = 'x'.repeat(60_000)
    const from = performance.now()
    client.write(text)
    await waitFor(() => heard.length === text.length)
    expect(performance.now() - from).toBeGreaterThan(400)
    line.throttle(null)
    expect(heard).toBe(text)
  })
})
