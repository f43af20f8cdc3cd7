import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRoutingWorld, offeredTo, type RoutingWorld } from '../../testing/routing-world.ts'
import { engines } from '../../testing/site-world.ts'
import { vendorStanding } from '../standing/vendor-standing.ts'
import { sweepVendors } from '../sweep.ts'

const minute = 60_000
const day = 24 * 60 * minute

describe.each(engines)('the standing of a vendor on %s', (engine) => {
  let world: RoutingWorld
  let ask: RoutingWorld['ask']
  let refusal: RoutingWorld['refusal']
  beforeAll(async () => {
    world = await createRoutingWorld(engine)
    ;({ ask, refusal } = world)
  })
  afterAll(() => world.close())

  const kiln = { vendorId: 'ven_kiln', reason: 'Asked a buyer to pay elsewhere' }
  const sweep = () => sweepVendors(world.world.parts, world.log, new Date(0))

  it('is changed by moderators and admins alone, and only along the machine', async () => {
    for (const who of ['priya', 'elin'] as const)
      expect(await refusal(who, 'disciplineVendor', { ...kiln, act: 'warn' })).toEqual({ code: 'notAllowed' })
    for (const act of ['lift', 'endProbation'] as const)
      expect(await refusal('daniel', 'disciplineVendor', { ...kiln, act })).toMatchObject({
        code: 'conflict',
        reason: 'vendor.state',
      })
    const unknown = { vendorId: 'ven_none', reason: 'x', act: 'warn' } as const
    expect(await refusal('daniel', 'disciplineVendor', unknown)).toMatchObject({ code: 'notFound' })
  })

  it('names only conversations that this vendor had', async () => {
    const ofNordvik = await world.startWith('marta', 'ven_nordvik')
    const conversationIds = [ofNordvik]
    expect(
      await refusal('daniel', 'disciplineVendor', { ...kiln, act: 'warn', conversationIds }),
    ).toMatchObject({ code: 'invalid', reason: 'conversation.unknown' })
    const ofKiln = await world.startWith('marta', 'ven_kiln')
    const warned = await ask('daniel', 'disciplineVendor', {
      ...kiln,
      act: 'warn',
      conversationIds: [ofKiln],
    })
    expect(warned.state).toBe('active')
    expect(warned.steps.at(-1)).toMatchObject({ act: 'warn', by: 'Daniel Okoye', conversationIds: [ofKiln] })
    const { notices } = await ask('elin', 'viewOwnVendor', {})
    expect(notices[0]).toMatchObject({ act: 'warn', why: kiln.reason, conversationIds: [ofKiln] })
    expect(JSON.stringify(notices)).not.toContain('Daniel')
    await world.calm()
  })

  it('restricted means fewer at a time, and not about everything', async () => {
    const limits = { capacity: 1, closedTopics: ['return'], areLinksOff: true }
    const restricted = await ask('daniel', 'disciplineVendor', { ...kiln, act: 'restrict', ...limits })
    expect(restricted).toMatchObject({ state: 'restricted', limits })
    await world.arrive('elin', 5)
    const [first, second] = [
      await world.startWith('marta', 'ven_kiln'),
      await world.startWith('omar', 'ven_kiln'),
    ]
    expect(offeredTo(await world.events(first))).toBe('Elin Berg')
    await ask('elin', 'acceptOffer', { conversationId: first })
    await world.pass(minute)
    expect(offeredTo(await world.events(second))).toBeNull()
    expect(await refusal('elin', 'takeConversation', { conversationId: second })).toEqual({
      code: 'notAllowed',
      reason: 'vendor.capacity',
    })
    const facts = (await vendorStanding(world.world.parts.database, 'site_marlow', ['ven_kiln'])).get(
      'ven_kiln',
    )
    expect(facts).toMatchObject({ state: 'restricted', areLinksOff: true, isHoldAll: false })
    await ask('daniel', 'disciplineVendor', { ...kiln, act: 'lift', reason: 'Settled' })
    await world.pass(3 * minute)
    expect(offeredTo(await world.events(second))).toBe('Elin Berg')
    await world.calm()
  })

  it('suspended takes everything back to support at once, in the sight of the buyer', async () => {
    await world.arrive('elin', 5)
    const conversationId = await world.startWith('marta', 'ven_kiln')
    await ask('elin', 'acceptOffer', { conversationId })
    await ask('elin', 'sendMessage', { conversationId, text: 'Hello Marta' })
    const inFlight = Array.from({ length: 5 }, () =>
      ask('elin', 'sendMessage', { conversationId, text: 'More' }),
    )
    const suspended = await ask('daniel', 'disciplineVendor', { ...kiln, act: 'suspend' })
    await Promise.allSettled(inFlight)
    expect(suspended.state).toBe('suspended')
    const events = await world.events(conversationId, 'marta')
    expect(events.at(-1)).toMatchObject({
      type: 'transferred',
      payload: { with: { kind: 'support', name: 'Marlow support' } },
      by: { party: 'system' },
    })
    for (const [name, wish] of [
      ['readConversation', { conversationId }],
      ['sendMessage', { conversationId, text: 'One last thing' }],
      ['listInbox', { view: 'all' }],
      ['listCannedReplies', {}],
      ['setAvailability', { availability: 'available' }],
    ] as const)
      expect([name, (await refusal('elin', name, wish as never)).code]).toEqual([name, 'notAllowed'])
    await ask('priya', 'sendMessage', { conversationId, text: 'I take it from here' })
    const { choices } = await ask('omar', 'describeChoices', {
      about: { product: { id: 'prd_bowl', vendorId: 'ven_kiln' } },
    })
    expect(choices.map(({ id }) => id)).toEqual(['support'])
    expect(
      await refusal('omar', 'startConversation', {
        with: { kind: 'vendor', vendorId: 'ven_kiln' },
        answers: { description: 'Hello' },
      }),
    ).toMatchObject({ code: 'notFound', reason: 'vendor.unknown' })
  })

  it('can be appealed once for each decision, and is decided by somebody else', async () => {
    expect(await ask('elin', 'viewOwnVendor', {})).toMatchObject({ state: 'suspended', mayAppeal: true })
    const own = await ask('elin', 'appealAsVendor', { text: 'It was a seasonal helper, who has left.' })
    expect(own.appeal).toMatchObject({ by: 'Elin Berg', decision: null })
    expect(await refusal('elin', 'appealAsVendor', { text: 'And again' })).toMatchObject({
      code: 'conflict',
      reason: 'appeal.open',
    })
    const decide = { vendorId: 'ven_kiln', verdict: 'grant', reason: 'The helper has left' } as const
    expect(await refusal('daniel', 'decideVendorAppeal', decide)).toEqual({
      code: 'notAllowed',
      reason: 'appeal.secondPerson',
    })
    const [one, other] = await Promise.allSettled([
      ask('ines', 'decideVendorAppeal', decide),
      ask('ines', 'decideVendorAppeal', { ...decide, verdict: 'keep' }),
    ])
    expect([one?.status, other?.status].sort()).toEqual(['fulfilled', 'rejected'])
    const { state, appeal } = await ask('ines', 'viewVendor', { vendorId: 'ven_kiln' })
    expect(appeal?.decision).toMatchObject({ by: 'Ines Duarte' })
    if (state === 'suspended') {
      // The other one was first: the decision stands, and a later decision opens a new appeal.
      expect(await refusal('elin', 'appealAsVendor', { text: 'Again' })).toMatchObject({
        reason: 'appeal.decided',
      })
      await world.world.parts.database.query(
        `update vendors set state = 'probation' where vendor_id = 'ven_kiln'`,
      )
    } else expect(state).toBe('probation')
    const written = await world.world.parts.database.query<{ action: string }>(
      `select action from audit where object = 'vendor:ven_kiln' order by audit_id`,
    )
    const actions = written.map(({ action }) => action)
    expect(actions.slice(0, 5)).toEqual([
      'vendor.warned',
      'vendor.restricted',
      'vendor.restrictionLifted',
      'vendor.suspended',
      'vendor.appealed',
    ])
  })

  it('on probation ends by itself after as many answered conversations as the site asks for', async () => {
    const { rules } = await ask('ines', 'viewVendorRules', {})
    const probation = { conversations: 2, days: null, holdsMessages: true }
    await ask('ines', 'saveVendorRules', { rules: { ...rules, probation } })
    const facts = async () =>
      (await vendorStanding(world.world.parts.database, 'site_marlow', ['ven_kiln'])).get('ven_kiln')
    expect(await facts()).toMatchObject({ isOnProbation: true, isHoldAll: true })
    for (const buyer of ['marta', 'omar'] as const) {
      await sweep()
      expect((await facts())?.state).toBe('probation')
      const conversationId = await world.startWith(buyer, 'ven_kiln')
      await ask('elin', 'takeConversation', { conversationId, from: null }).catch(() => undefined)
      await ask('elin', 'sendMessage', { conversationId, text: 'Hello' })
    }
    await sweep()
    expect(await facts()).toMatchObject({ state: 'active', isOnProbation: false, isHoldAll: false })
    const { steps } = await ask('priya', 'viewVendor', { vendorId: 'ven_kiln' })
    expect(steps.at(-1)).toMatchObject({ act: 'endProbation', isByRule: true, by: 'Parley' })
    await world.calm()
  })

  it('on probation ends by itself after as many days, and where both are asked for not before both', async () => {
    const { database, clock } = world.world.parts
    const { rules } = await ask('ines', 'viewVendorRules', {})
    const probation = { conversations: null, days: 14, holdsMessages: false }
    await ask('ines', 'saveVendorRules', { rules: { ...rules, probation } })
    const begin = () =>
      database.query(
        `update vendors set state = 'probation', state_since = $1 where vendor_id = 'ven_lumen'`,
        [clock.now()],
      )
    const stateAfterDays = async (days: number) => {
      world.world.clock.advance(days * day)
      await sweep()
      return (await ask('priya', 'viewVendor', { vendorId: 'ven_lumen' })).state
    }
    await begin()
    expect([await stateAfterDays(13), await stateAfterDays(1)]).toEqual(['probation', 'active'])
    const both = { ...probation, conversations: 1 }
    await ask('ines', 'saveVendorRules', { rules: { ...rules, probation: both } })
    await begin()
    expect(await stateAfterDays(14)).toBe('probation')
    await world.arrive('wren', 5)
    const conversationId = await world.startWith('marta', 'ven_lumen')
    await ask('wren', 'takeConversation', { conversationId, from: null }).catch(() => undefined)
    await ask('wren', 'sendMessage', { conversationId, text: 'Hello' })
    expect(await stateAfterDays(0)).toBe('active')
    await ask('ines', 'saveVendorRules', { rules })
    await world.calm()
  })

  it('ends with what was checked: refused from that moment on, on record within the minute', async () => {
    await world.arrive('nils', 5)
    const conversationId = await world.startWith('marta', 'ven_nordvik')
    await ask('nils', 'acceptOffer', { conversationId })
    const over = new Date(world.world.clock.now().getTime() + day)
    await world.world.parts.database.query('update vendors set vetted_until = $1 where vendor_id = $2', [
      over,
      'ven_nordvik',
    ])
    await ask('nils', 'sendMessage', { conversationId, text: 'Still in time' })
    world.world.clock.advance(day)
    expect((await refusal('nils', 'sendMessage', { conversationId, text: 'Too late' })).code).toBe(
      'notAllowed',
    )
    await sweep()
    const nordvik = await ask('priya', 'viewVendor', { vendorId: 'ven_nordvik' })
    expect(nordvik.state).toBe('underReview')
    expect(nordvik.steps.at(-1)).toMatchObject({ act: 'lapse', isByRule: true })
    expect((await world.events(conversationId, 'marta')).at(-1)?.type).toBe('transferred')
    expect(await ask('nils', 'viewOwnVendor', {})).toMatchObject({ state: 'underReview', mayAppeal: false })
    expect((await refusal('nils', 'listTraining', {})).code).toBe('notAllowed')
    const again = { vendorId: 'ven_nordvik', act: 'approve', reason: 'Checked again' } as const
    const approved = await ask('priya', 'reviewVendor', again)
    expect(approved.vendor.state).toBe('active')
    expect(Date.parse(approved.vendor.vettedUntilAt ?? '')).toBeGreaterThan(over.getTime())
    expect((await ask('nils', 'listInbox', { view: 'all' })).rows).toBeDefined()
  })

  it('leaves no trace that anybody could change', async () => {
    for (const change of [`update vendor_states set why = 'x'`, 'delete from vendor_states'])
      await expect(world.world.parts.database.query(change)).rejects.toThrow('append-only')
  })
})
