import express from 'express'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { marlow, staff, vendorMembers } from '../../demo/cast.ts'
import { seedDemo } from '../../demo/seed.ts'
import { refuseErrors } from '../../http/problem.ts'
import { dropSite, loadSite } from '../../sites/index.ts'
import { updateSettings } from '../../sites/store.ts'
import { type HttpBrowser, type RunningHttp, startHttp } from '../../testing/http-browser.ts'
import { type IdentityProvider, startIdentityProvider } from '../../testing/identity-provider.ts'
import { createSiteWorld, engines, type SiteWorld } from '../../testing/site-world.ts'
import { createSessionRoutes } from '../http/session-routes.ts'
import { createSsoRoutes } from './sso-routes.ts'

const publicUrl = 'https://chat.example'
const home = '/console/'
const signIn = (why: string) => `/console/sign-in?sso=${why}`

describe.each(engines)('single sign-on on %s', (engine) => {
  let world: SiteWorld
  let http: RunningHttp
  let provider: IdentityProvider
  beforeAll(async () => {
    provider = await startIdentityProvider(`${publicUrl}/api/v1/sso/done`)
    world = await createSiteWorld(engine, {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      OIDC_NAME: 'Marlow ID',
    })
    await seedDemo(world.parts)
    const app = express()
    app.use(createSessionRoutes(world.parts))
    app.use(createSsoRoutes(world.parts))
    app.use(refuseErrors(world.parts))
    http = await startHttp(app)
  })
  afterAll(async () => {
    await http?.close()
    await world?.close()
    await provider?.close()
  })
  beforeEach(() => {
    provider.people.clear()
    provider.people.set('ines', { email: staff.ines.email, email_verified: true })
  })

  async function begun(browser: HttpBrowser): Promise<string> {
    const answer = await browser.get('/api/v1/sso/begin')
    expect(answer.status).toBe(303)
    return answer.headers.get('location') ?? ''
  }

  /** Where somebody ends who signs in at the provider by this name. */
  async function arrives(browser: HttpBrowser, name: string): Promise<string | null> {
    const back = new URL(await provider.signIn(await begun(browser), name))
    return (await browser.get(back.pathname + back.search)).headers.get('location')
  }

  const subjectOf = async (email: string) =>
    (
      await world.parts.database.query<{ sso_subject: string | null }>(
        'select sso_subject from accounts where email = $1',
        [email],
      )
    )[0]?.sso_subject

  it('is offered by the name the operator gave it', async () => {
    expect((await http.browser().get('/api/v1/sso')).body).toEqual({ name: 'Marlow ID' })
  })

  it('lets a member in by the address that the provider has verified, on record', async () => {
    const browser = http.browser()
    expect(await arrives(browser, 'ines')).toBe(home)
    const { me } = (await browser.get('/api/v1/session')).body
    expect(me).toMatchObject({ memberId: staff.ines.memberId })
    expect(await subjectOf(staff.ines.email)).toBe(`${provider.issuer} ines`)
    const [line] = await world.parts.database.query<{ object: string }>(
      `select object from audit where action = 'member.signedIn' order by audit_id desc limit 1`,
    )
    expect(line?.object).toBe(`member:${staff.ines.memberId}`)
  })

  it('knows the person by the provider’s own name from then on, whatever the address', async () => {
    provider.people.set('ines', { email: 'married@marlow.example', email_verified: true })
    expect(await arrives(http.browser(), 'ines')).toBe(home)
  })

  it('keeps somebody out who has got the address of a member later', async () => {
    provider.people.set('newcomer', { email: staff.ines.email, email_verified: true })
    const browser = http.browser()
    expect(await arrives(browser, 'newcomer')).toBe(signIn('unknown'))
    expect((await browser.get('/api/v1/session')).status).toBe(401)
  })

  it.each([
    ['an address that nobody has verified', { email: staff.priya.email, email_verified: false }],
    ['an address of nobody here', { email: 'stranger@marlow.example', email_verified: true }],
  ])('keeps out %s', async (_what, person) => {
    provider.people.set('somebody', person)
    const browser = http.browser()
    expect(await arrives(browser, 'somebody')).toBe(signIn('unknown'))
    expect((await browser.get('/api/v1/session')).status).toBe(401)
    expect(await subjectOf(staff.priya.email)).toBeNull()
  })

  it('keeps out who has been switched off', async () => {
    const { nils } = vendorMembers
    await world.parts.database.query('update members set disabled_at = now() where member_id = $1', [
      nils.memberId,
    ])
    provider.people.set('nils', { email: nils.email, email_verified: true })
    expect(await arrives(http.browser(), 'nils')).toBe(signIn('unknown'))
  })

  it('takes in who was invited, and their link is dead', async () => {
    const { wren } = vendorMembers
    await world.parts.database.query('update members set is_invited = true where member_id = $1', [
      wren.memberId,
    ])
    provider.people.set('wren', { email: wren.email, email_verified: true })
    const browser = http.browser()
    expect(await arrives(browser, 'wren')).toBe(home)
    expect((await browser.get('/api/v1/session')).body.me).toMatchObject({ memberId: wren.memberId })
  })

  it('asks for no second factor of ours: the provider asks for what it wants', async () => {
    const { siteId, siteKey: _key, ...settings } = await loadSite(world.parts, marlow.siteId)
    await updateSettings(world.parts.database, siteId, { ...settings, totpRoles: ['admin'] })
    dropSite(world.parts, siteId)
    const browser = http.browser()
    expect(await arrives(browser, 'ines')).toBe(home)
    expect((await browser.get('/api/v1/session')).body.me).toMatchObject({ mustEnrolTotp: false })
  })

  it('ends where it began: an answer for another browser, a second time or too late opens nothing', async () => {
    const browser = http.browser()
    const back = new URL(await provider.signIn(await begun(browser), 'ines'))
    const path = back.pathname + back.search
    expect((await http.browser().get(path)).headers.get('location')).toBe(signIn('failed'))
    const other = http.browser()
    await begun(other)
    expect((await other.get(path)).headers.get('location')).toBe(signIn('failed'))
    expect((await browser.get(path)).headers.get('location')).toBe(home)
    expect((await browser.get(path)).headers.get('location')).toBe(signIn('failed'))

    const late = http.browser()
    const old = new URL(await provider.signIn(await begun(late), 'ines'))
    world.clock.advance(11 * 60_000)
    expect((await late.get(old.pathname + old.search)).headers.get('location')).toBe(signIn('failed'))
    expect((await late.get('/api/v1/session')).status).toBe(401)
  })

  it('leads back to the sign-in page when the provider cannot be reached', async () => {
    const away = await createSiteWorld('postgres', {
      OIDC_ISSUER: 'http://127.0.0.1:1',
      OIDC_CLIENT_ID: 'parley',
      OIDC_CLIENT_SECRET: 'some secret',
    })
    const app = express()
    app.use(createSsoRoutes(away.parts))
    const there = await startHttp(app)
    const answer = await there.browser().get('/api/v1/sso/begin')
    expect(answer.headers.get('location')).toBe(signIn('away'))
    await there.close()
    await away.close()
  })
})
