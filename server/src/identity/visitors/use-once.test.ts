import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refused } from '../../app/refused.ts'
import { installationOf } from '../../sites/store.ts'
import { identityPair, openIdentitySite, signIdentity } from '../../testing/identity-site.ts'
import {
  createSiteNodes,
  createSiteWorld,
  engines,
  type SiteNodes,
  type SiteWorld,
} from '../../testing/site-world.ts'
import { recogniseVisitor, visitorByToken } from './recognise-visitor.ts'

const minute = 60_000
const refused = { code: 'notAllowed', reason: 'identity.refused' }

async function refusal(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof Refused ? error.refusal : error
}

const helloOn = ({ parts }: SiteWorld, visitorToken?: string, identityToken?: string, siteKey = 'marlow') =>
  recogniseVisitor(parts, { siteKey, visitorToken, identityToken })

describe.each(engines)('a signed token with a jti on %s', (engine) => {
  let world: SiteWorld
  beforeAll(async () => {
    world = await createSiteWorld(engine)
    await openIdentitySite(world, 'marlow')
    await openIdentitySite(world, 'other')
  })
  afterAll(() => world.close())

  const hello = (visitorToken?: string, identityToken?: string) => helloOn(world, visitorToken, identityToken)
  const visitors = async () => (await world.parts.database.query('select 1 from visitors')).length
  let made = 0
  const newJti = () => {
    made += 1
    return `jti-${made}`
  }
  const contacts = async () => (await world.parts.database.query('select 1 from contacts')).length

  it('signs its person in once; in another browser it is refused like every wrong token, and makes nobody', async () => {
    const jti = newJti()
    const token = await signIdentity(world, { sub: 'once-1', jti })
    const first = await hello(undefined, token)
    expect(first.actor.isVerified).toBe(true)
    const { visitorToken: stranger } = await hello()
    const before = [await visitors(), await contacts()]
    expect(await refusal(hello(undefined, token))).toEqual(refused)
    expect(await refusal(hello(stranger, token))).toEqual(refused)
    const another = await signIdentity(world, { sub: 'once-of-another-person', jti })
    expect(await refusal(hello(undefined, another))).toEqual(refused)
    expect([await visitors(), await contacts()]).toEqual(before)
    expect((await hello(stranger)).actor.isVerified).toBe(false)
    const installed = await installationOf(world.parts.database, 'site_marlow')
    expect(installed?.identity_problem).toContain('jti')
  })

  it('may be said again by the visit it was first used in: other tabs, and connections that come back', async () => {
    const { visitorToken: anonymous = '', actor } = await hello()
    const token = await signIdentity(world, { sub: 'once-2', jti: newJti() })
    const { visitorToken = '' } = await hello(anonymous, token)
    for (let tab = 0; tab < 3; tab += 1)
      expect((await hello(visitorToken, token)).actor).toMatchObject({
        visitorId: actor.visitorId,
        isVerified: true,
      })
    // A tab that had not heard yet of the new token is the same browser.
    expect((await hello(anonymous, token)).actor.isVerified).toBe(true)
  })

  it('signs in all of twenty tabs of one browser at once, and only those', async () => {
    const { visitorToken: anonymous = '' } = await hello()
    const { visitorToken: stranger = '' } = await hello()
    const token = await signIdentity(world, { sub: 'once-3', jti: newJti() })
    const all = await Promise.all(Array.from({ length: 20 }, () => hello(anonymous, token)))
    for (const { actor } of all) expect(actor).toMatchObject({ isVerified: true })
    expect(new Set(all.map(({ actor }) => actor.contactId)).size).toBe(1)
    expect(await refusal(hello(stranger, token))).toEqual(refused)
  })

  it('is not mixed up with one of another key, another site, or one without', async () => {
    const again = { sub: 'once-4', jti: newJti() }
    await hello(undefined, await signIdentity(world, again))
    const byAnotherKey = await signIdentity(world, again, {
      kid: 'k2',
      alg: 'EdDSA',
      key: identityPair.privateKey,
    })
    expect((await hello(undefined, byAnotherKey)).actor.isVerified).toBe(true)
    const elsewhere = await signIdentity(world, again)
    expect((await helloOn(world, undefined, elsewhere, 'other')).actor.isVerified).toBe(true)
    for (const jti of [undefined, null]) {
      const without = await signIdentity(world, { sub: 'once-4', jti })
      for (let browser = 0; browser < 3; browser += 1)
        expect((await hello(undefined, without)).actor.isVerified).toBe(true)
    }
  })

  it('has one that can be kept: text of 255 characters at most, or a number', async () => {
    for (const jti of ['', 'x'.repeat(256), { a: 1 }, true, 'with \u0000'])
      expect(await refusal(hello(undefined, await signIdentity(world, { sub: 'once-5', jti })))).toEqual(
        refused,
      )
    const numbered = await signIdentity(world, { sub: 'once-5', jti: 7_000 + Number(newJti().slice(4)) })
    expect((await hello(undefined, numbered)).actor.isVerified).toBe(true)
    expect(await refusal(hello(undefined, numbered))).toEqual(refused)
  })

  it('is remembered only as a digest and for as long as it could be used, skew included', async () => {
    const jti = `remembered-${newJti()}`
    const token = await signIdentity(world, { sub: 'once-6', jti })
    const { visitorToken = '' } = await hello(undefined, token)
    const kept = await world.parts.database.query('select * from used_identities')
    expect(JSON.stringify(kept)).not.toContain(jti)
    world.clock.advance(10 * minute + 29_000)
    expect(await refusal(hello(undefined, token))).toEqual(refused)
    expect(await visitorByToken(world.parts, 'marlow', visitorToken)).toBeDefined()
    world.clock.advance(minute)
    // The shop has begun to count anew.
    const later = await signIdentity(world, { sub: 'once-6', jti })
    expect((await hello(undefined, later)).actor.isVerified).toBe(true)
  })
})

describe('a signed token with a jti on two nodes', () => {
  let both: SiteNodes
  beforeAll(async () => {
    both = await createSiteNodes()
    await openIdentitySite(both.nodes[0], 'marlow')
  })
  afterAll(() => both.close())

  it('signs in one of fifty browsers that show it at the same moment', async () => {
    const [left, right] = both.nodes
    const token = await signIdentity(left, { sub: 'once-7', jti: 'of fifty' })
    const all = await Promise.allSettled(
      Array.from({ length: 50 }, (_, at) => helloOn(at % 2 === 0 ? left : right, undefined, token)),
    )
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of all) if (one.status === 'rejected') expect(one.reason.refusal).toEqual(refused)
  })
})
