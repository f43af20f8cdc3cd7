import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRoutingWorld, type RoutingWorld } from '../../testing/routing-world.ts'
import { engines } from '../../testing/site-world.ts'
import { weighVendors } from '../sweep.ts'

const day = 24 * 60 * 60 * 1000
const minute = 60_000

describe.each(engines)('a vendor under the site’s rules on %s', (engine) => {
  let world: RoutingWorld
  let ask: RoutingWorld['ask']
  const named: string[] = []
  beforeAll(async () => {
    world = await createRoutingWorld(engine)
    ask = world.ask
    await world.arrive('elin', 50)
  })
  afterAll(() => world.close())

  const weigh = () => weighVendors(world.world.parts, world.log)
  const kiln = () => ask('priya', 'viewVendor', { vendorId: 'ven_kiln' })
  const figure = async (metric: string) =>
    (await kiln()).standing.figures.find((one) => one.metric === metric)

  /** One chat: asked, answered after some minutes, asked again, answered again, rated. */
  async function chat(stars: 1 | 2 | 3 | 4 | 5, first: number, next: number): Promise<string> {
    const conversationId = await world.startWith('marta', 'ven_kiln')
    world.world.clock.advance(first * minute)
    await ask('elin', 'takeConversation', { conversationId })
    await ask('elin', 'sendMessage', { conversationId, text: 'It is' })
    await ask('elin', 'sendMessage', { conversationId, text: 'really' })
    for (const text of ['And', 'in blue?']) {
      await ask('marta', 'sendMessage', { conversationId, text })
      world.world.clock.advance((next / 2) * minute)
    }
    await ask('elin', 'sendMessage', { conversationId, text: 'That too' })
    await ask('elin', 'closeConversation', { conversationId })
    await ask('marta', 'rateConversation', { conversationId, stars })
    return conversationId
  }

  it('has its figures worked out from the log: ratings, first replies and next ones', async () => {
    for (const [stars, first, next] of [
      [5, 4, 2],
      [4, 6, 8],
      [3, 200, 40],
    ] as const)
      named.push(await chat(stars, first, next))
    expect(await figure('rating')).toMatchObject({ value: 4, sample: 3 })
    expect(await figure('firstReplyMinutes')).toMatchObject({ value: 6, sample: 3 })
    expect(await figure('nextReplyMinutes')).toMatchObject({ value: 8, sample: 3 })
    expect(await figure('score')).toMatchObject({ value: null, sample: 0, verdict: 'none' })
    const { cases } = await kiln()
    expect(cases.filter(({ metric }) => metric === 'firstReplyMinutes').map(({ value }) => value)).toContain(
      200,
    )
  })

  it('is shown to buyers where they choose whom to write to, once three have rated it', async () => {
    const ratingOf = async (vendorId: string) => {
      const about = { product: { id: 'prd_any', vendorId } }
      const { choices } = await ask('omar', 'describeChoices', { about })
      return choices.find(({ id }) => id === `vendor:${vendorId}`)?.rating
    }
    expect(await ratingOf('ven_kiln')).toEqual({ average: 4, count: 3 })
    expect(await ratingOf('ven_nordvik')).toBeNull()
    const { database } = world.world.parts
    const [hidden] = await database.query<{ rating: number }>(
      'select rating from conversations where conversation_id = $1',
      [named[0]],
    )
    const rate = (stars: number | null) =>
      database.query('update conversations set rating = $2 where conversation_id = $1', [named[0], stars])
    await rate(null)
    expect(await ratingOf('ven_kiln')).toBeNull()
    await rate(hidden?.rating ?? null)
  })

  it('counts who was never answered, until now, and not what support answered', async () => {
    const unanswered = await world.startWith('omar', 'ven_kiln')
    world.world.clock.advance(90 * minute)
    expect(await figure('firstReplyMinutes')).toMatchObject({ sample: 4, value: 48 })
    await ask('daniel', 'takeConversation', { conversationId: unanswered })
    await ask('daniel', 'sendMessage', { conversationId: unanswered, text: 'Support here' })
    expect(await figure('firstReplyMinutes')).toMatchObject({ sample: 3, value: 6 })
    await ask('daniel', 'closeConversation', { conversationId: unanswered, reason: 'Answered' })
  })

  it('reads what reviewers scored, and not what is disputed', async () => {
    const { database, clock } = world.world.parts
    await database.query(
      `insert into review_rubrics (site_id, version, criteria, saved_at, saved_by)
       values ('site_marlow', 1, '[]'::jsonb, $1, 'Ines') on conflict do nothing`,
      [clock.now()],
    )
    for (const [at, state] of ['finished', 'disputed', 'decided'].entries())
      await database.query(
        `insert into reviews (site_id, review_id, conversation_id, about_member, vendor_id, reasons, state, chosen_at,
           closed_at, rubric_version, score, finished_at)
         values ('site_marlow', $1, $2, 'mem_elin', 'ven_kiln', '{}', $3, $4, $4, 1, $5, $4)`,
        [`rev_${at}`, named[at], state, clock.now(), [90, 10, 70][at]],
      )
    expect(await figure('score')).toMatchObject({ value: 80, sample: 2 })
  })

  it('reads which flags on its messages somebody confirmed, of all it has answered', async () => {
    const [first = '', second = '', third = ''] = named
    const system = { kind: 'system', siteId: 'site_marlow', rule: 'terms' } as const
    async function flag(conversationId: string, who: string, verdict: 'confirmed' | 'dismissed') {
      const events = await world.events(conversationId)
      const message = events.find((event) => event.type === 'messageSent' && event.by.name === who)
      if (message?.type !== 'messageSent') throw new Error('There is no such message')
      const { messageId } = message.payload
      const flags = [{ kind: 'email', rule: 'email.plain', certainty: 0.9 }]
      await world.log.append({
        actor: system,
        conversationId,
        requestId: null,
        content: null,
        decide: () => [
          { type: 'messageFlagged', payload: { messageId, flags, ruleVersion: 1 } },
          { type: 'flagsResolved', payload: { messageId, verdict } },
        ],
      })
    }
    expect(await figure('flagRate')).toMatchObject({ value: 0, sample: 3 })
    await flag(first, 'Marta Oliveira', 'confirmed')
    await flag(second, 'Elin Berg', 'dismissed')
    expect(await figure('flagRate')).toMatchObject({ value: 0, sample: 3 })
    await flag(third, 'Elin Berg', 'confirmed')
    expect(await figure('flagRate')).toMatchObject({ value: 33.33, sample: 3 })
  })

  it('is not touched before the rules are on, and they can be tried without touching anybody', async () => {
    for (let index = 0; index < 6; index += 1) named.push(await chat(1, 5, 2))
    await weigh()
    expect((await kiln()).state).toBe('active')
    const { rules } = await ask('ines', 'viewVendorRules', {})
    const standing = { ...rules.standing, leastSample: 5, cureDays: 7 }
    for (const who of ['priya', 'daniel', 'elin'] as const)
      expect((await world.refusal(who, 'tryVendorRules', { standing })).code).toBe('notAllowed')
    const tried = await ask('ines', 'tryVendorRules', { standing })
    expect(tried.vendors).toBe(3)
    expect(tried.steps).toMatchObject([{ vendorId: 'ven_kiln', act: 'restrict' }])
    expect(tried.steps[0]?.conversationIds.length).toBeGreaterThan(4)
    expect((await kiln()).state).toBe('active')
    await ask('ines', 'saveVendorRules', { rules: { ...rules, standing: { ...standing, isOn: true } } })
  })

  it('is not touched while the rules are rolled out to others', async () => {
    const { database } = world.world.parts
    const rule = {
      isKilled: false,
      sharePercent: 0,
      vendorIds: ['ven_nordvik'],
      cohort: null,
      holdOutPercent: 0,
    }
    const rolledOutTo = (vendorIds: string[]) =>
      database.query(
        `insert into rollouts (site_id, feature, revision, rule, changed_at, changed_by)
         select 'site_marlow', 'standingRules', count(*) + 1, $1::jsonb, now(), 'Ines' from rollouts`,
        [JSON.stringify({ ...rule, vendorIds })],
      )
    await rolledOutTo(['ven_nordvik'])
    world.world.clock.advance(10_000)
    await weigh()
    expect(await kiln()).toMatchObject({ state: 'active', verdict: 'hard' })
    await rolledOutTo(['ven_kiln'])
    world.world.clock.advance(10_000)
  })

  it('is restricted with a notice that names the cases, and suspended when it stays below', async () => {
    await weigh()
    const restricted = await kiln()
    expect(restricted).toMatchObject({
      state: 'restricted',
      verdict: 'hard',
      limits: { capacity: 2, areLinksOff: true },
    })
    const notice = restricted.steps.at(-1)
    expect(notice).toMatchObject({ act: 'restrict', isByRule: true })
    expect(notice?.why).toMatch(/^Rating 2 from 9, limit 3\.5/)
    for (const conversationId of notice?.conversationIds ?? []) expect(named).toContain(conversationId)
    await weigh()
    expect((await kiln()).steps.at(-1)).toEqual(notice)
    world.world.clock.advance(8 * day)
    await weigh()
    expect((await kiln()).state).toBe('suspended')
    expect((await world.refusal('elin', 'listInbox', { view: 'all' })).code).toBe('notAllowed')
  })

  it('is readmitted on appeal by anybody of the staff when a rule decided, and not weighed on the old cases at once', async () => {
    await ask('elin', 'appealAsVendor', { text: 'We have changed how we answer.' })
    const granted = await ask('daniel', 'decideVendorAppeal', {
      vendorId: 'ven_kiln',
      verdict: 'grant',
      reason: 'They have',
    })
    expect(granted.state).toBe('probation')
    world.world.clock.advance(31 * day)
    await weigh()
    expect((await kiln()).state).toBe('probation')
  })
})
