import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import type { RolloutRule } from '@parley/shared/protocol/rollout.ts'
import type { Feature } from '@parley/shared/rollout/features.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { marlow } from '../demo/cast.ts'
import { seedDemo } from '../demo/seed.ts'
import { type Asker, createAskers } from '../testing/ask-site.ts'
import { createSiteNodes, createSiteWorld, engines, type SiteWorld } from '../testing/site-world.ts'
import { isOn } from './index.ts'

const none: RolloutRule = { isKilled: false, sharePercent: 0, vendorIds: [], cohort: null, holdOutPercent: 0 }
const { siteId } = marlow

describe.each(engines)('the roll-out of features on %s', (engine) => {
  let world: SiteWorld
  let ines: Asker
  let daniel: Asker
  let priya: Asker
  let elin: Asker
  beforeAll(async () => {
    world = await createSiteWorld(engine)
    await seedDemo(world.parts)
    const asker = createAskers(world)
    ;[ines, daniel, priya, elin] = await Promise.all([
      asker('ines'),
      asker('daniel'),
      asker('priya'),
      asker('elin'),
    ])
  })
  afterAll(() => world.close())

  const current = async (feature: Feature) => {
    const { rollouts } = await ines.ask('listRollouts')
    const found = rollouts.find((rollout) => rollout.feature === feature)
    if (!found) throw new Error(`${feature} is not listed`)
    return found
  }
  const save = async (feature: Feature, rule: Partial<RolloutRule>) =>
    ines.ask('saveRollout', { feature, from: (await current(feature)).revision, rule: { ...none, ...rule } })
  const has = (feature: Feature, subject: Parameters<typeof isOn>[3]) =>
    isOn(world.parts, siteId, feature, subject)

  it('begins with what the code says, for every feature there is', async () => {
    const { rollouts } = await priya.ask('listRollouts')
    expect(rollouts.map(({ feature, revision, rule }) => [feature, revision, rule.sharePercent])).toEqual([
      ['vendorChat', 0, 100],
      ['rooms.vendors', 0, 0],
      ['rooms.buyers', 0, 0],
      ['terms.masking', 0, 100],
      ['moderation.typingPreview', 0, 0],
      ['tone', 0, 100],
      ['reviews', 0, 100],
      ['standingRules', 0, 100],
    ])
    expect(await has('vendorChat', { contactId: 'con_1', vendorId: 'ven_kiln' })).toBe(true)
    expect(await has('tone', { contactId: 'con_1' })).toBe(true)
    expect(await has('rooms.vendors', { vendorId: 'ven_kiln' })).toBe(false)
  })

  it('is on for named vendors at once, and off again at one press, by a moderator too', async () => {
    const saved = await save('vendorChat', { vendorIds: ['ven_kiln', 'ven_kiln'] })
    expect(saved).toMatchObject({ revision: 1, changedBy: 'Ines Duarte', rule: { vendorIds: ['ven_kiln'] } })
    expect(await has('vendorChat', { vendorId: 'ven_kiln' })).toBe(true)
    expect(await has('vendorChat', { vendorId: 'ven_nordvik' })).toBe(false)
    expect(await daniel.ask('killRollout', { feature: 'vendorChat' })).toMatchObject({
      revision: 2,
      changedBy: 'Daniel Okoye',
      rule: { isKilled: true, vendorIds: ['ven_kiln'] },
    })
    expect(await has('vendorChat', { vendorId: 'ven_kiln' })).toBe(false)
    expect(await daniel.ask('killRollout', { feature: 'vendorChat' })).toMatchObject({ revision: 2 })
    await save('vendorChat', { sharePercent: 100 })
    expect(await has('vendorChat', { vendorId: 'ven_nordvik' })).toBe(true)
  })

  it('is changed by admins, seen by staff, and neither by a vendor', async () => {
    const wish = { feature: 'vendorChat', from: 0, rule: none } as const
    for (const somebody of [daniel, priya, elin])
      expect(await somebody.refusal('saveRollout', wish)).toEqual({ code: 'notAllowed' })
    for (const somebody of [priya, elin])
      expect(await somebody.refusal('killRollout', { feature: 'vendorChat' })).toEqual({ code: 'notAllowed' })
    expect(await elin.refusal('listRollouts')).toEqual({ code: 'notAllowed' })
    expect(await elin.refusal('compareRollout', { feature: 'vendorChat' })).toEqual({ code: 'notAllowed' })
  })

  it('is not changed over somebody else’s change, nor for vendors of nowhere', async () => {
    await save('terms.masking', { sharePercent: 10 })
    const stale = { feature: 'terms.masking', from: 0, rule: { ...none, sharePercent: 90 } } as const
    expect(await ines.refusal('saveRollout', stale)).toMatchObject({
      code: 'conflict',
      reason: 'rollout.changed',
    })
    const { revision } = await current('terms.masking')
    expect(
      await ines.refusal('saveRollout', {
        ...stale,
        from: revision,
        rule: { ...none, vendorIds: ['ven_none'] },
      }),
    ).toMatchObject({ code: 'invalid', field: 'rule.vendorIds' })
    expect((await current('terms.masking')).rule.sharePercent).toBe(10)
  })

  it('has one winner when many save at once', async () => {
    const { revision } = await current('terms.masking')
    const outcomes = await Promise.allSettled(
      [10, 20, 30].map((sharePercent) =>
        ines.ask('saveRollout', {
          feature: 'terms.masking',
          from: revision,
          rule: { ...none, sharePercent },
        }),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await current('terms.masking')).revision).toBe(revision + 1)
  })

  it('leaves a line with what was changed, and digests of before and after', async () => {
    await save('terms.masking', {
      sharePercent: 25,
      holdOutPercent: 10,
      vendorIds: ['ven_kiln'],
      cohort: { role: 'seller' },
    })
    const { entries } = await ines.ask('listAudit', { object: 'feature:terms.masking' })
    expect(entries[0]).toMatchObject({
      action: 'rollout.saved',
      reason: '25 %, 1 vendors, a cohort, 10 % held out',
    })
    const [row] = await world.parts.database.query<{ before_digest: string; after_digest: string }>(
      `select before_digest, after_digest from audit where object = 'feature:terms.masking' order by number desc limit 1`,
    )
    expect(row?.before_digest).toMatch(/^[0-9a-f]{64}$/)
    expect(row?.before_digest).not.toBe(row?.after_digest)
  })

  it('compares by the log, each conversation under the rule of its own time', async () => {
    const { database, clock } = world.parts
    await save('vendorChat', { vendorIds: ['ven_kiln'] })
    const changedAt = clock.now()
    await database.query(`update conversations set started_at = started_at - interval '400 days'`)
    const given = async (
      name: string,
      vendorId: string | null,
      minutes: number,
      stars: number | null,
      replyMs: number,
    ) => {
      const startedAt = new Date(changedAt.getTime() + minutes * 60_000)
      await database.query(
        `insert into conversations (site_id, conversation_id, contact_id, vendor_id, queue_id, status, seq,
           customer_position, vendor_position, started_at, updated_at, rating, state)
         select $1, $2, contact_id, $3, 'que_support', 'open', 1, 1, 1, $4, $4, $5,
           '{"customer":{"role":"buyer","isVerified":true}}'::jsonb
         from contacts where site_id = $1 limit 1`,
        [siteId, name, vendorId, startedAt, stars],
      )
      await database.query(
        `insert into events (site_id, conversation_id, seq, type, at, actor_id, by, payload)
         values ($1, $2, 1, 'messageSent', $3, 'x', '{"side":"vendor"}'::jsonb, '{}'::jsonb)`,
        [siteId, name, new Date(startedAt.getTime() + replyMs)],
      )
    }
    await given('cnv_a', 'ven_kiln', 1, 5, 10_000)
    await given('cnv_b', 'ven_kiln', 2, 4, 30_000)
    await given('cnv_c', 'ven_nordvik', 3, 1, 90_000)
    // Before the change everybody had it.
    await given('cnv_d', 'ven_nordvik', -5, null, 50_000)
    await database.query(
      `insert into events (site_id, conversation_id, seq, type, at, actor_id, by, payload)
       values ($1, 'cnv_c', 2, 'conversationReported', $2, 'x', '{"side":"customer"}'::jsonb, '{}'::jsonb)`,
      [siteId, changedAt],
    )
    world.clock.advance(10 * 60_000)
    const { groups, isCut } = await priya.ask('compareRollout', { feature: 'vendorChat', days: 1 })
    expect(isCut).toBe(false)
    const of = (group: string) => groups.find((figures) => figures.group === group)
    expect(of('on')).toEqual({
      group: 'on',
      conversations: 3,
      rated: 2,
      rating: 4.5,
      answered: 3,
      firstReplyMs: 30_000,
      flagged: 0,
    })
    expect(of('off')).toMatchObject({ conversations: 1, rating: 1, firstReplyMs: 90_000, flagged: 1 })
    expect(of('heldOut')).toMatchObject({ conversations: 0, rating: null, firstReplyMs: null })
  })

  it('compares what rooms do by the chats of those who have them, and by what was flagged in the rooms', async () => {
    const { database, clock } = world.parts
    await save('rooms.vendors', { vendorIds: ['ven_kiln'] })
    await database.query(`update conversations set started_at = started_at - interval '400 days'`)
    const startedAt = new Date(clock.now().getTime() + 60_000)
    for (const [name, vendorId, members] of [
      ['cnv_kilns', 'ven_kiln', null],
      ['cnv_lumens', 'ven_lumen', null],
      ['cnv_room', null, ['ven_kiln', 'ven_nordvik']],
    ] as const) {
      await database.query(
        `insert into conversations (site_id, conversation_id, contact_id, vendor_id, room_members, queue_id, status, seq,
           customer_position, vendor_position, started_at, updated_at, state)
         select $1, $2, case when $4::text[] is null then contact_id end, $3, $4::text[], 'que_support', 'open', 1, 1, 1,
           $5, $5, '{"customer":{"role":"buyer","isVerified":true},"with":{"kind":"vendors"}}'::jsonb
         from contacts where site_id = $1 limit 1`,
        [siteId, name, vendorId, members, startedAt],
      )
      await database.query(
        `insert into events (site_id, conversation_id, seq, type, at, actor_id, by, payload)
         values ($1, $2, 1, $4, $3, 'x', '{"side":"vendor"}'::jsonb, '{}'::jsonb)`,
        [siteId, name, startedAt, members ? 'messageFlagged' : 'messageSent'],
      )
    }
    world.clock.advance(10 * 60_000)
    const compared = async (feature: Feature) => {
      const { groups } = await priya.ask('compareRollout', { feature, days: 1 })
      return groups.map(({ group, conversations, flagged, answered }) => [
        group,
        conversations,
        flagged,
        answered,
      ])
    }
    expect(await compared('rooms.vendors')).toEqual([
      ['on', 2, 1, 1],
      ['heldOut', 0, 0, 0],
      ['off', 1, 0, 1],
    ])
    expect(await compared('tone')).toEqual([
      ['on', 2, 0, 2],
      ['heldOut', 0, 0, 0],
      ['off', 0, 0, 0],
    ])
  })

  it('asked within a transaction sees its own change and remembers nothing of it', async () => {
    const { parts } = world
    await parts.database
      .transaction(async (sql) => {
        await sql.query(
          `insert into rollouts (site_id, feature, revision, rule, changed_at, changed_by)
           values ($1, 'tone', 1, $2::jsonb, now(), 'x')`,
          [siteId, JSON.stringify({ ...none, isKilled: true })],
        )
        world.clock.advance(60_000)
        expect(await isOn(parts, siteId, 'tone', {}, sql)).toBe(false)
        throw new Error('never committed')
      })
      .catch((error: Error) => expect(error.message).toBe('never committed'))
    expect(await has('tone', {})).toBe(true)
  })
})

it('reaches every node within ten seconds, with nothing but the database between them', async () => {
  const { nodes, close } = await createSiteNodes()
  const [a, b] = nodes
  try {
    await seedDemo(a.parts)
    const ines = await createAskers(a)('ines')
    const subject = { vendorId: 'ven_kiln' }
    expect(await isOn(b.parts, siteId, 'vendorChat', subject)).toBe(true)
    const killed: CommandAnswer<'killRollout'> = await ines.ask('killRollout', { feature: 'vendorChat' })
    expect(killed.rule.isKilled).toBe(true)
    expect(await isOn(a.parts, siteId, 'vendorChat', subject)).toBe(false)
    b.clock.advance(10_000)
    expect(await isOn(b.parts, siteId, 'vendorChat', subject)).toBe(false)
  } finally {
    await close()
  }
})
