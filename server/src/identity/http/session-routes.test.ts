import type { MemberRole } from '@parley/shared/people.ts'
import express from 'express'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { marlow, staff } from '../../demo/cast.ts'
import { seedDemo } from '../../demo/seed.ts'
import { refuseErrors } from '../../http/problem.ts'
import { dropSite, loadSite } from '../../sites/index.ts'
import { updateSettings } from '../../sites/store.ts'
import { type HttpBrowser, type RunningHttp, startHttp } from '../../testing/http-browser.ts'
import { createSiteWorld, engines, type SiteWorld } from '../../testing/site-world.ts'
import { memberBySession, onRevoked, type Revocation, recogniseMember, refreshActor } from '../index.ts'
import { createSessionRoutes } from './session-routes.ts'

const minute = 60_000
const hour = 60 * minute
const { password } = marlow
const ines = { email: staff.ines.email, password }

describe.each(engines)('the session on %s', (engine) => {
  let world: SiteWorld
  let http: RunningHttp
  beforeAll(async () => {
    world = await createSiteWorld(engine)
    await seedDemo(world.parts)
  })
  afterAll(() => world.close())

  // Fresh counts of failed tries for each test; the rows stay.
  beforeEach(async () => {
    const app = express()
    app.use(createSessionRoutes(world.parts))
    app.use(refuseErrors(world.parts))
    http = await startHttp(app)
    return () => http.close()
  })

  async function signedIn(who: { email: string; password: string } = ines): Promise<HttpBrowser> {
    const browser = http.browser()
    expect((await browser.post('/api/v1/session', who)).status).toBe(200)
    return browser
  }

  const tokenOf = (browser: HttpBrowser) => browser.cookie?.split('=')[1] ?? ''
  const auditOf = (action: string) =>
    world.parts.database.query<{ object: string; ip: string; site_id: string }>(
      'select object, ip, site_id from audit where action = $1 order by audit_id',
      [action],
    )

  async function requireTotp(totpRoles: MemberRole[]) {
    const { siteId, siteKey: _key, ...settings } = await loadSite(world.parts, marlow.siteId)
    await updateSettings(world.parts.database, siteId, { ...settings, totpRoles })
    dropSite(world.parts, siteId)
  }

  function codeOf(secret: string): string {
    const totp = new TOTP({ secret: Secret.fromBase32(secret) })
    return totp.generate({ timestamp: world.clock.now().getTime() })
  }

  it('begins with a cookie that only this host can set and no script can read', async () => {
    const browser = http.browser()
    const answer = await browser.post('/api/v1/session', ines)
    expect(answer.body.me).toMatchObject({
      memberId: 'mem_ines',
      siteName: 'Marlow',
      role: 'admin',
      sites: [{ siteId: 'site_marlow', name: 'Marlow', role: 'admin' }],
    })
    const [cookie = ''] = answer.headers.getSetCookie()
    expect(cookie).toMatch(
      /^__Host-sid=[A-Za-z0-9_-]{43}; Max-Age=43200; Path=\/; Expires=.*; HttpOnly; Secure; SameSite=Strict$/,
    )
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const rows = await world.parts.database.query('select * from member_sessions')
    expect(JSON.stringify(rows)).not.toContain(tokenOf(browser))
    expect((await browser.get('/api/v1/session')).body.me).toEqual(answer.body.me)
  })

  it('is refused alike for a wrong password, an unknown account and a disabled member', async () => {
    await world.parts.database.query(`update members set disabled_at = now() where member_id = 'mem_jonas'`)
    const tries = [
      { email: staff.ines.email, password: 'not the right one' },
      { email: 'nobody@marlow.example', password },
      { email: staff.jonas.email, password },
    ]
    for (const given of tries) {
      const answer = await http.browser().post('/api/v1/session', given)
      expect(answer.status).toBe(401)
      expect(answer.body).toMatchObject({ code: 'notAllowed', reason: 'signIn.wrong' })
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    await world.parts.database.query(`update members set disabled_at = null where member_id = 'mem_jonas'`)
    const refused = await auditOf('member.signInRefused')
    expect(refused[0]).toEqual({ object: 'member:mem_ines', ip: '127.0.0.1', site_id: 'site_marlow' })
    expect(JSON.stringify(refused)).not.toContain('@')
  })

  it('is in the audit under the name of whoever signed in, and a refused try under nobody’s', async () => {
    const jonas = { email: staff.jonas.email, password }
    await signedIn(jonas)
    await http.browser().post('/api/v1/session', { ...jonas, password: 'not the right one' })
    const lines = await world.parts.database.query(
      `select action, actor_id, actor_name, object from audit
       where object = 'member:mem_jonas' and action in ('member.signedIn', 'member.signInRefused')
       order by audit_id desc limit 2`,
    )
    expect(lines).toEqual([
      {
        action: 'member.signInRefused',
        actor_id: 'system:signIn',
        actor_name: 'Parley',
        object: 'member:mem_jonas',
      },
      {
        action: 'member.signedIn',
        actor_id: 'mem_jonas',
        actor_name: staff.jonas.name,
        object: 'member:mem_jonas',
      },
    ])
  })

  it('asks to wait after five wrong tries and says for how long', async () => {
    const browser = http.browser()
    const given = { email: staff.priya.email, password: 'not the right one' }
    for (let time = 0; time < 6; time += 1) await browser.post('/api/v1/session', given)
    const answer = await browser.post('/api/v1/session', { ...given, password })
    expect(answer.status).toBe(429)
    expect(answer.body).toMatchObject({ code: 'rateLimited', reason: 'signIn.tooOften' })
    expect(answer.body.retryAfterMs).toBeGreaterThan(0)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('ends after 30 minutes without use, and after 12 hours whatever happens', async () => {
    const idle = await signedIn()
    world.clock.advance(29 * minute)
    expect((await idle.get('/api/v1/session')).status).toBe(200)
    world.clock.advance(30 * minute)
    expect((await idle.get('/api/v1/session')).body).toMatchObject({ reason: 'signIn.needed' })

    const busy = await signedIn()
    for (let passed = 0; passed < 12 * hour - 20 * minute; passed += 20 * minute) {
      world.clock.advance(20 * minute)
      expect((await busy.get('/api/v1/session')).status).toBe(200)
    }
    world.clock.advance(20 * minute)
    expect((await busy.get('/api/v1/session')).status).toBe(401)
  })

  it('gets a new token at each sign-in; the one this browser had is dead', async () => {
    const browser = await signedIn()
    const before = tokenOf(browser)
    await browser.post('/api/v1/session', ines)
    expect(tokenOf(browser)).not.toBe(before)
    expect(await memberBySession(world.parts, before)).toBeUndefined()
    expect(await memberBySession(world.parts, tokenOf(browser))).toBeDefined()
  })

  it('takes nothing from another site, from a form, or without the header no other site can send', async () => {
    const browser = http.browser()
    const foreign: [Record<string, string>, string][] = [
      [{ 'sec-fetch-site': 'cross-site' }, 'origin.foreign'],
      [{ 'sec-fetch-site': 'same-site' }, 'origin.foreign'],
      [{ 'sec-fetch-site': '' }, 'origin.foreign'],
      [{ 'sec-fetch-site': '', origin: 'https://evil.example' }, 'origin.foreign'],
      [{ origin: 'https://evil.example' }, 'origin.foreign'],
      [{ 'parley-csrf': '' }, 'csrf.missing'],
      [{ 'content-type': 'text/plain' }, 'body.type'],
      [{ 'content-type': 'application/x-www-form-urlencoded' }, 'body.type'],
    ]
    for (const [headers, reason] of foreign) {
      const answer = await browser.post('/api/v1/session', ines, headers)
      expect(answer.body).toMatchObject({ reason })
      expect(browser.cookie).toBeUndefined()
    }
    const old = { 'sec-fetch-site': '', origin: 'https://chat.example' }
    expect((await browser.post('/api/v1/session', ines, old)).status).toBe(200)
  })

  it('refuses a body that is not what it should be, and says where', async () => {
    const browser = http.browser()
    expect((await browser.post('/api/v1/session', '{"email":')).status).toBe(400)
    const wrong = await browser.post('/api/v1/session', { email: 'x', password: 'y', isAdmin: true })
    expect(wrong.body).toMatchObject({ code: 'invalid' })
    const missing = await browser.post('/api/v1/session', { email: 'x' })
    expect(missing.body).toMatchObject({ code: 'invalid', reason: 'body.shape', field: 'password' })
    expect((await browser.post('/api/v1/session', { email: 'x', password: 'y'.repeat(30_000) })).status).toBe(
      413,
    )
  })

  it('ends by signing out: the cookie goes, sockets are told, the log says so', async () => {
    const browser = await signedIn()
    const token = tokenOf(browser)
    const { sessionId } = (await memberBySession(world.parts, token)) ?? {}
    const dropped: Revocation[] = []
    const off = onRevoked(world.parts, (who) => dropped.push(who))
    const answer = await browser.remove('/api/v1/session')
    off()
    expect(answer.status).toBe(204)
    expect(browser.cookie).toBeUndefined()
    expect(dropped).toEqual([{ sessionId }])
    expect(await memberBySession(world.parts, token)).toBeUndefined()
    expect((await auditOf('member.signedOut')).length).toBeGreaterThan(0)
  })

  it('gives a ticket that opens one connection within half a minute', async () => {
    const browser = await signedIn()
    const ticket = String((await browser.post('/api/v1/session/ticket')).body.ticket)
    const recognised = await recogniseMember(world.parts, ticket)
    expect(recognised.actor).toMatchObject({ kind: 'member', memberId: 'mem_ines', role: 'admin' })
    await expect(recogniseMember(world.parts, ticket)).rejects.toThrow('ticket.refused')
    const late = String((await browser.post('/api/v1/session/ticket')).body.ticket)
    world.clock.advance(30_000)
    await expect(recogniseMember(world.parts, late)).rejects.toThrow('ticket.refused')
    await expect(recogniseMember(world.parts, tokenOf(browser))).rejects.toThrow('ticket.refused')
    expect((await http.browser().post('/api/v1/session/ticket')).status).toBe(401)
  })

  it('gives a ticket of which fifty uses at once open one connection', async () => {
    const browser = await signedIn()
    const ticket = String((await browser.post('/api/v1/session/ticket')).body.ticket)
    const uses = await Promise.allSettled(
      Array.from({ length: 50 }, () => recogniseMember(world.parts, ticket)),
    )
    expect(uses.filter((use) => use.status === 'fulfilled')).toHaveLength(1)
  })

  it('dies everywhere else when the password changes, and goes on here under a new token', async () => {
    const elin = { email: 'elin@kiln.example', password }
    const here = await signedIn(elin)
    const there = await signedIn(elin)
    const before = tokenOf(here)
    const change = (body: object) => here.post('/api/v1/session/password', body)
    expect((await change({ current: 'wrong', next: 'tall green ships' })).body).toMatchObject({
      reason: 'password.wrong',
      field: 'current',
    })
    expect((await change({ current: password, next: 'short' })).body).toMatchObject({
      reason: 'password.tooShort',
      field: 'next',
    })
    expect((await change({ current: password, next: 'tall green ships' })).status).toBe(204)
    expect(await memberBySession(world.parts, before)).toBeUndefined()
    expect((await here.get('/api/v1/session')).status).toBe(200)
    expect((await there.get('/api/v1/session')).status).toBe(401)
    expect((await http.browser().post('/api/v1/session', elin)).status).toBe(401)
    await signedIn({ ...elin, password: 'tall green ships' })
  })

  it('of a role that needs a second factor gives nothing but the way to enrol one', async () => {
    const daniel = { email: staff.daniel.email, password }
    const browser = await signedIn(daniel)
    const actor = (await memberBySession(world.parts, tokenOf(browser)))?.actor
    const sessionId = (await memberBySession(world.parts, tokenOf(browser)))?.sessionId ?? ''
    if (!actor) throw new Error('Daniel is not signed in')
    await requireTotp(['moderator'])
    expect(await memberBySession(world.parts, tokenOf(browser))).toBeUndefined()
    expect(await refreshActor(world.parts, actor, sessionId)).toBeUndefined()
    expect((await browser.get('/api/v1/session')).body.me).toMatchObject({
      mustEnrolTotp: true,
      hasTotp: false,
    })
    expect((await browser.post('/api/v1/session/ticket')).body).toMatchObject({ reason: 'totp.mustEnrol' })

    const { secret, uri } = (await browser.post('/api/v1/session/totp/start')).body as Record<string, string>
    expect(uri).toMatch(/^otpauth:\/\/totp\/Parley:/)
    const stored = await world.parts.database.query('select totp_pending from accounts')
    expect(JSON.stringify(stored)).not.toContain(secret)
    const wrong = await browser.post('/api/v1/session/totp/confirm', { code: '000000' })
    expect(wrong.body).toMatchObject({ reason: 'totp.wrongCode', field: 'code' })
    const code = codeOf(secret ?? '')
    const enrolled = await browser.post('/api/v1/session/totp/confirm', { code })
    expect(enrolled.body.me).toMatchObject({ hasTotp: true, mustEnrolTotp: false })
    expect(await memberBySession(world.parts, tokenOf(browser))).toBeDefined()

    // From now on the password alone is not enough, and no code counts twice.
    expect((await http.browser().post('/api/v1/session', daniel)).body).toMatchObject({
      reason: 'totp.needed',
    })
    expect((await http.browser().post('/api/v1/session', { ...daniel, code })).body).toMatchObject({
      reason: 'totp.wrong',
    })
    world.clock.advance(30_000)
    const next = codeOf(secret ?? '')
    const uses = await Promise.all(
      Array.from({ length: 4 }, () => http.browser().post('/api/v1/session', { ...daniel, code: next })),
    )
    expect(uses.map((use) => use.status).sort()).toEqual([200, 401, 401, 401])

    world.clock.advance(6 * minute)
    expect((await browser.post('/api/v1/session/totp/start')).body).toMatchObject({ reason: 'signIn.again' })
    await requireTotp([])
  })

  it('of a member who is disabled ends at once, and of one whose vendor is suspended says so', async () => {
    const wren = await signedIn({ email: 'wren@lumen.example', password })
    const found = await memberBySession(world.parts, tokenOf(wren))
    if (!found) throw new Error('Wren is not signed in')
    expect(await refreshActor(world.parts, found.actor, found.sessionId)).toEqual(found.actor)
    const { database } = world.parts
    const set = (column: 'state' | 'disabled_at', value: unknown) =>
      column === 'state'
        ? database.query('update vendors set state = $1 where vendor_id = $2', [value, 'ven_lumen'])
        : database.query('update members set disabled_at = $1 where member_id = $2', [value, 'mem_wren'])
    await set('state', 'suspended')
    expect(await refreshActor(world.parts, found.actor, found.sessionId)).toEqual({
      ...found.actor,
      vendorState: 'suspended',
    })
    expect((await wren.get('/api/v1/session')).body.me).toMatchObject({ vendorState: 'suspended' })
    await set('state', 'active')
    await set('disabled_at', world.clock.now())
    expect(await refreshActor(world.parts, found.actor, found.sessionId)).toBeUndefined()
    expect((await wren.get('/api/v1/session')).status).toBe(401)
    await set('disabled_at', null)
    expect((await wren.get('/api/v1/session')).status).toBe(200)
  })

  it('goes over to another site of the account under a new token, and to no other site', async () => {
    const { database, clock } = world.parts
    await database.query(
      `insert into sites (site_id, site_key, settings, created_at)
       select 'site_two', 'two', settings, $1 from sites where site_id = 'site_marlow' on conflict do nothing`,
      [clock.now()],
    )
    await database.query(
      `insert into members (site_id, member_id, account_id, name, role)
       values ('site_two', 'mem_two', 'acc_ines', 'Ines', 'csr') on conflict do nothing`,
    )
    const browser = await signedIn()
    const before = await memberBySession(world.parts, tokenOf(browser))
    const token = tokenOf(browser)
    const answer = await browser.post('/api/v1/session/site', { siteId: 'site_two' })
    expect(answer.body.me).toMatchObject({ siteId: 'site_two', role: 'csr' })
    expect(await memberBySession(world.parts, token)).toBeUndefined()
    if (!before) throw new Error('Ines was not signed in')
    expect(await refreshActor(world.parts, before.actor, before.sessionId)).toBeUndefined()
    const priya = await signedIn({ email: staff.priya.email, password })
    expect((await priya.post('/api/v1/session/site', { siteId: 'site_two' })).status).toBe(404)
    await database.query(`delete from member_sessions where member_id = 'mem_two'`)
    await database.query(`delete from members where member_id = 'mem_two'`)
  })
})
