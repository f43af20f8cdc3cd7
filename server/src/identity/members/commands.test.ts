import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedDemo } from '../../demo/seed.ts'
import { type Asker, createAskers } from '../../testing/ask-site.ts'
import { createSiteWorld, engines, type SiteWorld } from '../../testing/site-world.ts'
import { onRevoked, type Revocation, refreshActor } from '../index.ts'

describe.each(engines)('the people of a site on %s', (engine) => {
  let world: SiteWorld
  let ines: Asker
  let asker: ReturnType<typeof createAskers>
  beforeAll(async () => {
    world = await createSiteWorld(engine)
    await seedDemo(world.parts)
    asker = createAskers(world)
    ines = await asker('ines')
    const { database, clock } = world.parts
    await database.query(
      `insert into sites (site_id, site_key, settings, created_at)
       select 'site_other', 'other', settings, $1 from sites where site_id = 'site_marlow'`,
      [clock.now()],
    )
    await database.query(
      `insert into accounts (account_id, email, created_at) values ('acc_far', 'far@other.example', $1)`,
      [clock.now()],
    )
    await database.query(
      `insert into members (site_id, member_id, account_id, name, role)
       values ('site_other', 'mem_far', 'acc_far', 'Far Away', 'csr')`,
    )
  })
  afterAll(() => world.close())

  async function revocationsDuring(work: () => Promise<unknown>): Promise<Revocation[]> {
    const heard: Revocation[] = []
    const off = onRevoked(world.parts, (who) => heard.push(who))
    await work()
    off()
    return heard
  }
  const audited = async (action: string) =>
    (await ines.ask('listAudit', { limit: 200 })).entries.filter((entry) => entry.action === action)
  const still = (who: Asker) => refreshActor(world.parts, who.actor, who.sessionId)

  it('are listed to staff with where they serve, and to no vendor', async () => {
    const { members } = await (await asker('priya')).ask('listMembers')
    expect(members.map((member) => member.name)).toEqual([
      'Daniel Okoye',
      'Elin Berg',
      'Ines Duarte',
      'Jonas Weber',
      'Nils Nordvik',
      'Priya Raman',
      'Wren Ashby',
    ])
    expect(members.find((member) => member.memberId === 'mem_elin')).toMatchObject({
      role: 'vendor',
      vendorId: 'ven_kiln',
      queueIds: ['que_kiln'],
      isInvited: false,
      isDisabled: false,
      hasTotp: false,
    })
    expect(await (await asker('elin')).refusal('listMembers')).toEqual({ code: 'notAllowed' })
  })

  it('are invited by an admin only, and by a link that appears nowhere else', async () => {
    const wish = { name: 'Tove Holm', email: 'Tove@Marlow.example', role: 'csr', vendorId: null } as const
    for (const who of ['priya', 'daniel', 'elin'] as const) {
      expect(await (await asker(who)).refusal('inviteMember', wish)).toEqual({ code: 'notAllowed' })
    }
    const invited = await ines.ask('inviteMember', wish)
    expect(invited.link).toMatch(/^https:\/\/chat\.example\/console\/#invite=[A-Za-z0-9_-]{43}$/)
    const again = await ines.ask('inviteMember', { ...wish, name: 'Tove H.' })
    expect(again.memberId).toBe(invited.memberId)
    expect(again.link).not.toBe(invited.link)
    const { members } = await ines.ask('listMembers')
    expect(members.find((member) => member.memberId === invited.memberId)).toMatchObject({
      name: 'Tove H.',
      email: 'tove@marlow.example',
      isInvited: true,
    })
    expect(JSON.stringify(await audited('member.invited'))).not.toMatch(/invite=|tove/i)
    expect(await ines.refusal('inviteMember', { ...wish, email: 'priya@marlow.example' })).toEqual({
      code: 'conflict',
      reason: 'member.exists',
      field: 'email',
    })
  })

  it('of a vendor serve that vendor’s queue from the start, and a vendor is named for them alone', async () => {
    const wish = { name: 'Bo Berg', email: 'bo@kiln.example', role: 'vendor', vendorId: 'ven_kiln' } as const
    const { memberId } = await ines.ask('inviteMember', wish)
    const { members } = await ines.ask('listMembers')
    expect(members.find((member) => member.memberId === memberId)?.queueIds).toEqual(['que_kiln'])
    const other = { ...wish, email: 'x@kiln.example' }
    const refused = { code: 'invalid', reason: 'member.vendorRole', field: 'vendorId' }
    expect(await ines.refusal('inviteMember', { ...other, vendorId: null })).toEqual(refused)
    expect(await ines.refusal('inviteMember', { ...other, role: 'csr' })).toEqual(refused)
    expect(await ines.refusal('inviteMember', { ...other, vendorId: 'ven_none' })).toMatchObject({
      code: 'notFound',
    })
  })

  it('who get another role sign in anew; another name or capacity changes nothing else', async () => {
    const jonas = await asker('jonas')
    const wish = { memberId: 'mem_jonas', name: 'Jonas W.', role: 'csr', capacity: 7 } as const
    expect(await revocationsDuring(() => ines.ask('saveMember', wish))).toEqual([])
    expect(await still(jonas)).toMatchObject({ name: 'Jonas W.' })
    const heard = await revocationsDuring(() => ines.ask('saveMember', { ...wish, role: 'moderator' }))
    expect(heard).toContainEqual({ memberId: 'mem_jonas' })
    expect(heard).toContainEqual({ sessionId: jonas.sessionId })
    expect(await still(jonas)).toBeUndefined()
    expect((await audited('member.roleChanged'))[0]).toMatchObject({ reason: 'csr to moderator' })
    expect(await ines.refusal('saveMember', { ...wish, role: 'vendor' })).toMatchObject({
      reason: 'member.vendorRole',
    })
  })

  it('who are disabled are out at once and in again when enabled', async () => {
    const priya = await asker('priya')
    const heard = await revocationsDuring(() =>
      ines.ask('disableMember', { memberId: 'mem_priya', isDisabled: true }),
    )
    expect(heard).toContainEqual({ memberId: 'mem_priya' })
    expect(await still(priya)).toBeUndefined()
    await ines.ask('disableMember', { memberId: 'mem_priya', isDisabled: false })
    expect(await still(priya)).toBeUndefined()
    expect(await still(await asker('priya'))).toBeDefined()
  })

  it('always keep an admin, and nobody disables themselves', async () => {
    expect(await ines.refusal('disableMember', { memberId: 'mem_ines', isDisabled: true })).toEqual({
      code: 'invalid',
      reason: 'member.yourself',
    })
    const wish = { memberId: 'mem_ines', name: 'Ines Duarte', role: 'csr', capacity: 5 } as const
    const last = { code: 'conflict', reason: 'member.lastAdmin' }
    expect(await ines.refusal('saveMember', wish)).toEqual(last)
    await ines.ask('saveMember', { memberId: 'mem_daniel', name: 'Daniel Okoye', role: 'admin', capacity: 5 })
    const daniel = await asker('daniel')
    const both = await Promise.allSettled([
      ines.ask('disableMember', { memberId: 'mem_daniel', isDisabled: true }),
      daniel.ask('disableMember', { memberId: 'mem_ines', isDisabled: true }),
    ])
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    const { members } = await ines.ask('listMembers')
    expect(members.filter((one) => one.role === 'admin' && !one.isDisabled)).toHaveLength(1)
    await world.parts.database.query(`update members set disabled_at = null where site_id = 'site_marlow'`)
    await world.parts.database.query(`update members set role = 'moderator' where member_id = 'mem_daniel'`)
    ines = await asker('ines')
  })

  it('who have lost the way in get a link from an admin, unless another site has a say in their account', async () => {
    const { link } = await ines.ask('resetSignIn', { memberId: 'mem_nils' })
    expect(link).toMatch(/#invite=[A-Za-z0-9_-]{43}$/)
    expect((await audited('member.resetOffered'))[0]).toMatchObject({ object: 'member:mem_nils' })
    const priya = await asker('priya')
    expect(await priya.refusal('resetSignIn', { memberId: 'mem_nils' })).toEqual({ code: 'notAllowed' })
    expect(await ines.refusal('resetSignIn', { memberId: 'mem_ines' })).toMatchObject({
      reason: 'member.yourself',
    })
    expect(await ines.refusal('resetSignIn', { memberId: 'mem_far' })).toMatchObject({ code: 'notFound' })
    await world.parts.database.query(
      `insert into members (site_id, member_id, account_id, name, role)
       values ('site_other', 'mem_wren_there', 'acc_wren', 'Wren', 'csr')`,
    )
    expect(await ines.refusal('resetSignIn', { memberId: 'mem_wren' })).toEqual({
      code: 'conflict',
      reason: 'member.elsewhere',
    })
  })

  it('of another site are not there at all', async () => {
    const gone = { code: 'notFound', reason: 'member.unknown' }
    const wish = { memberId: 'mem_far', name: 'X', role: 'csr', capacity: 1 } as const
    expect(await ines.refusal('saveMember', wish)).toEqual(gone)
    expect(await ines.refusal('disableMember', { memberId: 'mem_far', isDisabled: true })).toEqual(gone)
    const { members } = await ines.ask('listMembers')
    expect(members.map((member) => member.memberId)).not.toContain('mem_far')
  })

  it('set their own availability and capacity', async () => {
    const elin = await asker('elin')
    expect(await elin.ask('setAvailability', { availability: 'away' })).toEqual({
      availability: 'away',
      capacity: 5,
    })
    expect(await elin.ask('setAvailability', { capacity: 2, availability: 'available' })).toEqual({
      availability: 'available',
      capacity: 2,
    })
    expect(await elin.ask('describeMe')).toMatchObject({ availability: 'available', capacity: 2 })
  })

  it('know their colleagues; a vendor’s people only their own, and where support is', async () => {
    await world.parts.database.query(
      `insert into member_presence (member_id, node_id, seen_at) values ('mem_jonas', 'node', $1)`,
      [world.clock.now()],
    )
    const staff = await (await asker('priya')).ask('listColleagues')
    expect(staff.members).toHaveLength(7)
    expect(staff.members.find((one) => one.memberId === 'mem_jonas')?.isOnline).toBe(true)
    expect(staff.members.find((one) => one.memberId === 'mem_elin')).toMatchObject({
      party: 'vendor',
      of: 'Kiln & Thread',
      isOnline: false,
    })
    const vendor = await (await asker('elin')).ask('listColleagues')
    expect(vendor.members.map((one) => one.memberId)).toEqual(['mem_elin'])
    expect(vendor.queues.map((queue) => queue.queueId).sort()).toEqual([
      'que_kiln',
      'que_payments',
      'que_support',
    ])
  })

  it('see and end their own sessions and nobody else’s', async () => {
    const one = await asker('nils')
    const two = await asker('nils')
    const { sessions } = await one.ask('listSessions')
    expect(sessions.map((session) => session.isCurrent).sort()).toEqual([false, true])
    expect(sessions[0]).toMatchObject({ memberName: 'Nils Nordvik', userAgent: 'nils’s browser' })
    expect(await one.refusal('endSession', { sessionId: ines.sessionId })).toMatchObject({ code: 'notFound' })
    const heard = await revocationsDuring(() => one.ask('endSession', { sessionId: two.sessionId }))
    expect(heard).toEqual([{ sessionId: two.sessionId }])
    expect(await still(two)).toBeUndefined()
    expect(await still(one)).toBeDefined()
  })

  it('keep the keys of their console to themselves, in every browser of theirs', async () => {
    const elin = await asker('elin')
    expect((await elin.ask('describeMe')).keyboard).toEqual({ keys: {}, hasSingleKeys: true })
    const own = {
      keys: { resolve: ['Shift+E'], snooze: [], goInbox: ['G B', 'Alt+ArrowUp'] },
      hasSingleKeys: false,
    }
    expect(await elin.ask('saveKeyboard', own)).toEqual(own)
    expect((await (await asker('elin')).ask('describeMe')).keyboard).toEqual(own)
    expect((await (await asker('priya')).ask('describeMe')).keyboard.keys).toEqual({})
    expect((await audited('keyboard.saved'))[0]).toMatchObject({ object: 'member:mem_elin' })

    const refused = async (keys: Record<string, string[]>) =>
      (await elin.refusal('saveKeyboard', { keys, hasSingleKeys: true })).code
    expect(await refused({ resolve: ['Shift+'] })).toBe('invalid')
    expect(await refused({ resolve: ['<b>E</b>'] })).toBe('invalid')
    expect(await refused({ 'not one': ['E'] })).toBe('invalid')
    expect(await refused({ resolve: ['A', 'B', 'C', 'D', 'E'] })).toBe('invalid')
    const many = Array.from({ length: 101 }, (_, at) => [
      `s${'abcdefghij'[at % 10]}${'k'.repeat(at / 10)}`,
      ['E'],
    ])
    expect(await refused(Object.fromEntries(many))).toBe('invalid')
    expect((await elin.ask('describeMe')).keyboard).toEqual(own)
  })

  it('open another site as its admin', async () => {
    const { siteId, siteKey } = await ines.ask('createSite', { name: 'Harbour' })
    expect(siteKey).toMatch(/^[A-Za-z0-9]{16}$/)
    expect((await ines.ask('describeMe')).sites).toContainEqual({ siteId, name: 'Harbour', role: 'admin' })
    expect(await (await asker('priya')).refusal('createSite', { name: 'X' })).toEqual({ code: 'notAllowed' })
  })

  it('keep at most twenty sessions each, the latest ones', async () => {
    const first = await asker('wren')
    for (let time = 0; time < 20; time += 1) {
      world.clock.advance(1_000)
      await asker('wren')
    }
    expect(await still(first)).toBeUndefined()
    expect((await (await asker('wren')).ask('listSessions')).sessions).toHaveLength(20)
  })
})
