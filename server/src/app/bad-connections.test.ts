import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto'
import { protocolVersion } from '@parley/shared/protocol/version.ts'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { marlow } from '../demo/cast.ts'
import { graceMs } from '../realtime/presence.ts'
import { defaultSettings } from '../sites/index.ts'
import { insertSite } from '../sites/store.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { givenNeighbours, type Neighbours } from '../testing/neighbours.ts'
import { openRawSocket, type RawSocket } from '../testing/raw-socket.ts'
import { waitFor } from '../testing/wait-for.ts'

const visitorHello = { kind: 'visitor', protocol: protocolVersion, siteKey: marlow.siteKey }

let site: Marlow
let neighbours: Neighbours
beforeAll(async () => {
  site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000000' })
  neighbours = await givenNeighbours(site)
})
afterAll(() => site?.close())

async function visitors(): Promise<number> {
  const [row] = await site.world.parts.database.query<{ count: number }>(
    'select (select count(*) from visitors) + (select count(*) from contacts) as count',
  )
  return Number(row?.count)
}

/** Says hello as a client would and gives what is answered; never becomes anybody. */
async function refusalOf(hello: unknown, query = ''): Promise<unknown> {
  const before = await visitors()
  const socket = await openRawSocket(site.url, { query })
  socket.send(hello === undefined ? '40' : `40${JSON.stringify(hello)}`)
  const answer = await waitFor(() => socket.texts.find((text) => text.startsWith('4')))
  socket.close()
  expect(answer.slice(0, 2)).toBe('44')
  expect(await visitors()).toBe(before)
  return JSON.parse(answer.slice(2)).data
}

describe('who may not connect', () => {
  const refused = { code: 'notAllowed', reason: 'identity.refused' }
  const secret = new TextEncoder().encode(marlow.identitySecret)
  const seconds = () => Math.floor(Date.now() / 1000)
  const claims = { role: 'buyer', name: 'Mallory' }

  function token(shape: {
    key?: Uint8Array
    kid?: string
    aud?: string
    from?: number
    life?: number
    sub?: string
  }): Promise<string> {
    const from = seconds() + (shape.from ?? 0)
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: shape.kid ?? marlow.identityKeyId })
      .setSubject(shape.sub ?? 'buyer-1001')
      .setAudience(shape.aud ?? 'parley')
      .setIssuedAt(from)
      .setExpirationTime(from + (shape.life ?? 600))
      .sign(shape.key ?? secret)
  }

  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const body = () =>
    part({ ...claims, sub: 'buyer-1001', aud: 'parley', iat: seconds(), exp: seconds() + 60 })
  const header = (alg: string) => part({ alg, kid: marlow.identityKeyId })

  it('premise: a well-signed token of the same making is let in', async () => {
    const marta = await site.visitor({ identityToken: await token({}) })
    expect(marta.connection.state).toBe('online')
    marta.close()
  })

  const bad: [string, () => string | Promise<string>][] = [
    ['a wrong signature', async () => `${(await token({})).slice(0, -4)}AAAA`],
    ['another secret', () => token({ key: randomBytes(32) })],
    ['a key that nobody made', () => token({ kid: 'nobody' })],
    ['a token that has expired', () => token({ from: -700 })],
    ['a token that lives too long', () => token({ life: 3_600 })],
    ['a token from the future', () => token({ from: 600 })],
    ['a token for somebody else’s ears', () => token({ aud: 'another-chat' })],
    ['a token that names nobody', () => token({ sub: '' })],
    ['no algorithm', () => `${header('none')}.${body()}.`],
    ['no algorithm, in capitals, with a signature', () => `${header('NONE')}.${body()}.AAAA`],
    [
      'another algorithm than the key’s',
      () => {
        const signed = `${header('HS512')}.${body()}`
        return `${signed}.${createHmac('sha512', secret).update(signed).digest('base64url')}`
      },
    ],
    [
      'a key that the token brings itself',
      () => {
        const jwk = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
        return `${part({ alg: 'EdDSA', kid: marlow.identityKeyId, jwk })}.${body()}.AAAA`
      },
    ],
    ['no token at all', () => 'hello'],
  ]
  it.each(bad)('[H2] %s is refused like every other bad token, and makes nobody', async (_, make) => {
    expect(await refusalOf({ ...visitorHello, identityToken: await make() })).toEqual(refused)
  })

  it('a key of another site opens nothing here', async () => {
    const ines = await site.member('ines')
    const made = await ines.ask('createSite', { requestId: 'second-site', name: 'Second' })
    const foreign = { ...visitorHello, siteKey: made.siteKey, identityToken: await token({}) }
    expect(await refusalOf(foreign)).toEqual(refused)
    const stranger = await site.visitor({ siteKey: made.siteKey })
    const carried = { ...visitorHello, visitorToken: stranger.visitorToken }
    expect(await refusalOf(carried)).toEqual({ code: 'notAllowed', reason: 'visitor.ended' })
    for (const person of [ines, stranger]) person.close()
  })

  it('an unknown site and a disabled one are refused alike', async () => {
    const { database, clock } = site.world.parts
    const settings = { ...defaultSettings('Closed'), isEnabled: false }
    await insertSite(database, { siteId: 'site_closed', siteKey: 'closed', settings, at: clock.now() })
    for (const siteKey of ['nowhere', 'closed', '../marlow', "' or 1=1"])
      expect(await refusalOf({ ...visitorHello, siteKey })).toEqual({
        code: 'notAllowed',
        reason: 'site.unknown',
      })
  })

  it('[H5] an old protocol is told so, and a hello of no shape is refused', async () => {
    expect(await refusalOf({ ...visitorHello, protocol: 0 })).toEqual({
      code: 'invalid',
      reason: 'protocol.old',
    })
    for (const hello of [undefined, {}, { kind: 'admin' }, { ...visitorHello, protocol: '1' }])
      expect(await refusalOf(hello)).toMatchObject({ code: 'invalid' })
    const member = { kind: 'member', protocol: protocolVersion, ticket: 'x'.repeat(43) }
    expect(await refusalOf(member)).toEqual({ code: 'notAllowed', reason: 'ticket.refused' })
  })

  it('who falls silent without closing is absent within 45 seconds, the grace for a reload included', async () => {
    const socket = await openRawSocket(site.url)
    const opened = await waitFor(() => socket.texts.find((text) => text.startsWith('0{')))
    const { pingInterval, pingTimeout } = JSON.parse(opened.slice(1))
    expect(pingInterval + pingTimeout + graceMs).toBeLessThanOrEqual(45_000)
    socket.close()
  })

  it('[H1] tokens and tickets in the address are not read', async () => {
    const visitor = await site.visitor()
    const query = `&kind=visitor&protocol=1&siteKey=marlow&visitorToken=${visitor.visitorToken}`
    expect(await refusalOf({}, query)).toMatchObject({ code: 'invalid' })
    const cookie = await site.cookie('priya')
    const socket = await openRawSocket(site.url, { headers: { cookie } })
    socket.send('40')
    expect(await waitFor(() => socket.texts.find((text) => text.startsWith('4')))).toMatch(/^44/)
    socket.close()
    visitor.close()
  })

  it('[H4] a page of another origin gets neither a socket nor a poll', async () => {
    const headers = { origin: 'https://elsewhere.example' }
    await expect(openRawSocket(site.url, { headers })).rejects.toThrow(/^HTTP\/1\.1 40[03]/)
    await expect(openRawSocket(site.url, { headers: { origin: 'null' } })).rejects.toThrow(/40[03]/)
    const polled = await fetch(`${site.url}/socket/?EIO=4&transport=polling`, { headers })
    expect(polled.status).toBe(403)
    expect(polled.headers.get('access-control-allow-origin')).not.toBe(headers.origin)
    const own = await openRawSocket(site.url, { headers: { origin: site.url } })
    expect(own.isClosed).toBe(false)
    own.close()
  })
})

it('[H3] after each connect comes one welcome, and the visitor token in it is the one that counts', async () => {
  const welcomes = async (hello: object) => {
    const socket = await openRawSocket(site.url)
    socket.send(`40${JSON.stringify(hello)}`)
    const isWelcome = (text: string) => text.startsWith('42["welcome"')
    await waitFor(() => socket.texts.some(isWelcome))
    // What is answered later than this was sent later than any second welcome.
    socket.send('421["listConversations",{}]')
    await waitFor(() => socket.texts.some((text) => text.startsWith('431')))
    socket.close()
    return socket.texts.filter(isWelcome).map((text) => JSON.parse(text.slice(2))[1])
  }
  const [first, ...more] = await welcomes(visitorHello)
  expect(first.visitorToken).toMatch(/^[\w-]{43}$/)
  expect(more).toEqual([])
  const back = await welcomes({ ...visitorHello, visitorToken: first.visitorToken })
  expect(back).toHaveLength(1)
  expect(back[0].visitorToken).toBeUndefined()
})

describe('what is no packet', () => {
  async function asVisitor(): Promise<RawSocket> {
    const socket = await openRawSocket(site.url)
    socket.send(`40${JSON.stringify(visitorHello)}`)
    await waitFor(() => socket.texts.some((text) => text.startsWith('42["welcome"')))
    return socket
  }

  const wish = '{"conversationId":"cnv_x"}'
  const packets = [
    '42["readConversation"',
    '42{"a":1}',
    '42[]',
    '42[null]',
    '42[1]',
    '42[1,{},2]',
    '42[{"a":1}]',
    '42["connect"]',
    '42["disconnect"]',
    '42["error",{}]',
    '42["newListener",{}]',
    '42["__proto__",{}]',
    '42["constructor",{}]',
    '42["hint:"]',
    '42["hint:typing"]',
    '42["hint:typing",null]',
    '42["hint:__proto__",{"conversationId":"a"}]',
    '42["readConversation"]',
    `42["readConversation",${wish}]`,
    `42["readConversation",${wish},"no function"]`,
    `4299999999999999999999["readConversation",${wish}]`,
    '421["readConversation"]',
    '421["readConversation",null]',
    '421[0,0]',
    '431[{"ok":true}]',
    '43["no id"]',
    '44{"message":"refused"}',
    '45["event"]',
    '451-["event",{"_placeholder":true,"num":0}]',
    '451-["event",{"_placeholder":true,"num":99}]',
    '4599999999-["event"]',
    '461-1["event",{"_placeholder":true,"num":-1}]',
    '40/admin,{}',
    '40/../,',
    `40${JSON.stringify(visitorHello)}`,
    '41/other,',
    '47[]',
    '4',
    '',
    '5',
    '6',
    '9',
    'hello',
    `42["${'a'.repeat(60_000)}",{}]`,
    `42["readConversation",${'['.repeat(20_000)}${']'.repeat(20_000)}]`,
  ]

  it.each(packets.map((packet) => [packet.slice(0, 60), packet]))(
    'disturbs nobody: %s',
    async (_, packet) => {
      const socket = await asVisitor()
      socket.send(packet)
      // Either it is still served, or only it was sent away.
      socket.send('427["listConversations",{}]')
      await waitFor(() => socket.isClosed || socket.texts.some((text) => text.startsWith('437[')))
      socket.close()
      await neighbours.talk()
      await neighbours.expectUndisturbed()
    },
  )

  it('is sent away when a frame is larger than any chat needs', async () => {
    const socket = await asVisitor()
    socket.send(`42["sendMessage",{"text":"${'x'.repeat(200_000)}"}]`)
    await waitFor(() => socket.isClosed)
    await neighbours.talk()
    await neighbours.expectUndisturbed()
  })

  it('is told to wait when it asks for more at once than a client needs, and is served again after', async () => {
    const socket = await asVisitor()
    const numbers = Array.from({ length: 300 }, (_, at) => at)
    for (const number of numbers) socket.send(`42${number}["listConversations",{}]`)
    const answerTo = (number: number) => socket.texts.find((text) => text.startsWith(`43${number}[`))
    await waitFor(() => numbers.every((number) => answerTo(number) !== undefined))
    const tooMany = numbers.filter((number) => answerTo(number)?.includes('limit.inFlight'))
    expect(tooMany.length).toBeGreaterThan(0)
    expect(tooMany.length).toBeLessThanOrEqual(240)
    expect(socket.isClosed).toBe(false)
    socket.send('42999["listConversations",{}]')
    expect(await waitFor(() => answerTo(999))).toContain('"ok":true')
    socket.close()
  })

  it('is cut off when it goes on asking for all that it was told to wait', async () => {
    const socket = await asVisitor()
    for (let number = 0; number < 10_000 && !socket.isClosed; number += 1) {
      socket.send(`42${number}["listConversations",{}]`)
      if (number % 100 === 0) await new Promise((next) => setImmediate(next))
    }
    await waitFor(() => socket.isClosed)
    const refused = socket.texts.filter((text) => text.includes('limit.inFlight'))
    expect(refused.length).toBeGreaterThan(200)
    expect(refused.length).toBeLessThan(1_000)
    await neighbours.talk()
    await neighbours.expectUndisturbed()
  })

  it('is sent away when it does not even hold to WebSocket', async () => {
    const junk: ((socket: RawSocket) => void)[] = [
      (socket) => socket.bytes(Buffer.from('GET / HTTP/1.1\r\n\r\n')),
      (socket) => socket.bytes(Buffer.from([0x81, 0x05, 0x68, 0x65, 0x6c, 0x6c, 0x6f])),
      (socket) => socket.bytes(Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])),
      (socket) => socket.frame(3, Buffer.from('reserved')),
      (socket) => socket.frame(0, Buffer.from('goes on, but nothing began')),
      (socket) => socket.frame(1, Buffer.from([0xc3, 0x28, 0xff])),
      (socket) => socket.frame(9, Buffer.alloc(126)),
      (socket) => socket.frame(8, Buffer.from([0x00])),
    ]
    for (const send of junk) {
      const socket = await asVisitor()
      send(socket)
      await waitFor(() => socket.isClosed)
    }
    await neighbours.talk()
    await neighbours.expectUndisturbed()
  })

  it('does not stop the process, however random its bytes are', async () => {
    for (let round = 0; round < 40; round += 1) {
      const socket = await asVisitor()
      const size = 1 + ((round * 53) % 900)
      if (round % 3 === 0) socket.bytes(randomBytes(size))
      else if (round % 3 === 1) socket.frame(2, randomBytes(size))
      else socket.frame(1, Buffer.from(`4${randomBytes(size).toString('latin1')}`))
      socket.send('427["listConversations",{}]')
      if (round % 3 !== 0)
        await waitFor(() => socket.isClosed || socket.texts.some((text) => text.startsWith('437[')))
      socket.close()
    }
    await neighbours.talk()
    await neighbours.expectUndisturbed()
    expect((await fetch(`${site.url}/healthz`)).status).toBe(200)
  })
})
