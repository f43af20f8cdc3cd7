import express from 'express'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Parts } from '../../app/parts.ts'
import { seedDemo } from '../../demo/seed.ts'
import { refuseErrors } from '../../http/problem.ts'
import { createMailer } from '../../notify/index.ts'
import { openPostOffice, type PostOffice } from '../../notify/post-office.ts'
import { createTimers } from '../../storage/timers.ts'
import { type Asker, createAskers } from '../../testing/ask-site.ts'
import { type RunningHttp, startHttp } from '../../testing/http-browser.ts'
import { createSiteWorld, engines, type SiteWorld } from '../../testing/site-world.ts'
import { waitFor } from '../../testing/wait-for.ts'
import { createSessionRoutes } from '../http/session-routes.ts'
import { registerInvitationLetters, tokenHash } from '../index.ts'

const minute = 60_000
const hour = 60 * minute
const password = 'quiet morning tide'
const path = '/api/v1/invitations'
const ended = { code: 'notFound', reason: 'link.ended' }
const expired = { code: 'notFound', reason: 'link.expired' }

describe.each(engines)('an invitation by mail (%s)', (engine) => {
  let office: PostOffice
  let world: SiteWorld
  let parts: Parts
  let http: RunningHttp
  let ines: Asker
  let closeMailer: () => void
  beforeAll(async () => {
    office = await openPostOffice()
    world = await createSiteWorld(engine, { SMTP_URL: `smtp://127.0.0.1:${office.port}` })
    parts = world.parts
    await seedDemo(parts)
    const mailer = createMailer(parts.config)
    closeMailer = () => mailer?.close()
    registerInvitationLetters(parts, mailer)
    ines = await createAskers(world)('ines')
    http = await startHttp(pages(parts))
  })
  afterAll(async () => {
    await http?.close()
    closeMailer?.()
    await world?.close()
    await office?.close()
  })
  /** As pages of a server that has just started: nobody has asked it for anything. */
  function pages(of: Parts): express.Express {
    const app = express()
    app.set('trust proxy', 1)
    app.use(createSessionRoutes(of))
    app.use(refuseErrors(of))
    return app
  }
  beforeEach(() => {
    world.clock.advance(2 * hour)
  })
  afterEach(async () => {
    office.mood = 'takes'
    await parts.timers.runDue()
    office.received.length = 0
    office.turnedAway.length = 0
  })

  let count = 0
  async function invites() {
    count += 1
    const email = `lena-${count}@marlow.example`
    const wish = { name: 'Lena Vogt', email, role: 'csr', vendorId: null } as const
    const invited = await ines.ask('inviteMember', wish)
    return { ...invited, email, token: tokenIn(invited.link), again: () => ines.ask('inviteMember', wish) }
  }
  const tokenIn = (text: string) => /#invite=([A-Za-z0-9_-]{43})/.exec(text)?.[1] ?? ''
  const lastToken = () => tokenIn(office.received.at(-1)?.text ?? '')
  const send = () => parts.timers.runDue()
  let tries = 0
  function post(at: 'view' | 'accept' | 'renew', body: object, on = http) {
    tries += 1
    const from = { 'x-forwarded-for': `198.51.${(tries >> 8) % 250}.${tries % 250}` }
    return on.browser().post(`${path}/${at}`, body, from)
  }
  const view = async (token: string) => (await post('view', { token })).body
  const renew = (token: string) => post('renew', { token })
  const isOpen = { name: 'Lena Vogt', siteName: 'Marlow' }
  const openLinksOf = async (memberId: string) =>
    (
      await parts.database.query(
        `select token_hash from one_time_links where subject->>'memberId' = $1 and used_at is null`,
        [memberId],
      )
    ).length
  const audited = () =>
    parts.database.query<{ object: string; actor_id: string | null; ip: string | null }>(
      `select object, actor_id, ip from audit where action = 'member.invitationRenewed' order by audit_id`,
    )

  it('goes to whoever is invited, holds the link that its admin sees, and is good for 15 minutes', async () => {
    const { email, link, token, isMailed } = await invites()
    expect(isMailed).toBe(true)
    const [waiting] = await parts.database.query(`select payload from timers where kind = 'invitationLetter'`)
    expect(JSON.stringify(waiting)).not.toContain(token)
    await send()
    expect(office.received).toHaveLength(1)
    expect(office.received[0]).toMatchObject({ to: [email] })
    expect(office.received[0]?.headers.get('subject')).toBe('Join Marlow')
    expect(office.received[0]?.text).toContain(`Join:\r\n${link}\r\n`)
    expect(office.received[0]?.text).toContain('good for 15 minutes')
    world.clock.advance(15 * minute - 1)
    expect(await view(token)).toMatchObject({ ...isOpen, email })
    world.clock.advance(1)
    expect(await view(token)).toMatchObject(expired)
    expect(JSON.stringify(await view(token))).not.toContain('Lena')
    expect((await post('accept', { token, password })).body).toMatchObject(expired)
  })

  it('whose time is over asks for another, which goes to that address alone and is shown to nobody', async () => {
    const { email, memberId, token } = await invites()
    await send()
    world.clock.advance(hour)
    office.received.length = 0
    const elsewhere = await post('renew', { token, email: 'mallory@evil.example' })
    expect(elsewhere.body).toMatchObject({ code: 'invalid' })
    const asked = await renew(token)
    expect([asked.status, asked.body]).toEqual([202, {}])
    expect(await view(token)).toMatchObject(ended)
    await send()
    expect(office.received.map(({ to }) => to)).toEqual([[email]])
    expect(lastToken()).not.toBe(token)
    expect(await view(lastToken())).toMatchObject(isOpen)
    expect(await openLinksOf(memberId)).toBe(1)
    expect((await post('accept', { token, password })).body).toMatchObject(ended)
    expect((await post('accept', { token: lastToken(), password })).body.me).toMatchObject({ email })
    expect((await audited()).at(-1)).toMatchObject({
      object: `member:${memberId}`,
      ip: expect.stringMatching(/^198\.51\./),
    })
  })

  it('looks the same to ask for with a token that is worth nothing, and then nobody is written to', async () => {
    const used = await invites()
    expect((await post('accept', { token: used.token, password })).status).toBe(200)
    const replaced = await invites()
    await replaced.again()
    const disabled = await invites()
    await ines.ask('disableMember', { memberId: disabled.memberId, isDisabled: true })
    const reset = await ines.ask('resetSignIn', { memberId: 'mem_nils' })
    const old = await invites()
    await renew(old.token)
    await send()
    world.clock.advance(20 * minute)
    office.received.length = 0
    const known = await invites()
    await send()
    office.received.length = 0
    const before = (await audited()).length
    const answers = []
    const tokens = [used, replaced, disabled, old].map(({ token }) => token)
    for (const token of ['x'.repeat(43), tokenIn(reset.link), ...tokens]) answers.push(await renew(token))
    await send()
    expect(office.received).toEqual([])
    expect(await audited()).toHaveLength(before)
    answers.push(await renew(known.token))
    const seen = answers.map(({ status, body, headers }) => {
      const names = [...headers.keys()].filter((name) => name !== 'date')
      return { status, body, names, length: headers.get('content-length') }
    })
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(seen[0]).toMatchObject({ status: 202, body: {} })
    await send()
    expect(office.received).toHaveLength(1)
  })

  it('is made once, however many ask at the same moment', async () => {
    const { memberId, token } = await invites()
    await send()
    world.clock.advance(hour)
    office.received.length = 0
    const answers = await Promise.all(Array.from({ length: 50 }, () => renew(token)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
    await send()
    expect(office.received).toHaveLength(1)
    expect(await openLinksOf(memberId)).toBe(1)
    expect(await view(lastToken())).toMatchObject(isOpen)
  })

  it('is one whoever asks and whoever invites anew at the same moment, and in use it is one’s own', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { memberId, token, again } = await invites()
      world.clock.advance(hour)
      await Promise.all([again(), renew(token), again(), renew(token)])
      expect(await openLinksOf(memberId)).toBe(1)
      await send()
      const fresh = await invites()
      const [accepted] = await Promise.all([
        post('accept', { token: fresh.token, password }),
        renew(fresh.token),
      ])
      await send()
      expect([200, 404]).toContain(accepted.status)
      expect(await openLinksOf(fresh.memberId)).toBe(accepted.status === 200 ? 0 : 1)
    }
  })

  // Two at once take two connections, which the embedded engine does not have.
  if (engine === 'postgres')
    it('is the admin’s when they invite anew while the page asks', async () => {
      const { database } = parts
      const { memberId, token, again } = await invites()
      const waiting = async () =>
        (
          await database.query(
            `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          )
        ).length
      const { asked, invited } = await database.transaction(async (sql) => {
        await sql.query('select token_hash from one_time_links where token_hash = $1 for update', [
          tokenHash(token),
        ])
        const first = renew(token)
        await waitFor(async () => (await waiting()) === 1)
        const second = again()
        await waitFor(async () => (await waiting()) === 2)
        return { asked: first, invited: second }
      })
      expect((await asked).status).toBe(202)
      const newest = tokenIn((await invited).link)
      expect(await openLinksOf(memberId)).toBe(1)
      expect(await view(newest)).toMatchObject(isOpen)
    })

  it('can be asked for until three days after the invitation, however often that was done', async () => {
    const { token } = await invites()
    await send()
    let latest = token
    for (let passed = 0; passed < 70; passed += 10) {
      world.clock.advance(10 * hour)
      expect((await renew(latest)).status).toBe(202)
      await send()
      latest = lastToken()
    }
    world.clock.advance(2 * hour - 1)
    expect(await view(latest)).toMatchObject(expired)
    world.clock.advance(1)
    expect(await view(latest)).toMatchObject(ended)
    office.received.length = 0
    expect((await renew(latest)).status).toBe(202)
    await send()
    expect(office.received).toEqual([])
  })

  it('fills no mailbox: four letters an hour, the fifth is told when to come again and keeps its link', async () => {
    const { token } = await invites()
    await send()
    let latest = token
    for (let letter = 2; letter <= 4; letter += 1) {
      world.clock.advance(16 * minute)
      expect((await renew(latest)).status).toBe(202)
      await send()
      latest = lastToken()
    }
    expect(office.received).toHaveLength(4)
    world.clock.advance(11 * minute)
    const refused = await renew(latest)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('60')
    expect(await view(latest)).toMatchObject(isOpen)
    world.clock.advance(minute)
    expect((await renew(latest)).status).toBe(202)
    await send()
    expect(office.received).toHaveLength(5)
  })

  it('is asked for twenty times an hour from one network, whatever the token is worth', async () => {
    const own = await startHttp(pages(parts))
    const from = { 'x-forwarded-for': '203.0.113.9' }
    const ask = async () =>
      (await own.browser().post(`${path}/renew`, { token: parts.random.token() }, from)).status
    const all = []
    for (let at = 0; at < 21; at += 1) all.push(await ask())
    expect(all).toEqual([...Array.from({ length: 20 }, () => 202), 429])
    await own.close()
  })

  it('does not come back to life when whoever was switched off is let in again', async () => {
    const { memberId, token } = await invites()
    const waiting = await invites()
    await ines.ask('disableMember', { memberId: waiting.memberId, isDisabled: true })
    await ines.ask('disableMember', { memberId: waiting.memberId, isDisabled: false })
    await send()
    expect(office.received).toHaveLength(1)
    await ines.ask('disableMember', { memberId, isDisabled: true })
    expect(await view(token)).toMatchObject(ended)
    await ines.ask('disableMember', { memberId, isDisabled: false })
    expect(await view(token)).toMatchObject(ended)
    await renew(token)
    await send()
    expect(office.received).toHaveLength(1)
  })

  it('that the mail server puts off has its time from when it is sent, and is the link its admin saw', async () => {
    office.mood = 'greylists'
    const { token } = await invites()
    await send()
    expect([office.received.length, office.turnedAway.length]).toEqual([0, 1])
    world.clock.advance(hour)
    await send()
    expect(lastToken()).toBe(token)
    world.clock.advance(14 * minute)
    expect(await view(token)).toMatchObject(isOpen)
  })

  it('waits for a node that was killed, and goes out once from two', async () => {
    const { email } = await invites()
    const { database, clock, logger } = parts
    const others = [1, 2].map(() => ({ ...parts, timers: createTimers({ database, clock, logger }) }))
    const mailers = others.map((node) => {
      const mailer = createMailer(node.config)
      registerInvitationLetters(node, mailer)
      return mailer
    })
    await Promise.all(others.map((node) => node.timers.runDue()))
    for (const mailer of mailers) mailer?.close()
    expect(office.received.map(({ to }) => to)).toEqual([[email]])
  })
})

describe('an invitation where no mail goes out', () => {
  it('is passed on by its admin, good for three days, and its page can ask for nothing', async () => {
    const world = await createSiteWorld('postgres')
    await seedDemo(world.parts)
    const app = express()
    app.use(createSessionRoutes(world.parts))
    app.use(refuseErrors(world.parts))
    const http = await startHttp(app)
    try {
      const ines = await createAskers(world)('ines')
      const wish = { name: 'Lena Vogt', email: 'lena@marlow.example', role: 'csr', vendorId: null } as const
      const { link, isMailed } = await ines.ask('inviteMember', wish)
      expect(isMailed).toBe(false)
      const token = link.split('=')[1] ?? ''
      const ask = (at: string) => http.browser().post(`${path}/${at}`, { token })
      world.clock.advance(72 * hour - 1)
      expect((await ask('renew')).body).toEqual({})
      expect((await ask('view')).status).toBe(200)
      world.clock.advance(1)
      expect((await ask('view')).body).toMatchObject(ended)
      expect(
        await world.parts.database.query(`select 1 from timers where kind = 'invitationLetter'`),
      ).toEqual([])
    } finally {
      await http.close()
      await world.close()
    }
  })
})
