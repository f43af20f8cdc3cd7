import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedDemo } from '../demo/seed.ts'
import { refreshActor } from '../identity/index.ts'
import { type Asker, createAskers } from '../testing/ask-site.ts'
import { createSiteWorld, engines, type SiteWorld } from '../testing/site-world.ts'

describe.each(engines)('the vendors of a site on %s', (engine) => {
  let world: SiteWorld
  let ines: Asker
  let priya: Asker
  let elin: Asker
  beforeAll(async () => {
    world = await createSiteWorld(engine)
    await seedDemo(world.parts)
    const asker = createAskers(world)
    ;[ines, priya, elin] = await Promise.all([asker('ines'), asker('priya'), asker('elin')])
  })
  afterAll(() => world.close())

  const wish = { vendorId: null, name: 'Salt & Rope', externalId: 'seller-44' }

  it('are seen by staff and kept by admins', async () => {
    expect((await priya.ask('listVendors')).vendors.map((vendor) => vendor.name)).toEqual([
      'Kiln & Thread',
      'Lumen & Oak',
      'Nordvik Leather',
    ])
    expect(await elin.refusal('listVendors')).toEqual({ code: 'notAllowed' })
    expect(await priya.refusal('saveVendor', wish)).toEqual({ code: 'notAllowed' })
  })

  it('get a queue of their name with them, which follows the name', async () => {
    const added = await ines.ask('saveVendor', wish)
    const queue = async () =>
      (await ines.ask('listQueues')).queues.find((one) => one.queueId === added.queueId)
    expect(await queue()).toMatchObject({ name: 'Salt & Rope', kind: 'vendor', vendorId: added.vendorId })
    const { vendorId } = added
    const saved = await ines.ask('saveVendor', { ...wish, vendorId, name: 'Salt and Rope' })
    expect(saved).toEqual({ ...added, name: 'Salt and Rope' })
    expect(await queue()).toMatchObject({ name: 'Salt and Rope' })
    const { entries } = await ines.ask('listAudit', { limit: 2 })
    expect(entries.map((entry) => [entry.action, entry.object])).toEqual([
      ['vendor.saved', `vendor:${vendorId}`],
      ['vendor.added', `vendor:${vendorId}`],
    ])
  })

  it('never share the name a signed identity calls them by', async () => {
    const taken = { code: 'conflict', reason: 'vendor.externalId', field: 'externalId' }
    expect(await ines.refusal('saveVendor', wish)).toEqual(taken)
    expect(await ines.refusal('saveVendor', { ...wish, externalId: 'ven_kiln' })).toEqual(taken)
    expect(await ines.refusal('saveVendor', { ...wish, vendorId: 'ven_none' })).toMatchObject({
      code: 'notFound',
    })
  })

  it('begin with a record of who added them', async () => {
    const { vendorId } = await ines.ask('saveVendor', { ...wish, externalId: 'seller-45' })
    const { state, steps } = await priya.ask('viewVendor', { vendorId })
    expect(state).toBe('active')
    expect(steps).toMatchObject([
      { act: 'added', from: null, to: 'active', by: 'Ines Duarte', isByRule: false },
    ])
  })

  it('that are suspended keep their sign-in and lose everything else', async () => {
    const kiln = { vendorId: 'ven_kiln', reason: 'Asked for payment elsewhere' }
    await ines.ask('disciplineVendor', { ...kiln, act: 'suspend' })
    const now = await refreshActor(world.parts, elin.actor, elin.sessionId)
    expect(now).toMatchObject({ memberId: 'mem_elin', vendorState: 'suspended' })
    expect(await elin.refusal('listInbox', { view: 'all' })).toEqual({ code: 'notAllowed' })
    expect((await elin.ask('viewOwnVendor')).state).toBe('suspended')
    const { members } = await priya.ask('listColleagues')
    expect(members.map((member) => member.memberId)).not.toContain('mem_elin')
  })
})
