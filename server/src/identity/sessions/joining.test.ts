import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refuseErrors } from '../../http/problem.ts'
import { findSite } from '../../sites/index.ts'
import { type RunningHttp, startHttp } from '../../testing/http-browser.ts'
import { createSiteWorld, engines, type SiteWorld } from '../../testing/site-world.ts'
import { createSessionRoutes } from '../http/session-routes.ts'
import { firstAdminLink, memberBySession } from '../index.ts'
import { addMember } from '../members/store.ts'
import { createInvitation } from './invitation.ts'
import { accountByEmail, insertAccount } from './store.ts'

const hour = 60 * 60_000
const password = 'tall green ships'

describe.each(engines)('joining on %s', (engine) => {
  let world: SiteWorld
  let http: RunningHttp
  beforeAll(async () => {
    world = await createSiteWorld(engine)
    const app = express()
    // Each try comes from an address of its own: how often one may try is shown elsewhere.
    app.set('trust proxy', 1)
    app.use(createSessionRoutes(world.parts))
    app.use(refuseErrors(world.parts))
    http = await startHttp(app)
  })
  afterAll(async () => {
    await http.close()
    await world.close()
  })

  let tries = 0
  function from(): Record<string, string> {
    tries += 1
    return { 'x-forwarded-for': `198.51.100.${tries % 250}` }
  }
  const post = (path: string, body: unknown) => http.browser().post(path, body, from())
  const tokenIn = (link: string) => link.split('=')[1] ?? ''

  const setUp = (token: string, more: object = {}) =>
    post('/api/v1/setup', {
      token,
      siteName: 'Harbour',
      name: 'Ada Lind',
      email: 'Ada@Harbour.example',
      password,
      ...more,
    })

  async function invite(siteId: string, email: string, name = 'Tove Holm'): Promise<string> {
    const { database, clock, random } = world.parts
    const memberId = random.id('mem')
    await insertAccount(database, { accountId: random.id('acc'), email, passwordHash: null, at: clock.now() })
    const account = await accountByEmail(database, email)
    const accountId = account?.account_id ?? ''
    await addMember(database, { siteId, memberId, accountId, name, role: 'csr', isInvited: true }, [])
    return tokenIn(await createInvitation(world.parts, database, { siteId, memberId }))
  }

  async function siteId(): Promise<string> {
    const [row] = await world.parts.database.query<{ site_id: string }>('select site_id from sites limit 1')
    return row?.site_id ?? ''
  }

  it('as the first admin takes a one-time link; a newer link and an hour end the older one', async () => {
    const first = tokenIn((await firstAdminLink(world.parts)) ?? '')
    const second = (await firstAdminLink(world.parts)) ?? ''
    expect(second).toMatch(/^https:\/\/chat\.example\/console\/#setup=[A-Za-z0-9_-]{43}$/)
    expect((await post('/api/v1/setup/view', { token: first })).body).toMatchObject({ reason: 'link.ended' })
    world.clock.advance(hour - 1_000)
    expect((await post('/api/v1/setup/view', { token: tokenIn(second) })).status).toBe(200)
    world.clock.advance(1_000)
    expect((await setUp(tokenIn(second))).body).toMatchObject({ reason: 'link.ended' })
    const stored = await world.parts.database.query('select * from one_time_links')
    expect(JSON.stringify(stored)).not.toContain(tokenIn(second))
  })

  it('as the first admin needs a password that is not easy to guess, and a wrong try keeps the link', async () => {
    const token = tokenIn((await firstAdminLink(world.parts)) ?? '')
    expect((await setUp(token, { password: 'harbour-2026' })).body).toMatchObject({
      code: 'invalid',
      reason: 'password.personal',
      field: 'password',
    })
    expect((await setUp(token, { name: 'Ada\nLind' })).body).toMatchObject({ field: 'name' })
    expect((await setUp(token, { email: 'not an address' })).body).toMatchObject({ field: 'email' })
    expect((await post('/api/v1/setup/view', { token })).status).toBe(200)
  })

  it('as the first admin works once, however many try at the same moment', async () => {
    const token = tokenIn((await firstAdminLink(world.parts)) ?? '')
    const all = await Promise.all(Array.from({ length: 8 }, () => setUp(token)))
    expect(all.filter((one) => one.status === 200)).toHaveLength(1)
    expect(all.filter((one) => one.body.reason === 'link.ended')).toHaveLength(7)
    const [won] = all.filter((one) => one.status === 200)
    expect(won?.body.me).toMatchObject({ role: 'admin', siteName: 'Harbour', email: 'ada@harbour.example' })
    const counts = await world.parts.database.query(
      'select (select count(*)::int from sites) as sites, (select count(*)::int from accounts) as accounts',
    )
    expect(counts).toEqual([{ sites: 1, accounts: 1 }])
    expect(await firstAdminLink(world.parts)).toBeNull()
    const [site] = await world.parts.database.query<{ site_key: string }>('select site_key from sites')
    const settings = await findSite(world.parts, site?.site_key ?? '')
    expect(settings?.hours.timeZone).toBe('Europe/Lisbon')
    expect(settings?.intake.support.fields.map((field) => field.type)).toEqual([
      'role',
      'text',
      'email',
      'topic',
      'order',
      'longText',
    ])
  })

  it('by invitation shows whose it is without using the link, and lets in once of fifty', async () => {
    const token = await invite(await siteId(), 'tove@harbour.example')
    const view = await post('/api/v1/invitations/view', { token })
    expect(view.body).toEqual({ name: 'Tove Holm', email: 'tove@harbour.example', siteName: 'Harbour' })
    const wish = { token, password: 'quiet morning tide' }
    const all = await Promise.all(Array.from({ length: 50 }, () => post('/api/v1/invitations/accept', wish)))
    expect(all.filter((one) => one.status === 200)).toHaveLength(1)
    expect((await post('/api/v1/invitations/view', { token })).status).toBe(404)
  })

  it('by invitation ends after three days and when a newer link is made', async () => {
    const email = 'late@harbour.example'
    const token = await invite(await siteId(), email)
    world.clock.advance(72 * hour)
    const answer = await post('/api/v1/invitations/accept', { token, password })
    expect(answer.body).toMatchObject({ code: 'notFound', reason: 'link.ended' })
    const [member] = await world.parts.database.query<{ member_id: string }>(
      'select m.member_id from members m join accounts a using (account_id) where a.email = $1',
      [email],
    )
    const who = { siteId: await siteId(), memberId: member?.member_id ?? '' }
    const older = tokenIn(await createInvitation(world.parts, world.parts.database, who))
    const newer = tokenIn(await createInvitation(world.parts, world.parts.database, who))
    expect((await post('/api/v1/invitations/view', { token: older })).status).toBe(404)
    expect((await post('/api/v1/invitations/view', { token: newer })).status).toBe(200)
  })

  it('somebody who is invited has no way in before the link is used', async () => {
    const email = 'ada@harbour.example'
    const { database } = world.parts
    await database.query(
      `insert into sites (site_id, site_key, settings, created_at)
       select 'site_second', 'second', settings, created_at from sites limit 1`,
    )
    const token = await invite('site_second', email, 'Ada L.')
    const signed = await post('/api/v1/session', { email, password })
    expect(signed.body.me).toMatchObject({ sites: [{ name: 'Harbour' }] })

    // Whoever holds the link, the inviting admin too, does not gain the account by it.
    const stranger = await post('/api/v1/invitations/accept', { token, password: 'chosen by somebody else' })
    expect(stranger.body).toMatchObject({ reason: 'signIn.wrong' })
    expect((await post('/api/v1/session', { email, password: 'chosen by somebody else' })).status).toBe(401)

    const own = http.browser()
    const accepted = await own.post('/api/v1/invitations/accept', { token, password }, from())
    expect(accepted.body.me).toMatchObject({ siteId: 'site_second' })
    expect((accepted.body.me as { sites: unknown[] }).sites).toHaveLength(2)
    const found = await memberBySession(world.parts, own.cookie?.split('=')[1] ?? '')
    expect(found?.actor).toMatchObject({ siteId: 'site_second', role: 'csr' })
  })

  it('an invitation of one site opens no other site that has invited the same person', async () => {
    const email = 'twice@harbour.example'
    await invite(await siteId(), email)
    const token = await invite('site_second', email)
    const answer = await post('/api/v1/invitations/accept', { token, password: 'quiet morning tide' })
    expect((answer.body.me as { sites: { siteId: string }[] }).sites).toMatchObject([
      { siteId: 'site_second' },
    ])
  })
  it('again after a loss takes a new password, drops the second factor and ends every session', async () => {
    const { database } = world.parts
    const email = 'tove@harbour.example'
    const [member] = await database.query<{ site_id: string; member_id: string; account_id: string }>(
      'select m.site_id, m.member_id, m.account_id from members m join accounts a using (account_id) where a.email = $1',
      [email],
    )
    const who = { siteId: member?.site_id ?? '', memberId: member?.member_id ?? '', isReset: true }
    const before = http.browser()
    const old = { email, password: 'quiet morning tide' }
    expect((await before.post('/api/v1/session', old, from())).status).toBe(200)
    await database.query(`update accounts set totp_secret = 'sealed' where email = $1`, [email])

    const token = tokenIn(await createInvitation(world.parts, database, who))
    const wish = { token, password: 'another quiet tide' }
    const answer = await post('/api/v1/invitations/accept', wish)
    expect(answer.body.me).toMatchObject({ email, hasTotp: false })
    expect((await before.get('/api/v1/session')).status).toBe(401)
    expect((await post('/api/v1/session', old)).status).toBe(401)
    expect((await post('/api/v1/session', { email, password: wish.password })).status).toBe(200)
    expect((await post('/api/v1/invitations/accept', wish)).body).toMatchObject({ reason: 'link.ended' })

    // Tied to another site since the link was made: it is not one site's to open any more.
    const late = tokenIn(await createInvitation(world.parts, database, who))
    await invite('site_second', email)
    expect((await post('/api/v1/invitations/accept', { ...wish, token: late })).status).toBe(404)
  })

  it('again after a loss has 15 minutes, and an earlier link ends with a newer one', async () => {
    const { database } = world.parts
    await invite(await siteId(), 'slow@harbour.example')
    const [member] = await database.query<{ site_id: string; member_id: string }>(
      `update members m set is_invited = false from accounts a
       where a.account_id = m.account_id and a.email = 'slow@harbour.example' returning m.site_id, m.member_id`,
    )
    const who = { siteId: member?.site_id ?? '', memberId: member?.member_id ?? '', isReset: true }
    const reset = async () => tokenIn(await createInvitation(world.parts, database, who))
    const status = async (token: string) => (await post('/api/v1/invitations/view', { token })).status
    const [earlier, token] = [await reset(), await reset()]
    expect(await status(earlier)).toBe(404)
    world.clock.advance(hour / 4 - 1_000)
    expect(await status(token)).toBe(200)
    world.clock.advance(1_000)
    expect(await status(token)).toBe(404)
    const late = await post('/api/v1/invitations/accept', { token, password: 'another quiet tide' })
    expect(late.body).toMatchObject({ code: 'notFound', reason: 'link.ended' })
  })
})
