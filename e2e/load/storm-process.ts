import { io, type Socket } from 'socket.io-client'
import type { FromStorm, ToStorm } from './storm-protocol.ts'

/** A crowd with the product’s own way of coming back, in a process of its own. */
const sockets: Socket[] = []
let errors = 0
let handshakeMs: number[] = []

const atOnce = 50
const comeBack = { reconnectionDelay: 500, reconnectionDelayMax: 8_000, randomizationFactor: 0.5 }

function arrive(url: string, hello: object, from: string): Promise<void> {
  // As the panel does: whoever was here before says so.
  let visitorToken: string | undefined
  let triedAt = performance.now()
  const auth = (give: (hello: object) => void) =>
    give({ ...hello, ...(visitorToken ? { visitorToken } : {}) })
  const socket = io(url, {
    path: '/socket',
    transports: ['websocket'],
    auth,
    forceNew: true,
    timeout: 30_000,
    localAddress: from,
    ...comeBack,
  } as object)
  sockets.push(socket)
  socket.io.on('reconnect_attempt', () => {
    triedAt = performance.now()
  })
  socket.on('connect_error', (error: Error & { data?: { code: string } }) => {
    // A refusal for good; a line that cannot be had yet is tried again.
    if (error.data && error.data.code !== 'unavailable') errors += 1
  })
  socket.on('welcome', (welcome: { visitorToken?: string }) => {
    visitorToken = welcome.visitorToken ?? visitorToken
    handshakeMs.push(performance.now() - triedAt)
  })
  return new Promise((resolve) => socket.once('welcome', () => resolve()))
}

async function perform(wanted: ToStorm): Promise<FromStorm> {
  if (wanted.ask === 'arrive') {
    for (let at = 0; at < wanted.count; at += atOnce)
      await Promise.all(
        Array.from({ length: Math.min(atOnce, wanted.count - at) }, (_, more) =>
          arrive(wanted.url, wanted.auth, wanted.from[(at + more) % wanted.from.length] ?? '127.0.0.1'),
        ),
      )
    handshakeMs = []
    return { answer: 'arrived' }
  }
  const from = performance.now()
  const lost = sockets.filter(({ connected }) => !connected).length
  while (sockets.some(({ connected }) => !connected) && performance.now() - from < wanted.withinMs)
    await new Promise((next) => setTimeout(next, 50))
  const back = sockets.filter(({ connected }) => connected).length
  return { answer: 'back', lost, back, errors, seconds: (performance.now() - from) / 1_000, handshakeMs }
}

process.on('message', (wanted: ToStorm) => {
  void perform(wanted).then((answer) => process.send?.(answer))
})
process.once('disconnect', () => process.exit(0))
process.send?.({ answer: 'arrived' } satisfies FromStorm)
