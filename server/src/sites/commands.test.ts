import type { SiteSettings } from '@parley/shared/protocol/settings.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { marlow } from '../demo/cast.ts'
import { seedDemo } from '../demo/seed.ts'
import { type Asker, createAskers } from '../testing/ask-site.ts'
import { createSiteWorld, engines, type SiteWorld } from '../testing/site-world.ts'
import { findPanelSite, findSite, noteLoaderServed, notePanelOpened } from './index.ts'

describe.each(engines)('the settings of a site on %s', (engine) => {
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

  type Settings = Omit<SiteSettings, 'siteId' | 'siteKey'>
  async function settings(): Promise<Settings> {
    const { siteId: _id, siteKey: _key, ...rest } = structuredClone(await ines.ask('viewSite'))
    return rest
  }
  async function refusalFor(change: (settings: Settings) => void) {
    const wished = await settings()
    change(wished)
    return ines.refusal('saveSite', { settings: wished })
  }
  const latest = async () => (await ines.ask('listAudit', { limit: 1 })).entries[0]

  it('are seen by staff, changed by admins, and neither by a vendor', async () => {
    expect((await priya.ask('viewSite')).siteKey).toBe('marlow')
    expect(await elin.refusal('viewSite')).toEqual({ code: 'notAllowed' })
    for (const somebody of [priya, daniel, elin]) {
      expect(await somebody.refusal('saveSite', { settings: await settings() })).toEqual({
        code: 'notAllowed',
      })
    }
  })

  it('are saved at once for everybody, with a line that names what changed', async () => {
    const wished = await settings()
    wished.isIdentityRequired = true
    wished.allowedOrigins = ['https://SHOP.example:443', 'https://shop.example', 'http://localhost:3000']
    const saved = await ines.ask('saveSite', { settings: wished })
    expect(saved.allowedOrigins).toEqual(['https://shop.example', 'http://localhost:3000'])
    const site = await findSite(world.parts, marlow.siteKey)
    expect(site).toEqual(saved)
    expect(await latest()).toMatchObject({
      actor: 'Ines Duarte',
      action: 'site.saved',
      object: 'site:site_marlow',
      reason: 'allowedOrigins, isIdentityRequired',
    })
    await ines.ask('saveSite', { settings: { ...wished, isIdentityRequired: false } })
  })

  it('lose whatever is not plain markup in the welcome and closing words', async () => {
    const wished = await settings()
    wished.branding.welcome =
      '<p onclick="x()">Hello <b>you</b><script>alert(1)</script><img src=x onerror=alert(1)></p><svg/onload=x>'
    wished.branding.closing =
      '<a href="javascript:x()">a</a> <a href="https://shop.example/help" style="x">b</a> <a href="//evil.example">c</a>'
    const { branding } = await ines.ask('saveSite', { settings: wished })
    expect(branding.welcome).toBe('<p>Hello <b>you</b></p>')
    expect(branding.closing).toBe(
      '<a rel="noopener noreferrer nofollow" target="_blank">a</a> ' +
        '<a href="https://shop.example/help" rel="noopener noreferrer nofollow" target="_blank">b</a> ' +
        '<a rel="noopener noreferrer nofollow" target="_blank">c</a>',
    )
  })

  it('that make no sense are refused by field, and nothing is saved', async () => {
    const before = await settings()
    const cases: [(wished: Settings) => void, string, string][] = [
      [(wished) => (wished.hours.timeZone = 'Europe/Atlantis'), 'hours.timeZone', 'hours.timeZone'],
      [(wished) => (wished.hours.week[1] = [{ from: '12:00', to: '09:00' }]), 'hours.order', 'hours.week.1'],
      [
        (wished) =>
          (wished.hours.week[2] = [
            { from: '09:00', to: '12:00' },
            { from: '11:00', to: '13:00' },
          ]),
        'hours.order',
        'hours.week.2',
      ],
      [
        (wished) => (wished.hours.week[0] = [{ from: '25:00', to: '26:00' }]),
        'hours.time',
        'hours.week.0.0.from',
      ],
      [
        (wished) => (wished.allowedOrigins = ['https://shop.example/path']),
        'origin.shape',
        'allowedOrigins.0',
      ],
      [
        (wished) => (wished.allowedOrigins = ['https://shop.example:99999']),
        'origin.shape',
        'allowedOrigins.0',
      ],
      [
        (wished) => wished.topics.push({ id: 'order', label: 'Again', queueId: null, for: 'both' }),
        'topic.twice',
        'topics.6.id',
      ],
      [
        (wished) => wished.topics.push({ id: 'new', label: 'New', queueId: 'que_kiln', for: 'both' }),
        'topic.queue',
        'topics.6.queueId',
      ],
      [
        (wished) => (wished.branding.fallbackUrl = 'javascript:alert(1)'),
        'fallbackUrl.scheme',
        'branding.fallbackUrl',
      ],
      [
        (wished) => wished.intake.support.fields.push({ ...wished.intake.support.fields[0] } as never),
        'intake.twice',
        'intake.support.fields.6.id',
      ],
    ]
    for (const [change, reason, field] of cases) {
      expect(await refusalFor(change)).toEqual({ code: 'invalid', reason, field: `settings.${field}` })
    }
    expect(await settings()).toEqual(before)
  })

  it('give the panel what its first screen needs, and nothing once the site is switched off', async () => {
    const found = await findPanelSite(world.parts, marlow.siteKey)
    expect(found?.public).toEqual({
      key: 'marlow',
      branding: {
        name: 'Marlow',
        colour: '#0f6b5c',
        launcherText: null,
        side: 'end',
        fallbackUrl: 'mailto:help@marlow.example',
      },
      notice: expect.any(String),
      chatOrigin: 'https://chat.example',
    })
    expect(found?.panel).toMatchObject({ support: { isAvailable: false, opensAt: null, closesAt: null } })
    await world.parts.database.query(
      `insert into member_presence (member_id, node_id, seen_at) values ('mem_priya', 'node', $1)`,
      [world.clock.now()],
    )
    expect((await findPanelSite(world.parts, marlow.siteKey))?.panel.support.isAvailable).toBe(true)
    world.clock.advance(46_000)
    expect((await findPanelSite(world.parts, marlow.siteKey))?.panel.support.isAvailable).toBe(false)
    await ines.ask('saveSite', { settings: { ...(await settings()), isEnabled: false } })
    expect(await findPanelSite(world.parts, marlow.siteKey)).toBeUndefined()
    expect(await findPanelSite(world.parts, 'nowhere')).toBeUndefined()
    await ines.ask('saveSite', { settings: { ...(await settings()), isEnabled: true } })
  })

  it('change on another node within seconds', async () => {
    await findSite(world.parts, marlow.siteKey)
    await world.parts.database.query(
      `update sites set settings = jsonb_set(settings, '{branding,name}', '"Marlow Market"') where site_id = 'site_marlow'`,
    )
    world.clock.advance(3_000)
    expect((await findSite(world.parts, marlow.siteKey))?.branding.name).toBe('Marlow Market')
  })

  it('tell what an installation has been seen to do', async () => {
    world.clock.advance(60_000)
    await noteLoaderServed(world.parts, marlow.siteKey)
    await notePanelOpened(world.parts, marlow.siteKey, 'https://shop.example')
    await notePanelOpened(world.parts, marlow.siteKey, 'https://copy.example')
    await notePanelOpened(world.parts, marlow.siteKey, 'javascript:alert(1)')
    await ines.ask('saveSite', {
      settings: { ...(await settings()), allowedOrigins: ['https://shop.example'] },
    })
    const check = await ines.ask('checkInstallation')
    const at = world.clock.now().toISOString()
    expect(check.loaderSeenAt).toBe(at)
    expect(check.origins).toHaveLength(2)
    expect(check.origins).toContainEqual({ origin: 'https://shop.example', seenAt: at, isAllowed: true })
    expect(check.origins).toContainEqual({ origin: 'https://copy.example', seenAt: at, isAllowed: false })
  })

  it('remember fifty page origins at most, whatever pages claim', async () => {
    for (let page = 0; page < 60; page += 1) {
      await notePanelOpened(world.parts, marlow.siteKey, `https://p${page}.example`)
    }
    expect((await ines.ask('checkInstallation')).origins).toHaveLength(50)
  })

  it('take a new key at once; the old one stops', async () => {
    const { siteKey } = await ines.ask('replaceSiteKey')
    expect(siteKey).toMatch(/^[A-Za-z0-9]{16}$/)
    expect(await findSite(world.parts, marlow.siteKey)).toBeUndefined()
    expect((await findSite(world.parts, siteKey))?.siteId).toBe(marlow.siteId)
    expect(await priya.refusal('replaceSiteKey')).toEqual({ code: 'notAllowed' })
  })

  it('hold queues that only fitting people serve', async () => {
    const wish = { queueId: null, name: 'Returns', mode: 'pick', offerSeconds: 30 } as const
    const queue = await ines.ask('saveQueue', { ...wish, memberIds: ['mem_priya', 'mem_priya'] })
    expect(queue).toMatchObject({ kind: 'support', memberIds: ['mem_priya'], mode: 'pick' })
    expect((await priya.ask('describeMe')).queueIds).toContain(queue.queueId)
    expect(await ines.refusal('saveQueue', { ...wish, memberIds: ['mem_elin'] })).toEqual({
      code: 'invalid',
      reason: 'queue.members',
      field: 'memberIds',
    })
    expect(await ines.refusal('saveQueue', { ...wish, queueId: 'que_none', memberIds: [] })).toMatchObject({
      code: 'notFound',
    })
    expect(await daniel.refusal('saveQueue', { ...wish, memberIds: [] })).toEqual({ code: 'notAllowed' })
    const ofVendor = { ...wish, queueId: 'que_kiln', name: 'Another name' }
    expect(await ines.ask('saveQueue', { ...ofVendor, memberIds: ['mem_elin'] })).toMatchObject({
      name: 'Kiln & Thread',
      vendorId: 'ven_kiln',
      memberIds: ['mem_elin'],
    })
    expect(await ines.refusal('saveQueue', { ...ofVendor, memberIds: ['mem_nils'] })).toMatchObject({
      reason: 'queue.members',
    })
  })

  it('lose a queue only when nobody waits in it, and never the last or a vendor’s', async () => {
    const { database, clock } = world.parts
    expect(await ines.refusal('removeQueue', { queueId: 'que_kiln' })).toMatchObject({
      reason: 'queue.ofVendor',
    })
    await database.query(
      `insert into conversations (site_id, conversation_id, contact_id, queue_id, status, seq, customer_position,
         vendor_position, started_at, updated_at, state)
       values ('site_marlow', 'cnv_one', 'con_marta', 'que_payments', 'waiting', 1, 1, 1, $1, $1, '{}')`,
      [clock.now()],
    )
    expect(await ines.refusal('removeQueue', { queueId: 'que_payments' })).toEqual({
      code: 'conflict',
      reason: 'queue.inUse',
    })
    await database.query(`update conversations set status = 'closed'`)
    await ines.ask('removeQueue', { queueId: 'que_payments' })
    expect((await settings()).topics.map((topic) => topic.queueId)).toEqual(Array(6).fill(null))
    expect((await ines.ask('listQueues')).queues.map((queue) => queue.queueId)).not.toContain('que_payments')
    for (const { queueId, kind } of (await ines.ask('listQueues')).queues) {
      if (kind === 'support' && queueId !== 'que_support') await ines.ask('removeQueue', { queueId })
    }
    expect(await ines.refusal('removeQueue', { queueId: 'que_support' })).toMatchObject({
      reason: 'queue.last',
    })
  })

  it('keep the replies of the marketplace and of each vendor apart', async () => {
    const wish = { cannedReplyId: null, shortcut: 'thanks', title: 'Thanks', text: 'Thank you.' }
    const ours = await priya.ask('saveCannedReply', wish)
    const theirs = await elin.ask('saveCannedReply', wish)
    expect([ours.scope, theirs.scope]).toEqual(['site', 'vendor'])
    expect(await priya.refusal('saveCannedReply', wish)).toEqual({
      code: 'conflict',
      reason: 'shortcut.taken',
      field: 'shortcut',
    })
    const ids = (listed: { replies: { cannedReplyId: string }[] }) =>
      listed.replies.map((one) => one.cannedReplyId)
    expect(ids(await elin.ask('listCannedReplies'))).not.toContain(ours.cannedReplyId)
    expect(ids(await priya.ask('listCannedReplies'))).not.toContain(theirs.cannedReplyId)
    const { cannedReplyId } = ours
    expect(await elin.refusal('saveCannedReply', { ...wish, cannedReplyId, shortcut: 'mine' })).toMatchObject(
      {
        code: 'notFound',
      },
    )
    expect(await elin.refusal('removeCannedReply', { cannedReplyId })).toMatchObject({ code: 'notFound' })
    expect(await priya.ask('saveCannedReply', { ...wish, cannedReplyId, title: 'Thank you' })).toMatchObject({
      title: 'Thank you',
    })
    expect(await priya.ask('removeCannedReply', { cannedReplyId })).toEqual({})
  })

  it('have an audit log that is read in pages, of the own site only, and never changed', async () => {
    await world.parts.database.query(
      `insert into audit (at, site_id, actor_id, actor_name, action, object) values (now(), 'elsewhere', 'x', 'X', 'x', 'x')`,
    )
    const seen: string[] = []
    let before: string | null = null
    do {
      const page: { entries: { auditId: string; actor: string | null }[]; before: string | null } =
        await daniel.ask('listAudit', { limit: 7, ...(before === null ? {} : { before }) })
      seen.push(...page.entries.map((entry) => entry.auditId))
      expect(page.entries.map((entry) => entry.actor)).not.toContain('X')
      before = page.before
    } while (before !== null)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThan(14)
    expect([...seen].sort((a, b) => Number(b) - Number(a))).toEqual(seen)
    expect(await priya.refusal('listAudit', {})).toEqual({ code: 'notAllowed' })
    expect(await daniel.refusal('listAudit', { before: 'x' })).toMatchObject({ field: 'before' })
    await expect(world.parts.database.query(`update audit set reason = 'x'`)).rejects.toThrow('append-only')
    await expect(world.parts.database.query('delete from audit')).rejects.toThrow('append-only')
  })
})
