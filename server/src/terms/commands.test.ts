import type { TermRules } from '@parley/shared/protocol/terms.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedDemo } from '../demo/seed.ts'
import { type Asker, createAskers } from '../testing/ask-site.ts'
import { createSiteWorld, engines, type SiteWorld } from '../testing/site-world.ts'
import { loadTermRules } from './current-rules.ts'
import { defaultTermRules } from './default-rules.ts'

describe.each(engines)('the rules of a site on %s', (engine) => {
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

  const change = (more: Partial<TermRules>): TermRules => ({ ...defaultTermRules, ...more })

  it('begin with what every site begins with', async () => {
    const { versions } = await daniel.ask('listTermRules')
    expect(versions).toEqual([{ version: 0, rules: defaultTermRules, at: null, by: null }])
    expect(await loadTermRules(world.parts, ines.actor.siteId)).toEqual(versions[0])
  })

  it('are read and tried by moderators, and saved by admins alone', async () => {
    for (const asker of [priya, elin]) {
      expect(await asker.refusal('listTermRules')).toEqual({ code: 'notAllowed' })
      expect(await asker.refusal('tryTermRules', { rules: defaultTermRules })).toEqual({ code: 'notAllowed' })
    }
    for (const asker of [priya, elin, daniel])
      expect(await asker.refusal('saveTermRules', { from: 0, rules: defaultTermRules })).toEqual({
        code: 'notAllowed',
      })
    await daniel.ask('tryTermRules', { rules: defaultTermRules })
  })

  it('get a new version each time, with its line in the audit log, and hold at once', async () => {
    const first = await ines.ask('saveTermRules', { from: 0, rules: change({ keyPhrases: ['five stars'] }) })
    expect(first).toEqual({
      version: 1,
      rules: change({ keyPhrases: ['five stars'] }),
      at: world.clock.now().toISOString(),
      by: 'Ines Duarte',
    })
    expect(await loadTermRules(world.parts, ines.actor.siteId)).toEqual(first)
    const linksOff = { vendors: false, buyers: false, vendorIds: ['ven_kiln'] }
    const second = await ines.ask('saveTermRules', { from: 1, rules: change({ linksOff }) })
    expect(await loadTermRules(world.parts, ines.actor.siteId)).toEqual(second)
    const { versions } = await daniel.ask('listTermRules')
    expect(versions.map(({ version }) => version)).toEqual([2, 1, 0])
    expect(versions[1]).toEqual(first)
    const { entries } = await ines.ask('listAudit', { limit: 2 })
    expect(entries.map((entry) => [entry.action, entry.object])).toEqual([
      ['termRules.saved', 'termRules:2'],
      ['termRules.saved', 'termRules:1'],
    ])
  })

  it('are listed in pages', async () => {
    const page = await daniel.ask('listTermRules', { limit: 1 })
    expect([page.versions.map(({ version }) => version), page.before]).toEqual([[2], 2])
    const next = await daniel.ask('listTermRules', { before: 2, limit: 5 })
    expect([next.versions.map(({ version }) => version), next.before]).toEqual([[1, 0], null])
  })

  it('that somebody else has changed meanwhile are a conflict, and no version is ever rewritten', async () => {
    const conflict = { code: 'conflict', reason: 'termRules.changed' }
    expect(await ines.refusal('saveTermRules', { from: 1, rules: defaultTermRules })).toEqual(conflict)
    expect(await ines.refusal('saveTermRules', { from: 7, rules: defaultTermRules })).toEqual(conflict)
    const { database } = world.parts
    await expect(database.query(`update term_rules set rules = '{}'`)).rejects.toThrow('never changed')
    await expect(database.query('delete from term_rules')).rejects.toThrow('never changed')
  })

  it('of two who save at the same moment keep one, with one audit line', async () => {
    const saves = await Promise.allSettled(
      [1, 2].map(() => ines.ask('saveTermRules', { from: 2, rules: change({ keyPhrases: ['swap'] }) })),
    )
    expect(saves.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const { entries } = await ines.ask('listAudit', { limit: 5 })
    expect(entries.filter(({ object }) => object === 'termRules:3')).toHaveLength(1)
  })

  it('keep blocked hosts as browsers ask for them, and refuse a line that is none, by its number', async () => {
    const { version } = await loadTermRules(world.parts, ines.actor.siteId)
    const wish = (blockedHosts: string[]) => ({ from: version, rules: change({ blockedHosts }) })
    expect(await ines.refusal('saveTermRules', wish(['bad.example', 'com', 'worse.example']))).toMatchObject({
      code: 'invalid',
      reason: 'host.shape',
      field: 'rules.blockedHosts.1',
    })
    const many = Array.from({ length: 1_001 }, (_, at) => `host-${at}.example`)
    expect(await ines.refusal('saveTermRules', wish(many))).toMatchObject({ reason: 'hosts.tooMany' })
    expect((await loadTermRules(world.parts, ines.actor.siteId)).version).toBe(version)
    const saved = await ines.ask(
      'saveTermRules',
      wish(['https://BAD.example./x', 'bad.example', 'böse.example']),
    )
    expect(saved.rules.blockedHosts).toEqual(['bad.example', 'xn--bse-sna.example'])
    const [line] = await world.parts.database.query<Record<string, string>>(
      `select * from audit where action = 'termRules.saved' and object = $1`,
      [`termRules:${version + 1}`],
    )
    expect(line?.before_digest).toMatch(/^[0-9a-f]{64}$/)
    expect(line?.after_digest).not.toBe(line?.before_digest)
    expect(JSON.stringify(line)).not.toContain('bad.example')
  })

  it('keep the hosts when a page saves that knows of none, and lose them when they are taken off', async () => {
    const { version, rules } = await loadTermRules(world.parts, ines.actor.siteId)
    const { blockedHosts: _, ...older } = change({ keyPhrases: ['swap'] })
    const kept = await ines.ask('saveTermRules', { from: version, rules: older })
    expect(kept.rules.blockedHosts).toEqual(rules.blockedHosts)
    const off = await ines.ask('saveTermRules', { from: kept.version, rules: change({ blockedHosts: [] }) })
    expect(off.rules.blockedHosts).toEqual([])
  })

  it('have links switched by moderators and admins, for one vendor or all, and nothing else of them changed', async () => {
    const reason = 'Its account was taken over; card 4242 4242 4242 4242'
    const before = await loadTermRules(world.parts, ines.actor.siteId)
    for (const asker of [priya, elin])
      expect(await asker.refusal('switchLinks', { vendorId: 'ven_kiln', isOff: true, reason })).toEqual({
        code: 'notAllowed',
      })
    const off = await daniel.ask('switchLinks', { vendorId: 'ven_kiln', isOff: true, reason })
    expect(off).toEqual({
      version: before.version + 1,
      rules: { ...before.rules, linksOff: { vendors: false, buyers: false, vendorIds: ['ven_kiln'] } },
      at: world.clock.now().toISOString(),
      by: daniel.actor.name,
    })
    expect(await loadTermRules(world.parts, ines.actor.siteId)).toEqual(off)
    expect(await daniel.ask('switchLinks', { vendorId: 'ven_kiln', isOff: true, reason })).toEqual(off)
    const all = await ines.ask('switchLinks', { vendorId: null, isOff: true, reason })
    expect(all.rules.linksOff).toEqual({ vendors: true, buyers: false, vendorIds: ['ven_kiln'] })
    await daniel.ask('switchLinks', { vendorId: 'ven_kiln', isOff: false, reason })
    const on = await daniel.ask('switchLinks', { vendorId: null, isOff: false, reason })
    expect([on.version, on.rules]).toEqual([before.version + 4, before.rules])
    const { entries } = await ines.ask('listAudit', { limit: 4 })
    const version = (more: number) => `termRules:${before.version + more}`
    expect(entries.map((entry) => [entry.action, entry.object, entry.reason])).toEqual(
      [
        ['links.switchedOn', `${version(4)} of site:site_marlow`],
        ['links.switchedOn', `${version(3)} of vendor:ven_kiln`],
        ['links.switchedOff', `${version(2)} of site:site_marlow`],
        ['links.switchedOff', `${version(1)} of vendor:ven_kiln`],
      ].map((line) => [...line, 'Its account was taken over; card •••• 4242']),
    )
  })

  it('keep both of two switches at the same moment, and none about vendors of elsewhere', async () => {
    const wish = { isOff: true, reason: 'Both were taken over' }
    const { version } = await loadTermRules(world.parts, ines.actor.siteId)
    await Promise.all([
      daniel.ask('switchLinks', { vendorId: 'ven_kiln', ...wish }),
      ines.ask('switchLinks', { vendorId: 'ven_nordvik', ...wish }),
    ])
    const now = await loadTermRules(world.parts, ines.actor.siteId)
    expect([now.version, now.rules.linksOff.vendorIds.toSorted()]).toEqual([
      version + 2,
      ['ven_kiln', 'ven_nordvik'],
    ])
    expect(await daniel.refusal('switchLinks', { vendorId: 'ven_elsewhere', ...wish })).toEqual({
      code: 'notFound',
      reason: 'vendor.unknown',
    })
    await ines.ask('saveTermRules', { from: now.version, rules: change({ keyPhrases: ['swap'] }) })
  })

  it('are complete and about vendors of the site', async () => {
    const { email: _, ...incomplete } = defaultTermRules.vendorToBuyer
    expect(
      await ines.refusal('saveTermRules', {
        from: 10,
        rules: change({ vendorToBuyer: incomplete as TermRules['vendorToBuyer'] }),
      }),
    ).toMatchObject({ code: 'invalid' })
    const linksOff = { vendors: false, buyers: false, vendorIds: ['ven_elsewhere'] }
    expect(await ines.refusal('saveTermRules', { from: 10, rules: change({ linksOff }) })).toEqual({
      code: 'invalid',
      reason: 'vendor.unknown',
      field: 'rules.linksOff.vendorIds',
    })
  })

  it('are tried on what vendors and buyers of the site wrote in the last thirty days, and change nothing', async () => {
    const before = (await daniel.ask('tryTermRules', { rules: defaultTermRules })).messages
    await given('cnv_try', 'ven_kiln', 'site_marlow')
    await says('cnv_try', 1, 'vendor', 'Write to elin@kiln.example', 1)
    await says('cnv_try', 2, 'customer', 'You idiot, 4242 4242 4242 4242', 2)
    await says('cnv_try', 3, 'staff', 'Mine is priya@marlow.example', 3)
    await says('cnv_try', 4, 'vendor', 'Too long ago: old@kiln.example', 31)
    await given('cnv_support', null, 'site_marlow')
    await says('cnv_support', 1, 'customer', 'To support: marta@example.org', 1)
    await elsewhere()
    const stored = await eventCount()
    const trial = await daniel.ask('tryTermRules', { rules: change({ keyPhrases: ['write to'] }) })
    expect(trial.messages).toBe(before + 2)
    expect(trial.isCut).toBe(false)
    const ours = (kind: string) =>
      trial.kinds
        .find((one) => one.kind === kind)
        ?.samples.filter(({ conversationId }) => conversationId === 'cnv_try')
    expect(ours('email')).toEqual([
      {
        conversationId: 'cnv_try',
        messageId: 'msg_cnv_try_1',
        direction: 'vendorToBuyer',
        at: expect.any(String),
        text: 'Write to ••••',
        action: 'mask',
      },
    ])
    expect(ours('keyPhrase')).toHaveLength(1)
    expect(ours('abuse')?.[0]).toMatchObject({ text: 'You idiot, •••• 4242', direction: 'buyerToVendor' })
    expect(JSON.stringify(trial)).not.toMatch(/old@|marta@|priya@|other@|4242 4242/)
    expect(Object.values(trial.verdicts).reduce((sum, count) => sum + count)).toBe(trial.messages)
    expect(await eventCount()).toBe(stored)
    const blocking = await daniel.ask('tryTermRules', { rules: change({ blockedHosts: ['kiln.example'] }) })
    expect(blocking.kinds.find(({ kind }) => kind === 'blockedHost')?.samples).toMatchObject([
      { messageId: 'msg_cnv_try_1', action: 'refuse' },
    ])
    const days = await daniel.ask('tryTermRules', { rules: defaultTermRules, days: 1 })
    expect(days.messages).toBeLessThan(trial.messages)
    expect(await daniel.refusal('tryTermRules', { rules: defaultTermRules, days: 31 })).toMatchObject({
      code: 'invalid',
    })
  })

  const dayMs = 86_400_000
  async function given(conversationId: string, vendorId: string | null, siteId: string) {
    const [{ contact_id, queue_id } = { contact_id: '', queue_id: '' }] = await world.parts.database.query<{
      contact_id: string
      queue_id: string
    }>(`select contact_id, queue_id from contacts join queues using (site_id) where site_id = $1 limit 1`, [
      siteId,
    ])
    await world.parts.database.query(
      `insert into conversations (site_id, conversation_id, contact_id, vendor_id, queue_id, status, seq, customer_position,
         vendor_position, started_at, updated_at, state) values ($1, $2, $3, $4, $5, 'closed', 4, 4, 4, $6, $6, '{}')`,
      [siteId, conversationId, contact_id, vendorId, queue_id, world.clock.now()],
    )
  }
  async function says(
    conversationId: string,
    seq: number,
    side: string,
    text: string,
    daysAgo: number,
    siteId = 'site_marlow',
  ) {
    const at = new Date(world.clock.now().getTime() - daysAgo * dayMs + 60_000)
    const payload = { messageId: `msg_${conversationId}_${seq}`, text, files: [] }
    await world.parts.database.query(
      `insert into events (site_id, conversation_id, seq, type, at, actor_id, by, payload)
       values ($1, $2, $3, 'messageSent', $4, 'someone', $5, $6)`,
      [siteId, conversationId, seq, at, JSON.stringify({ side }), JSON.stringify(payload)],
    )
  }
  async function elsewhere() {
    const { database, clock } = world.parts
    await database.query(
      `insert into sites (site_id, site_key, settings, created_at) values ('site_other', 'other', '{}', $1)`,
      [clock.now()],
    )
    await database.query(
      `insert into vendors (site_id, vendor_id, external_id, name) values ('site_other', 'ven_other', 'o', 'Other')`,
    )
    await database.query(
      `insert into queues (site_id, queue_id, name, kind) values ('site_other', 'que_other', 'Q', 'support')`,
    )
    await database.query(
      `insert into contacts (site_id, contact_id, created_at) values ('site_other', 'con_other', $1)`,
      [clock.now()],
    )
    await given('cnv_other', 'ven_other', 'site_other')
    await says('cnv_other', 1, 'vendor', 'other@site.example', 1, 'site_other')
  }
  async function eventCount() {
    const [row] = await world.parts.database.query<{ count: number }>(
      'select count(*)::int as count from events',
    )
    return row?.count
  }
})
