import { io, type Socket } from 'socket.io-client'
import type { Party } from './driver-protocol.ts'

export interface Gathering {
  customers: { conversationId: string; socket: Socket }[]
  members: Socket[]
}

/** Handshakes at a time: a crowd that arrives at once is another question. */
const atOnce = 20
const connectWithinMs = 20_000

/** Everybody connects and follows what is theirs. */
export async function gather(party: Party): Promise<Gathering> {
  const members = await inTurns(party.members, async ({ conversationIds, cookie, url = party.url }) => {
    const auth = cookie === null ? {} : await memberAuth(url, cookie)
    const socket = await connect(url, auth)
    for (const conversationId of conversationIds) await follow(socket, conversationId)
    return socket
  })
  const customers = await inTurns(party.customers, async ({ conversationId, auth, url = party.url }) => {
    const socket = await connect(url, auth)
    await follow(socket, conversationId)
    return { conversationId, socket }
  })
  return { customers, members }
}

export async function connect(url: string, auth: object, localAddress?: string): Promise<Socket> {
  const socket = io(url, {
    path: '/socket',
    transports: ['websocket'],
    auth,
    forceNew: true,
    reconnection: false,
    timeout: connectWithinMs,
    ...(localAddress === undefined ? {} : { localAddress }),
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', (error) => {
      // A handshake that was refused leaves its connection open.
      socket.disconnect()
      reject(new Error(`${url} refused a connection: ${error.message}`))
    })
  })
  return socket
}

async function follow(socket: Socket, conversationId: string): Promise<void> {
  const outcome = await socket.timeout(connectWithinMs).emitWithAck('followConversation', { conversationId })
  if (!outcome.ok) throw new Error(`Following was refused: ${JSON.stringify(outcome.refusal)}`)
}

async function memberAuth(url: string, cookie: string): Promise<object> {
  const response = await fetch(`${url}/api/v1/session/ticket`, {
    method: 'POST',
    headers: { cookie, 'sec-fetch-site': 'same-origin', 'parley-csrf': '1' },
  })
  if (!response.ok) throw new Error(`No ticket was given: ${response.status} ${await response.text()}`)
  const { ticket } = (await response.json()) as { ticket: string }
  return { kind: 'member', protocol: 1, ticket }
}

export async function inTurns<Value, Result>(
  values: readonly Value[],
  work: (value: Value) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let at = 0; at < values.length; at += atOnce)
    results.push(...(await Promise.all(values.slice(at, at + atOnce).map(work))))
  return results
}
