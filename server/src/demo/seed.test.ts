import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recogniseVisitor } from '../identity/index.ts'
import { createAttempts } from '../identity/sessions/attempts.ts'
import { signIn } from '../identity/sessions/sign-in.ts'
import { findPanelSite, findSite, isOpenAt } from '../sites/index.ts'
import { createSiteWorld, engines, type SiteWorld } from '../testing/site-world.ts'
import { marlow, staff, vendorMembers } from './cast.ts'
import { identityToken } from './identity-token.ts'
import { castBuyers, castVendorMembers } from './person.ts'
import { seedDemo } from './seed.ts'

const browser = { ip: '127.0.0.1', userAgent: 'test', cookieToken: undefined }

describe.each(engines)('the seeded marketplace on %s', (engine) => {
  let world: SiteWorld
  beforeAll(async () => {
    world = await createSiteWorld(engine, { PUBLIC_URL: 'http://localhost:3000' })
    await seedDemo(world.parts)
  })
  afterAll(() => world.close())

  const count = async (table: string) =>
    (await world.parts.database.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n

  it('is open at any hour and allows the pages of the shop', async () => {
    const site = await findSite(world.parts, marlow.siteKey)
    expect(site && isOpenAt(site.hours, world.clock.now())).toBe(true)
    expect(site?.allowedOrigins).toEqual(['http://localhost:3000'])
    expect((await findPanelSite(world.parts, marlow.siteKey))?.public.branding.name).toBe('Marlow')
  })

  it('lets everybody of the cast sign in with the demo password', async () => {
    const attempts = createAttempts()
    for (const { email, memberId } of [...Object.values(staff), ...Object.values(vendorMembers)]) {
      const signed = await signIn(world.parts, attempts, { email, password: marlow.password }, browser)
      expect(signed).toMatchObject({ siteId: marlow.siteId, memberId })
    }
  })

  it('recognises its buyers and vendors by the tokens the shop signs', async () => {
    for (const person of [...castBuyers, ...castVendorMembers]) {
      const token = await identityToken(person, world.clock)
      const { actor } = await recogniseVisitor(world.parts, {
        siteKey: marlow.siteKey,
        identityToken: token,
      })
      expect(actor).toMatchObject({ isVerified: true, role: person.role, name: person.name })
      if (person.role === 'vendor') expect(actor.vendorId).toBe(person.vendorId)
      else expect(actor.orders.every((order) => order.vendorIds.length > 0)).toBe(true)
    }
  })

  it('comes out the same when seeded again, and keeps what somebody changed', async () => {
    const tables = ['sites', 'vendors', 'accounts', 'members', 'queues', 'queue_members', 'canned_replies']
    const before = await Promise.all(tables.map(count))
    await world.parts.database.query(`update members set name = 'Ines D.' where member_id = 'mem_ines'`)
    await seedDemo(world.parts)
    expect(await Promise.all(tables.map(count))).toEqual(before)
    expect(before).toEqual([1, 3, 7, 7, 5, 7, 12])
    const rows = await world.parts.database.query(`select name from members where member_id = 'mem_ines'`)
    expect(rows).toEqual([{ name: 'Ines D.' }])
  })

  it('allows the address of this start when the port is another one', async () => {
    const config = { ...world.parts.config, publicUrl: 'http://localhost:4000' }
    await seedDemo({ ...world.parts, config })
    const site = await findSite(world.parts, marlow.siteKey)
    expect(site?.allowedOrigins).toEqual(['http://localhost:3000', 'http://localhost:4000'])
  })

  it('is never made in production', async () => {
    const config = { ...world.parts.config, production: true }
    await expect(seedDemo({ ...world.parts, config })).rejects.toThrow('production')
  })
})
