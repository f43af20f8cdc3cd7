import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { marlow } from '@parley/server/src/demo/cast.ts'
import { hashPassword } from '@parley/server/src/identity/sessions/password.ts'
import { protocolVersion } from '@parley/shared/protocol/version.ts'
import type { Socket } from 'socket.io-client'
import { connect } from './gather.ts'
import { insertAdmin, type Marketplace } from './marketplace.ts'
import { textFrom } from './texts.ts'

/** Two ways of asking that are refused in the same words: for what is there and is somebody else’s, and for nothing. */
export interface Door {
  name: string
  /** How often each way is asked; what can be tried only once is tried as often as there are such things. */
  times: number
  ask(isThere: boolean, nth: number): Promise<void>
}

export interface Prepared {
  auth: object
  owner: object
  visitorToken: string
  cookieElsewhere: string
}

const things = 200
const messages = 20
const elsewhere = 'sit_second'
const first = 1_000
/** Of the same shape, and never given out. */
const firstAbsent = 5_000
const idOf = (kind: string, isThere: boolean, nth: number) =>
  `${kind}_doors-${isThere ? first + (nth % things) : firstAbsent + nth}`

/** Conversations and files of somebody else, another site with an admin, and accounts that each can be tried once. */
export async function prepareDoors(marketplace: Marketplace, chance: () => number): Promise<Prepared> {
  const { database, members } = marketplace
  const [member] = members
  if (!member) throw new Error('Nobody answers.')
  const [asker, owner] = [await marketplace.customer(0), await marketplace.customer(1)]
  for (let nth = 0; nth < things; nth += 1) {
    const conversationId = await marketplace.start(owner, member, `doors-${first + nth}`)
    const texts = Array.from({ length: messages }, () => textFrom(chance))
    await marketplace.say(owner, conversationId, texts)
  }
  const last = first + things - 1
  await database.query(
    `insert into files (site_id, file_id, conversation_id, uploaded_by, name, type, bytes, sha256, blob_key, state,
       created_at, sent_at)
     select $1, 'fil_doors-' || nth, 'cnv_doors-' || nth, $2, 'cup.png', 'image/png', 1, '', '', 'clean', now(), now()
     from generate_series($3::int, $4::int) as nth`,
    [marlow.siteId, owner.contactId, first, last],
  )
  await database.query(
    `with made as (
       insert into accounts (account_id, email, password_hash, created_at)
       select 'acc_doors-' || nth, nth || '@doors.example', $2, now() from generate_series($3::int, $4::int) as nth
       returning account_id)
     insert into members (site_id, member_id, account_id, name, role)
     select $1, replace(account_id, 'acc_', 'mem_'), account_id, 'Somebody', 'csr' from made`,
    [marlow.siteId, await hashPassword('a password that nobody tries'), first, last],
  )
  await database.query(
    `insert into vendors (site_id, vendor_id, external_id, name)
     select $1, 'ven_doors-' || nth, nth::text, 'A shop' from generate_series($2::int, $3::int) as nth`,
    [marlow.siteId, first, last],
  )
  await database.query(
    `insert into contacts (site_id, contact_id, name, created_at)
     select $1, 'con_doors-' || nth, 'Somebody', now() from generate_series($2::int, $3::int) as nth`,
    [marlow.siteId, first, last],
  )
  await database.query(
    `insert into sites (site_id, site_key, settings, created_at)
     select $2, $2, settings, now() from sites where site_id = $1`,
    [marlow.siteId, elsewhere],
  )
  const auth = marketplace.authOf(asker) as { visitorToken: string }
  return {
    auth,
    owner: marketplace.authOf(owner),
    visitorToken: auth.visitorToken,
    cookieElsewhere: await insertAdmin(database, elsewhere),
  }
}

/** Everybody on one connection each, as whoever measures would. */
export async function openDoors(
  url: string,
  { auth, owner, visitorToken, cookieElsewhere }: Prepared,
): Promise<{ doors: Door[]; close(): void }> {
  await writeEverywhere(url, owner)
  const socket = await connect(url, auth)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const customer = { authorization: `Bearer ${visitorToken}`, 'parley-site': marlow.siteKey }
  const admin = { cookie: cookieElsewhere, 'sec-fetch-site': 'same-origin', 'parley-csrf': '1' }
  const own = { 'sec-fetch-site': 'same-origin', 'parley-csrf': '1' }
  const http = asking(url, agent)
  const times = 1_000

  const bySocket = (name: string): Door => ({
    name: `socket.${name}`,
    times,
    ask: async (isThere, nth) =>
      refused(socket, name, {
        conversationId: idOf('cnv', isThere, nth),
        ...(name === 'sendMessage' ? { requestId: `door-${isThere}-${nth}`, text: 'Hello?' } : {}),
      }),
  })
  const byHttp = (
    name: string,
    headers: Record<string, string>,
    id: [field: string, kind: string],
  ): Door => ({
    name: `http.${name}`,
    times,
    ask: (isThere, nth) =>
      http(404, `/api/v1/commands/${name}`, headers, { [id[0]]: idOf(id[1], isThere, nth) }),
  })
  const byAddress = (
    name: string,
    headers: Record<string, string>,
    kind: string,
    pathOf: (id: string) => string,
  ): Door => ({
    name,
    times,
    ask: (isThere, nth) => http(404, pathOf(idOf(kind, isThere, nth)), headers),
  })

  const doors: Door[] = [
    bySocket('readConversation'),
    bySocket('followConversation'),
    bySocket('markConversation'),
    bySocket('sendMessage'),
    byHttp('readConversation', customer, ['conversationId', 'cnv']),
    byAddress('file', customer, 'fil', (id) => `/api/v1/files/${id}`),
    byHttp('viewTone', admin, ['conversationId', 'cnv']),
    byHttp('viewVendor', admin, ['vendorId', 'ven']),
    byHttp('exportPerson', admin, ['contactId', 'con']),
    byAddress('export.person', admin, 'con', (id) => `/api/v1/people/${id}/export`),
    byAddress('export.applicant', admin, 'ven', (id) => `/api/v1/applicants/${id}/export`),
    {
      name: 'signIn',
      times: things,
      // From an address of its own each: after a few tries from one the next would wait.
      ask: (isThere, nth) =>
        http(
          401,
          '/api/v1/session',
          { ...own, 'x-forwarded-for': `2001:db8:${isThere ? 1 : 2}:${nth.toString(16)}::1` },
          { email: `${isThere ? first + nth : firstAbsent + nth}@doors.example`, password: 'not a password' },
        ),
    },
    {
      name: 'identity',
      times: things,
      ask: async (isThere) =>
        refusedToConnect(url, tokenOf(isThere ? marlow.identityKeyId : 'a-key-nobody-has')),
    },
  ]
  return {
    doors,
    close() {
      socket.disconnect()
      agent.destroy()
    },
  }
}

/** What was written a moment ago is remembered by the process, and so answered in another way than what rests. */
async function writeEverywhere(url: string, owner: object): Promise<void> {
  const socket = await connect(url, owner)
  for (let nth = 0; nth < things; nth += 1) {
    const wish = { conversationId: idOf('cnv', true, nth), requestId: `door-own-${nth}`, text: 'Thanks' }
    const outcome = await socket.emitWithAck('sendMessage', wish)
    if (!outcome.ok) throw new Error(`A message was refused: ${JSON.stringify(outcome.refusal)}`)
  }
  socket.disconnect()
}

function asking(url: string, agent: Agent) {
  return async (
    expected: number,
    path: string,
    headers: Record<string, string>,
    wish?: object,
  ): Promise<void> => {
    const body = wish && JSON.stringify(wish)
    const status = await new Promise<number>((resolve, reject) => {
      const asked = request(
        `${url}${path}`,
        {
          agent,
          method: body === undefined ? 'GET' : 'POST',
          headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
        },
        (response) => {
          response.resume()
          response.once('end', () => resolve(response.statusCode ?? 0))
        },
      )
      asked.once('error', reject)
      asked.end(body)
    })
    if (status !== expected) throw new Error(`${path} answered ${status} instead of ${expected}.`)
  }
}

async function refused(socket: Socket, name: string, wish: object): Promise<void> {
  const outcome = await socket.emitWithAck(name, wish)
  if (outcome.ok || outcome.refusal.code !== 'notFound')
    throw new Error(`${name} answered ${JSON.stringify(outcome)}.`)
}

/** Signed with another secret than the key’s. */
function tokenOf(kid: string): string {
  const now = Math.floor(Date.now() / 1_000)
  const [header, claims] = [
    { alg: 'HS256', kid },
    { aud: 'parley', sub: 'somebody', iat: now, exp: now + 600 },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  const signed = `${header}.${claims}`
  return `${signed}.${createHmac('sha256', 'not the secret of this key').update(signed).digest('base64url')}`
}

async function refusedToConnect(url: string, identityToken: string): Promise<void> {
  const auth = { kind: 'visitor', protocol: protocolVersion, siteKey: marlow.siteKey, identityToken }
  const why = await connect(url, auth).then(
    (socket) => {
      socket.disconnect()
      return 'nothing'
    },
    (error: Error) => error.message,
  )
  if (!why.endsWith('identity.refused')) throw new Error('A wrong identity was not refused as such.')
}
