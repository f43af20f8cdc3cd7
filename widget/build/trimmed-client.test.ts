import { type EventEmitter, once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Auth, WireSocket } from '@parley/shared/client/socket.ts'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hasModuleSideEffects, trimSocketClient } from './trim-socket-client.ts'

// What the client and the server bring with them, the very ones that are served with.
const fromClient = createRequire(createRequire(import.meta.url).resolve('engine.io-client'))
const fromServer = createRequire(new URL('../../server/package.json', import.meta.url))
const { Server } = fromServer('socket.io')
const { WebSocket, WebSocketServer } = fromClient('ws')
const { XMLHttpRequest } = fromClient('xmlhttprequest-ssl')
const maxHttpBufferSize = 2_000

/** A connection as the server has it. */
interface Served extends EventEmitter {
  handshake: { auth: { refuse?: object } }
  conn: EventEmitter & { transport: { name: string }; close(isAtOnce: boolean): void }
  disconnect(): void
}

/** What a browser has around the client. */
const browser = new EventTarget()
const folder = mkdtempSync(join(tmpdir(), 'parley-client-'))
const http = createServer()
const server = new Server(http, { path: '/socket', maxHttpBufferSize, serveClient: false })
const sockets: WireSocket[] = []
let isWebSocketCut = false
let openSocket: (auth: Auth) => WireSocket

class Line extends WebSocket {
  constructor(address: string) {
    // Nobody listens there, as where a proxy takes no upgrade.
    super(isWebSocketCut ? 'ws://localhost:1' : address)
  }
}

beforeAll(async () => {
  await once(http.listen(0, 'localhost'), 'listening')
  Object.assign(globalThis, {
    location: at((http.address() as AddressInfo).port),
    WebSocket: Line,
    XMLHttpRequest,
    addEventListener: browser.addEventListener.bind(browser),
  })
  server.use((socket: Served, next: (refused?: Error) => void) => {
    const refusal = socket.handshake.auth.refuse
    next(refusal ? Object.assign(new Error('no'), { data: refusal }) : undefined)
  })
  server.on('connection', (socket: Served) => {
    socket.emit('welcome', { auth: socket.handshake.auth })
    socket.on('echo', (words: string, answer: (value: string) => void) => answer(words))
  })
  await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['module', 'browser', 'production'] },
    plugins: [trimSocketClient()],
    build: {
      outDir: folder,
      target: 'es2022',
      modulePreload: false,
      lib: {
        entry: fileURLToPath(new URL('../src/panel/realtime.ts', import.meta.url)),
        formats: ['es'],
        fileName: 'realtime',
      },
      rolldownOptions: { treeshake: { moduleSideEffects: hasModuleSideEffects } },
    },
  })
  ;({ openSocket } = await import(/* @vite-ignore */ `${folder}/realtime.js`))
})

afterEach(() => {
  isWebSocketCut = false
  for (const socket of sockets.splice(0)) socket.disconnect()
})

afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const at = (port: number) => new URL(`http://localhost:${port}`)

function open(auth: object = {}) {
  const socket = openSocket((give) => give(auth))
  sockets.push(socket)
  const heard = (name: string) => new Promise<never>((done) => socket.on(name, done))
  const echo = (words: string) => new Promise((done) => socket.emit('echo', words, done))
  return { socket, heard, echo }
}

const nextConnection = async (): Promise<Served> => (await once(server, 'connection'))[0]

describe('the trimmed client against a real server', () => {
  it('says hello, hears, and has its wishes answered, one that came too early as well', async () => {
    const { socket, heard, echo } = open({ kind: 'visitor' })
    const early = echo('early')
    const welcome = heard('welcome')
    const connection = nextConnection()
    socket.connect()
    expect(await welcome).toEqual({ auth: { kind: 'visitor' } })
    expect(await early).toBe('early')
    expect(await echo('naïve 🙂')).toBe('naïve 🙂')
    expect((await connection).conn.transport.name).toBe('websocket')
  })

  it('hears why it is refused, and stays away until it is told to come', async () => {
    const auth: { refuse?: object } = { refuse: { code: 'notAllowed' } }
    const { socket, heard } = open(auth)
    const refused = heard('connect_error')
    socket.connect()
    expect(await refused).toMatchObject({ data: { code: 'notAllowed' } })
    delete auth.refuse
    const welcome = heard('welcome')
    socket.connect()
    await welcome
  })

  it('comes back by itself with a new hello where the line breaks, and sends what waited', async () => {
    const auth = { visit: 1 }
    const { socket, heard, echo } = open(auth)
    const first = nextConnection()
    socket.connect()
    const lost = heard('disconnect')
    const connection = await first
    auth.visit = 2
    const second = nextConnection()
    connection.conn.close(true)
    expect(await lost).toMatch(/^transport (close|error)$/)
    const waiting = echo('meanwhile')
    expect((await second).handshake.auth).toEqual({ visit: 2 })
    expect(await waiting).toBe('meanwhile')
  })

  it('does not come back where the server has sent it away', async () => {
    const { socket, heard } = open()
    const first = nextConnection()
    const lost = heard('disconnect')
    socket.connect()
    ;(await first).disconnect()
    expect(await lost).toBe('io server disconnect')
    const welcome = heard('welcome')
    socket.connect()
    await welcome
  })

  it('gives up a line that has gone silent', async () => {
    const silent = new WebSocketServer({ port: 0, host: 'localhost' })
    await once(silent, 'listening')
    silent.on('connection', (line: { send(text: string): void }) => {
      line.send('0{"sid":"1","upgrades":[],"pingInterval":40,"pingTimeout":40,"maxPayload":1}')
      line.send('40{"sid":"2"}')
    })
    const { location } = globalThis
    Object.assign(globalThis, { location: at(silent.address().port) })
    const { socket, heard } = open()
    const lost = heard('disconnect')
    socket.connect()
    expect(await lost).toBe('ping timeout')
    socket.disconnect()
    Object.assign(globalThis, { location })
    silent.close()
  })

  it('goes by polling where WebSocket cannot get through, in pieces the server takes, and upgrades when it can', async () => {
    isWebSocketCut = true
    const { socket, echo } = open()
    const early = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(900))
    const answers = Promise.all(early.map(echo))
    const byPolling = nextConnection()
    socket.connect()
    const { conn } = await byPolling
    expect(conn.transport.name).toBe('polling')
    expect(await answers).toEqual(early)
    isWebSocketCut = false
    const again = nextConnection()
    socket.disconnect()
    socket.connect()
    const { conn: upgraded } = await again
    if (upgraded.transport.name === 'polling') await once(upgraded, 'upgrade')
    expect(upgraded.transport.name).toBe('websocket')
    expect(await echo('upgraded')).toBe('upgraded')
  })
})
