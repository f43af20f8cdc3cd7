import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { refuseErrors } from '../../http/problem.ts'
import { type Resolve, readAllowList } from '../../outbound/index.ts'
import { certificatesFor } from '../../testing/certificates.ts'
import { startChild } from '../../testing/child.ts'
import { freePort } from '../../testing/free-port.ts'
import { type RunningHttp, startHttp } from '../../testing/http-browser.ts'
import { type LeakedList, openLeakedList } from '../../testing/leaked-list.ts'
import { createSiteWorld, type SiteWorld } from '../../testing/site-world.ts'
import { createSessionRoutes } from '../http/session-routes.ts'
import { createInvitation, firstAdminLink } from '../index.ts'
import { addMember } from '../members/store.ts'
import { isLeaked } from './leaked-passwords.ts'
import { accountByEmail, insertAccount } from './store.ts'

const leaked = 'tall green ships'
const unknown = 'quiet morning tide'

let list: LeakedList
let world: SiteWorld
beforeAll(async () => {
  list = await openLeakedList()
  world = await createSiteWorld('postgres', {
    LEAKED_PASSWORDS_URL: `${list.url}/`,
    OUTBOUND_ALLOW: '127.0.0.1',
  })
})
afterEach(() => {
  list.asked.length = 0
  list.counts.clear()
  list.answers = undefined
})
afterAll(async () => {
  await world?.close()
  await list?.close()
})

/** What becomes of a password, and what the log says of it. */
async function look(password: string, config: object = {}, resolve?: Resolve) {
  const logged: string[] = []
  const logger = pino({ level: 'info' }, { write: (line: string) => logged.push(line) })
  const parts = { config: { ...world.parts.config, ...config }, logger }
  const isKnown = await isLeaked(parts, password, resolve)
  return { isKnown, logged }
}
const unasked = 'The lists of leaked passwords did not answer; a password was taken without them.'

describe('a password that somebody chooses', () => {
  it('is looked up by five signs of its hash, and nothing else of it or of anybody leaves', async () => {
    list.counts.set(leaked, 3)
    expect(await look(leaked)).toEqual({ isKnown: true, logged: [] })
    const digest = createHash('sha1').update(leaked).digest('hex').toUpperCase()
    expect(list.asked).toHaveLength(1)
    const [{ line, headers, body } = { line: '', headers: {}, body: '' }] = list.asked
    expect(line).toBe(`GET /range/${digest.slice(0, 5)}`)
    expect(body).toBe('')
    expect(headers).toEqual({
      host: new URL(list.url).host,
      connection: 'close',
      'add-padding': 'true',
      'accept-encoding': 'identity',
      'user-agent': 'Parley',
    })
  })

  it('is taken when it is not in the lists, or stands there as padding only', async () => {
    list.counts.set(leaked, 0).set('another one altogether', 12)
    expect(await look(leaked)).toEqual({ isKnown: false, logged: [] })
    expect(await look(unknown)).toEqual({ isKnown: false, logged: [] })
    expect(list.asked).toHaveLength(2)
  })

  it('is the same in another Unicode form, and the lists may write their endings small', async () => {
    list.counts.set('Zwölf Boxkämpfer', 1)
    expect((await look('Zwo\u0308lf Boxka\u0308mpfer')).isKnown).toBe(true)
    const ending = createHash('sha1').update(leaked).digest('hex').slice(5)
    list.answers = (response) => response.writeHead(200).end(`${ending}:7`)
    expect((await look(leaked)).isKnown).toBe(true)
  })

  it.each<[string, (response: ServerResponse) => void]>([
    ['breaks off', (response) => response.writeHead(200).write('A', () => response.destroy())],
    ['answers with an error', (response) => response.writeHead(503).end('later')],
    ['leads elsewhere', (response) => response.writeHead(302, { location: `${list.url}/range/00000` }).end()],
    ['never answers', () => {}],
    ['drips', (response) => response.writeHead(200).write('A')],
    [
      'answers without end',
      (response) => {
        response.writeHead(200)
        const more = setInterval(() => response.write('x'.repeat(60_000)), 1)
        response.on('close', () => clearInterval(more))
      },
    ],
  ])('is taken when the server %s, and the log says so, without a sign of it', async (_what, answers) => {
    list.counts.set(leaked, 3)
    list.answers = answers
    const { isKnown, logged } = await look(leaked)
    expect(isKnown).toBe(false)
    expect(logged).toHaveLength(1)
    expect(logged[0]).toContain(unasked)
    const digest = createHash('sha1').update(leaked).digest('hex')
    expect(logged[0]?.toLowerCase()).not.toContain(digest.slice(0, 5))
    expect(logged[0]).not.toContain(leaked)
    expect(list.asked).toHaveLength(1)
  })

  it('is taken when nobody is there', async () => {
    const { isKnown, logged } = await look(leaked, {
      leakedPasswordsUrl: `http://127.0.0.1:${await freePort()}`,
    })
    expect(isKnown).toBe(false)
    expect(logged[0]).toContain(unasked)
  })

  it('is looked up through the checked way out: at no private address that is not named', async () => {
    list.counts.set(leaked, 3)
    const { port } = new URL(list.url)
    const config = {
      leakedPasswordsUrl: `https://leaked.example:${port}`,
      outboundAllow: readAllowList([]),
    }
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
    const public_ = await look(leaked, config, resolve)
    expect(public_.isKnown).toBe(false)
    expect(public_.logged[0]).toContain('private')
    expect((await look(leaked, { ...config, leakedPasswordsUrl: list.url })).logged[0]).toContain(
      'url.private',
    )
    expect(list.asked).toEqual([])
  })

  it('is looked up nowhere where no server is named', async () => {
    expect(await look(leaked, { leakedPasswordsUrl: undefined })).toEqual({ isKnown: false, logged: [] })
    expect(list.asked).toEqual([])
  })

  it('is looked up over TLS where the certificate is trusted and of that name, and told to nobody else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-leaked-'))
    const { authority, ...tls } = certificatesFor('localhost', folder)
    const secure = await openLeakedList(tls)
    secure.counts.set(leaked, 3)
    const misnamed = secure.url.replace('localhost', '127.0.0.1')
    const child = startChild('testing/ask-leaked.ts', [folder, leaked, secure.url, misnamed], {
      NODE_EXTRA_CA_CERTS: authority,
    })
    try {
      await child.printed('done')
      expect(child.lines).toEqual([`${secure.url} leaked`, `${misnamed} taken`, 'done'])
      expect(secure.asked.map(({ headers }) => headers.host)).toEqual([new URL(secure.url).host])
    } finally {
      await child.kill()
      await secure.close()
      await rm(folder, { recursive: true, force: true })
    }
  })
})

describe('a password from the lists of leaked ones', () => {
  let http: RunningHttp
  beforeAll(async () => {
    const app = express()
    app.use(createSessionRoutes(world.parts))
    app.use(refuseErrors(world.parts))
    http = await startHttp(app)
  })
  afterAll(() => http?.close())

  const tokenIn = (link: string | null) => link?.split('=')[1] ?? ''
  const refusal = (field: string) => ({ code: 'invalid', reason: 'password.leaked', field })

  it('is refused to the first admin, to whoever is invited and for a change, and not asked for at sign-in', async () => {
    const { parts } = world
    const ada = http.browser()
    const told = { siteName: 'Harbour', name: 'Ada Lind', email: 'ada@harbour.example' }
    const setUp = { ...told, token: tokenIn(await firstAdminLink(parts)) }
    list.counts.set(leaked, 3)
    expect((await ada.post('/api/v1/setup', { ...setUp, password: leaked })).body).toMatchObject({
      ...refusal('password'),
      detail: expect.stringContaining('lists of leaked ones'),
    })
    const done = await ada.post('/api/v1/setup', { ...setUp, password: unknown })
    expect(done.status).toBe(200)

    const wish = { current: unknown, next: leaked }
    expect((await ada.post('/api/v1/session/password', wish)).body).toMatchObject(refusal('next'))
    expect((await ada.post('/api/v1/session/password', { ...wish, next: 'another quiet tide' })).status).toBe(
      204,
    )

    const siteId = String((done.body.me as { siteId: string }).siteId)
    const [memberId, email] = [parts.random.id('mem'), 'tove@harbour.example']
    const at = parts.clock.now()
    await insertAccount(parts.database, { accountId: parts.random.id('acc'), email, passwordHash: null, at })
    const accountId = (await accountByEmail(parts.database, email))?.account_id ?? ''
    const tove = { siteId, memberId, accountId, name: 'Tove Holm', role: 'csr', isInvited: true } as const
    await addMember(parts.database, tove, [])
    const token = tokenIn(await createInvitation(parts, parts.database, { siteId, memberId }))
    const accept = (password: string) =>
      http.browser().post('/api/v1/invitations/accept', { token, password })
    expect((await accept(leaked)).body).toMatchObject(refusal('password'))
    // Too short for our own rules: that is told without asking anybody.
    list.asked.length = 0
    expect((await accept('short')).body).toMatchObject({ reason: 'password.tooShort' })
    expect(list.asked).toEqual([])
    expect((await accept(unknown)).status).toBe(200)

    list.asked.length = 0
    list.counts.set(unknown, 9)
    expect((await http.browser().post('/api/v1/session', { email, password: unknown })).status).toBe(200)
    expect(list.asked).toEqual([])
  })
})
