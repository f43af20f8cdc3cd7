import type { Trigger } from '@parley/shared/protocol/triggers.ts'
import type { Rule } from '@parley/shared/triggers/rule.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { marlow } from '../demo/cast.ts'
import { seedDemo } from '../demo/seed.ts'
import { demoTriggers } from '../demo/triggers.ts'
import { type Asker, createAskers } from '../testing/ask-site.ts'
import { createSiteWorld, engines, type SiteWorld } from '../testing/site-world.ts'
import { findLive, noteCounts, whoIsHere } from './index.ts'

const rule: Rule = {
  when: [{ on: 'exit' }],
  do: { show: 'teaser', title: 'Before you go' },
  often: { times: 1, days: 7 },
}

describe.each(engines)('the triggers of a site on %s', (engine) => {
  let world: SiteWorld
  let ines: Asker
  let priya: Asker
  let daniel: Asker
  let elin: Asker
  beforeAll(async () => {
    world = await createSiteWorld(engine)
    await seedDemo(world.parts)
    const asker = createAskers(world)
    ;[ines, priya, daniel, elin] = await Promise.all([
      asker('ines'),
      asker('priya'),
      asker('daniel'),
      asker('elin'),
    ])
  })
  afterAll(() => world.close())

  const latest = async () => (await ines.ask('listAudit', { limit: 1 })).entries[0]
  const names = async () => (await ines.ask('listTriggers')).triggers.map((one) => one.name)
  const live = async () => (await findLive(world.parts, { siteKey: marlow.siteKey }))?.file
  const add = (name: string, more: Partial<Rule> = {}) =>
    ines.ask('saveTrigger', { triggerId: null, version: 0, name, isOn: true, rule: { ...rule, ...more } })

  const wishFor = ({ triggerId, version, name, rule }: Trigger, isOn: boolean) => ({
    triggerId,
    version,
    name,
    isOn,
    rule,
  })
  const change = (trigger: Trigger, isOn: boolean) => ines.ask('saveTrigger', wishFor(trigger, isOn))

  it('are read by staff, changed by admins alone, and never seen by a vendor', async () => {
    for (const somebody of [ines, priya, daniel])
      expect((await somebody.ask('listTriggers')).triggers).toHaveLength(demoTriggers.length)
    expect(await elin.refusal('listTriggers')).toEqual({ code: 'notAllowed' })
    for (const somebody of [priya, daniel, elin])
      expect(
        await somebody.refusal('saveTrigger', {
          triggerId: null,
          version: 0,
          name: 'Mine',
          isOn: true,
          rule,
        }),
      ).toEqual({ code: 'notAllowed' })
  })

  it('are saved as versions, each with its line in the audit, and reach pages at once', async () => {
    const saved = await add('Leaving')
    expect(saved).toMatchObject({ version: 1, savedBy: 'Ines Duarte', rule })
    expect((await live())?.rules.map((one) => one.id)).toContain(saved.triggerId)
    const { triggerId } = saved
    const next = await change(saved, false)
    expect(next.version).toBe(2)
    expect(await latest()).toMatchObject({
      action: 'trigger.saved',
      object: `trigger:${triggerId}`,
      reason: 'version 2, off',
    })
    expect((await live())?.rules.map((one) => one.id)).not.toContain(triggerId)
    const { versions } = await ines.ask('listTriggerVersions', { triggerId })
    expect(versions.map((one) => [one.version, one.isOn])).toEqual([
      [2, false],
      [1, true],
    ])
    expect(await ines.refusal('saveTrigger', wishFor(saved, true))).toMatchObject({
      code: 'conflict',
      reason: 'trigger.changed',
    })
    await ines.ask('removeTrigger', { triggerId })
    expect(await ines.refusal('removeTrigger', { triggerId })).toMatchObject({ code: 'notFound' })
    expect(await names()).not.toContain('Leaving')
  })

  it('are asked in the order an admin gives them', async () => {
    const ids = (await ines.ask('listTriggers')).triggers.map((one) => one.triggerId)
    const turned = [...ids].reverse()
    await ines.ask('orderTriggers', { triggerIds: turned })
    expect((await ines.ask('listTriggers')).triggers.map((one) => one.triggerId)).toEqual(turned)
    expect((await live())?.rules.map((one) => one.id)).toEqual(turned)
    expect(await ines.refusal('orderTriggers', { triggerIds: turned.slice(1) })).toMatchObject({
      code: 'conflict',
    })
    await ines.ask('orderTriggers', { triggerIds: ids })
  })

  it('go out as YAML under a plain sentence each, and come back the same', async () => {
    const { yaml } = await ines.ask('exportTriggers')
    expect(yaml).toContain('# When somebody rests on the launcher, say “Ask the people who made it')
    const before = await ines.ask('listTriggers')
    const again = await ines.ask('importTriggers', { yaml })
    expect(again).toEqual({ added: [], changed: [], unchanged: before.triggers.map((one) => one.name) })
    const changed = yaml.replaceAll('Your bank said no', 'The bank said no')
    expect((await ines.ask('importTriggers', { yaml: changed })).changed).toEqual([
      'Membership payment declined',
    ])
    expect((await ines.ask('importTriggers', { yaml })).changed).toHaveLength(1)
  })

  it.each([
    ['is no YAML', 'parley: [', 'triggerFile.yaml'],
    ['is of something else', 'parley: recipes\ntriggers: []', 'triggerFile.shape'],
    [
      'names what no trigger has',
      'parley: triggers\ntriggers:\n  - name: A\n    rule: {when: []}',
      'triggerFile.shape',
    ],
  ])('refuse a file that %s, and change nothing', async (_, yaml, reason) => {
    const before = await ines.ask('listTriggers')
    expect(await ines.refusal('importTriggers', { yaml })).toMatchObject({ code: 'invalid', reason })
    expect(await ines.ask('listTriggers')).toEqual(before)
  })

  it('refuse a file that would grow by naming itself again and again', async () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x]']
    for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg'].map((pair) => [...pair]))
      lines.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`)
    const refusal = await ines.refusal('importTriggers', { yaml: lines.join('\n') })
    expect(refusal).toMatchObject({ code: 'invalid' })
  })

  it('put segments in place before a page sees them', async () => {
    const { settings } = await ines.ask('listTriggers')
    const big = { id: 'big', name: 'Big carts', if: { fact: 'cartValue' as const, from: 100 } }
    await ines.ask('saveTriggerSettings', {
      settings: { ...settings, segments: [big], neverOn: ['/checkout*'], waitsForConsent: true },
    })
    const { triggerId } = await add('Big', { if: { segment: 'big' } })
    expect((await live())?.rules.find((one) => one.id === triggerId)?.if).toEqual(big.if)
    expect(await findLive(world.parts, { siteKey: marlow.siteKey })).toMatchObject({
      neverOn: ['/checkout*'],
      waitsForConsent: true,
    })
    expect(JSON.stringify(await live())).not.toContain('Big')
    await ines.ask('removeTrigger', { triggerId })
    await ines.ask('saveTriggerSettings', { settings })
  })

  it('sum what pages counted by day, leave out what is not theirs, and heed who asks for privacy', async () => {
    const tell = (counts: unknown, asksForPrivacy = false) =>
      noteCounts(world.parts, marlow.siteKey, JSON.stringify(counts), asksForPrivacy)
    expect(
      await tell([
        ['trg_return', 'shown', 2],
        ['', 'opened', 1],
        ['trg_of_another', 'shown', 9],
      ]),
    ).toBe(true)
    world.clock.advance(86_400_000)
    expect(await tell([['trg_return', 'shown', 3]])).toBe(true)
    expect(await tell([['trg_return', 'shown', 5]], true)).toBe(true)
    for (const bad of [
      '',
      'x',
      [],
      [['trg_return', 'paid', 1]],
      [['trg_return', 'shown', 1e9]],
      [['', 'shown', 1]],
    ])
      expect(await tell(bad)).toBe(false)
    expect(await noteCounts(world.parts, 'nobody', '[["","opened",1]]', false)).toBe(false)
    const report = await priya.ask('readTriggerReport', { days: 7 })
    expect(report.triggers).toEqual([{ triggerId: 'trg_return', counts: { shown: 5 } }])
    expect(report.launcher).toEqual({ opened: 1 })
    expect(report.days.map((day) => day.shown).slice(-2)).toEqual([2, 3])
    expect(report.days).toHaveLength(7)
  })

  it('ask who is there, and tell no more than any visitor can see', async () => {
    const ask = (vendorId: string, siteKey: string = marlow.siteKey) =>
      whoIsHere(world.parts, siteKey, vendorId)
    expect(await ask('ven_kiln')).toEqual({ open: 'yes', support: 'no', vendor: 'no' })
    expect(await ask('ven_absent')).toEqual(await ask(''))
    expect(await ask('ven_kiln', 'nobody')).toBeUndefined()
  })
})
