import { connect, type Socket } from 'node:net'
import { openRawSocket, type RawSocket } from '@parley/server/src/testing/raw-socket.ts'
import { quantile } from '../../bench/quantiles.ts'
import type { Scenario, Stage } from '../rig/stage.ts'
import { openStranger } from '../rig/stranger.ts'
import { until } from '../rig/until.ts'

const ackWithinMs = 2_000
const handshakes = 10_000
const addresses = Array.from({ length: 10 }, (_, at) => `127.0.0.${11 + at}`)
const address = (at: number) => addresses[at % addresses.length] ?? '127.0.0.1'
const floodMs = 8_000
const shutWithinMs = 5_000

/** What each attack holds open is let go when all of them are over. */
type Attack = (stage: Stage, port: number) => Promise<readonly { close(): void }[]>

const idleHandshakes: Attack = async (_stage, port) => {
  const held: RawSocket[] = []
  for (let at = 0; at < handshakes; at += 100)
    held.push(
      ...(
        await Promise.allSettled(
          Array.from({ length: 100 }, (_, more) =>
            openRawSocket(`http://127.0.0.1:${port}`, { from: address(at + more) }),
          ),
        )
      ).flatMap((end) => (end.status === 'fulfilled' ? [end.value] : [])),
    )
  return held
}

/** Whoever sends this is cut off. */
async function areShut(stage: Stage, what: string, isSo: () => boolean): Promise<void> {
  stage.must((await until(isSo, stage.within(shutWithinMs))) !== undefined, `Who sent ${what} was kept.`)
}

const slowHeaders: Attack = async (stage, port) => {
  const sockets = Array.from({ length: 300 }, (_, at) => openPlain(port, address(at)))
  for (const socket of sockets) socket.write('POST /api/v1/uploads HTTP/1.1\r\nHost: a\r\n')
  const lastAt = performance.now() + floodMs
  while (performance.now() < lastAt) {
    for (const socket of sockets) if (!socket.destroyed) socket.write('x')
    await stage.pause(500)
  }
  return sockets.map((socket) => ({ close: () => socket.destroy() }))
}

const tinyFragments: Attack = async (stage, port) => {
  const sockets = await strangers(port, 10)
  // Not final, one byte, masked with zeros: a message that never ends.
  const begin = Buffer.from([0x01, 0x81, 0, 0, 0, 0, 0x34])
  const go = Buffer.concat(Array.from({ length: 2_000 }, () => Buffer.from([0x00, 0x81, 0, 0, 0, 0, 0x32])))
  for (const socket of sockets) socket.bytes(begin)
  for (let turn = 0; turn < 40; turn += 1) {
    for (const socket of sockets) if (!socket.isClosed) socket.bytes(go)
    await stage.pause(100)
  }
  return sockets
}

const manyHeaders: Attack = async (stage, port) => {
  const lines = Array.from({ length: 2_000 }, (_, at) => `x-${at}: ${at}\r\n`).join('')
  const sockets: Socket[] = []
  for (let at = 0; at < 200; at += 1) {
    const socket = openPlain(port, address(at))
    socket.write(`GET /readyz HTTP/1.1\r\nHost: a\r\n${lines}\r\n`)
    sockets.push(socket)
    await stage.pause(20)
  }
  await areShut(stage, '2,000 headers', () => sockets.every(({ destroyed }) => destroyed))
  return sockets.map((socket) => ({ close: () => socket.destroy() }))
}

const attachments: Attack = async (stage, port) => {
  const sockets = await strangers(port, 10)
  for (const socket of sockets) {
    const places = Array.from({ length: 11 }, (_, num) => `{"_placeholder":true,"num":${num}}`)
    socket.send(`4511-["sendMessage",${places.join(',')}]`)
    for (let at = 0; at < 11 && !socket.isClosed; at += 1) socket.frame(2, Buffer.alloc(100_000))
  }
  await areShut(stage, '11 attachments', () => sockets.every(({ isClosed }) => isClosed))
  return sockets
}

const longTexts: Attack = async (stage, port) => {
  const sockets = await strangers(port, 10)
  const wish = { requestId: 'a-megabyte-of-text', conversationId: 'cnv_x', text: 'x'.repeat(1024 * 1024) }
  for (const socket of sockets) {
    socket.send(`421["sendMessage",${JSON.stringify(wish)}]`)
    await stage.pause(50)
  }
  await areShut(stage, 'a frame of a megabyte', () => sockets.every(({ isClosed }) => isClosed))
  return sockets
}

const pings: Attack = (stage, port) =>
  flood(stage, port, (socket) => {
    socket.frame(9, Buffer.alloc(100))
    socket.send('3')
  })

const joins: Attack = (stage, port) =>
  flood(stage, port, (socket, count) =>
    socket.send(`42${count}["followConversation",{"conversationId":"cnv_nobody_${count}"}]`),
  )

/** Whoever is cut off comes back. */
async function flood(
  stage: Stage,
  port: number,
  say: (socket: RawSocket, count: number) => void,
): Promise<RawSocket[]> {
  const sockets = await strangers(port, 10)
  const lastAt = performance.now() + floodMs
  for (let count = 0; performance.now() < lastAt; ) {
    for (const [at, socket] of sockets.entries()) {
      if (socket.isClosed) sockets[at] = await openStranger(port, address(at)).catch(() => socket)
      for (let more = 0; more < 20 && !socket.isClosed; more += 1) {
        count += 1
        say(socket, count)
      }
    }
    await stage.pause(20)
  }
  return sockets
}

const strangers = (port: number, count: number) =>
  Promise.all(Array.from({ length: count }, (_, at) => openStranger(port, address(at))))

function openPlain(port: number, localAddress: string): Socket {
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  return socket.on('error', () => socket.destroy()).resume()
}

const attacks: readonly (readonly [string, Attack])[] = [
  ['slow headers', slowHeaders],
  ['fragments of one byte', tinyFragments],
  ['2,000 headers', manyHeaders],
  ['11 attachments', attachments],
  ['texts of a megabyte', longTexts],
  ['a flood of pings', pings],
  ['a flood of joins', joins],
  ['10,000 idle handshakes', idleHandshakes],
]

export const exhaustion: Scenario = {
  id: 'F20',
  title: 'ten addresses that try to use everything up, each in eight ways, rate limits off',
  async play(stage) {
    const { cluster, recorder } = stage
    stage.load(10, { cuts: false })
    await stage.pause(1_500)
    for (const [at, [what, attack]] of attacks.entries()) {
      const node = cluster.nodes[at % cluster.nodes.length]
      if (!node) return
      const from = recorder.now()
      const held = await stage.fault(what, () => attack(stage, node.port))
      await stage.pause(500)
      const meanwhile = recorder.ackMs(({ submittedAt }) => submittedAt >= from)
      const p99 = quantile(meanwhile, 0.99)
      stage.must(
        meanwhile.length > 0 && p99 < stage.within(ackWithinMs),
        `Honest people waited ${Math.round(p99)} ms (p99) during ${what}.`,
      )
      for (const each of held) each.close()
    }
  },
}
