import { keptByDefault } from '@parley/shared/protocol/retention.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eraseOld } from '../audit/index.ts'
import { buyers, marlow } from '../demo/cast.ts'
import { expectFoldToMatchStore } from '../testing/fold-matches-store.ts'
import { switchRooms } from '../testing/given-kinds.ts'
import { type Marlow, type Person, startMarlow } from '../testing/marlow.ts'
import { engines } from '../testing/site-world.ts'
import { waitFor } from '../testing/wait-for.ts'

let requests = 0
const requestId = () => {
  requests += 1
  return `retention-${requests}`
}
const patiently = 30_000

describe.each(engines)('what a site keeps on %s', (engine) => {
  let site: Marlow
  let ines: Person
  let priya: Person
  let omar: Person & { visitorToken: string }
  beforeAll(async () => {
    site = await startMarlow(engine, { RATE_LIMIT_FACTOR: '1000' })
    ;[ines, priya, omar] = await Promise.all([site.member('ines'), site.member('priya'), site.buyer('omar')])
    // The demo brings a past of its own, which is not what is weighed here.
    await sql().query(`update conversations set closed_at = now() where status = 'closed'`)
  })
  afterAll(() => site?.close())

  const sql = () => site.world.parts.database
  async function asks(description: string): Promise<string> {
    const { conversationId } = await omar.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'support' },
      answers: { topic: 'payment', description },
    })
    return conversationId
  }
  async function closed(conversationId: string, daysAgo: number): Promise<void> {
    await omar.ask('closeConversation', { requestId: requestId(), conversationId })
    await sql().query(
      `update conversations set closed_at = now() - $2 * interval '1 day' where conversation_id = $1`,
      [conversationId, daysAgo],
    )
  }
  const textOf = async (conversationId: string) =>
    JSON.stringify((await ines.ask('readConversation', { conversationId })).events)
  /** The turn that would come within the hour. */
  const turn = () =>
    sql().query(`update timers set due_at = now() - interval '1 minute' where kind = 'retention'`)
  const save = (terms: Partial<typeof keptByDefault>) =>
    ines.ask('saveRetention', { requestId: requestId(), retention: { ...keptByDefault, ...terms } })

  it('is everything, until an admin has set something else', async () => {
    expect(await ines.ask('viewRetention', {})).toEqual(keptByDefault)
    for (const who of [priya, await site.member('daniel'), await site.member('elin'), omar]) {
      expect(await who.refusal('viewRetention', {})).toEqual({ code: 'notAllowed' })
      const wish = { requestId: requestId(), retention: keptByDefault }
      expect(await who.refusal('saveRetention', wish)).toEqual({ code: 'notAllowed' })
    }
    const wish = (terms: object) => ({
      requestId: requestId(),
      retention: { ...keptByDefault, ...terms },
    })
    expect(await ines.refusal('saveRetention', wish({ auditDays: 364 }))).toMatchObject({
      code: 'invalid',
      reason: 'retention.auditDays',
    })
    for (const terms of [{ fileDays: 0 }, { conversationDays: 1.5 }, { personDays: 9_999 }])
      expect(await ines.refusal('saveRetention', wish(terms))).toMatchObject({ reason: 'retention.days' })
  })

  it('is counted before it goes, and goes by the clock: closed long enough ago, and nothing else', async () => {
    const [old, recent, open] = await Promise.all([
      asks('canary-old'),
      asks('kept since it is recent'),
      asks('kept since it is open'),
    ])
    await closed(old, 40)
    await closed(recent, 5)
    await sql().query(
      `update conversations set started_at = now() - interval '90 days' where conversation_id = $1`,
      [open],
    )
    const feed = ines.open(old)
    await waitFor(() => feed.get().isComplete, patiently)
    expect(
      await ines.ask('countRetention', { retention: { ...keptByDefault, conversationDays: 30 } }),
    ).toEqual({ conversations: 1, files: 0, people: 0, auditLines: 0, held: 0 })
    await turn()
    expect(await textOf(old)).toContain('canary-old')
    expect(await save({ conversationDays: 30 })).toMatchObject({ conversationDays: 30 })
    await turn()
    await waitFor(() => feed.get().events.at(-1)?.type === 'conversationErased', patiently)
    expect(feed.get().events.at(-1)?.payload).toEqual({ why: 'retention' })
    expect(JSON.stringify(feed.get())).not.toContain('canary')
    await expectFoldToMatchStore(site, old, [{ reader: 'staff', feed }])
    expect(await textOf(recent)).toContain('kept since it is recent')
    expect(await textOf(open)).toContain('kept since it is open')
    expect(
      await ines.ask('countRetention', { retention: await ines.ask('viewRetention', {}) }),
    ).toMatchObject({
      conversations: 0,
    })
    const { entries } = await ines.ask('listAudit', { action: 'retention.saved' })
    expect(entries[0]?.reason).toBe('conversations 30 days')
  })

  it('of files: their bytes go, the message stays', async () => {
    const conversationId = await asks('with a file')
    const form = new FormData()
    form.append('conversationId', conversationId)
    form.append('file', new Blob(['some words'], { type: 'text/plain' }), 'list.txt')
    const headers = { authorization: `Bearer ${omar.visitorToken}`, 'parley-site': marlow.siteKey }
    const response = await fetch(`${site.url}/api/v1/uploads`, { method: 'POST', body: form, headers })
    const { fileId } = (await response.json()) as { fileId: string }
    await omar.ask('sendMessage', { requestId: requestId(), conversationId, text: 'here', fileIds: [fileId] })
    const get = async () => (await fetch(`${site.url}/api/v1/files/${fileId}`, { headers })).status
    expect(await get()).toBe(200)
    await sql().query(`update files set sent_at = now() - interval '40 days' where file_id = $1`, [fileId])
    await save({ fileDays: 30 })
    await turn()
    await waitFor(
      async () => (await sql().query('select 1 from files where file_id = $1', [fileId])).length === 0,
      patiently,
    )
    expect(await get()).toBe(404)
    expect(await textOf(conversationId)).toContain('here')
  })

  it('of people: who was never heard of again goes, who wrote, came by or is in a room stays', async () => {
    const at = `now() - interval '100 days'`
    await sql().query(
      `insert into contacts (site_id, contact_id, name, email, created_at)
       values ($1, 'con_gone', 'canary-gone', null, ${at}), ($1, 'con_here', 'Still here', null, ${at}),
         ($1, 'con_room', 'In a room', null, ${at})`,
      [marlow.siteId],
    )
    await switchRooms(ines, { vendors: true, buyers: true })
    await site.buyer('marta')
    const { conversationId: room } = await ines.ask('openBuyerRoom', {
      requestId: requestId(),
      name: 'Weavers of Lisbon',
      members: [buyers.marta, buyers.omar].map(({ sub }, index) => ({ sub, name: `Weaver ${index}` })),
    })
    await sql().query(
      `update conversations set room_members = room_members || 'con_room'::text where conversation_id = $1`,
      [room],
    )
    await sql().query(
      `insert into visitors (site_id, visitor_id, contact_id, token_hash, page, created_at, last_seen_at, expires_at)
       values ($1, 'vis_dead', 'con_gone', 'dead', '{"url":"https://shop.example/canary"}', ${at}, ${at},
         now() - interval '70 days'),
       ($1, 'vis_link', 'con_here', 'link', '{"url":"https://shop.example/canary"}', ${at}, ${at},
         now() - interval '70 days'),
       ($1, 'vis_live', 'con_here', 'live', null, ${at}, now(), now() + interval '1 day')`,
      [marlow.siteId],
    )
    await sql().query(`update visitors set previous_contact_id = 'con_gone' where visitor_id = 'vis_link'`)
    await sql().query(
      `insert into used_identities (site_id, use_hash, visitor_id, expires_at)
       values ($1, 'expired', 'vis_live', now() - interval '1 second'), ($1, 'good', 'vis_live', now() + interval '1 day')`,
      [marlow.siteId],
    )
    await save({ personDays: 60 })
    await turn()
    const named = async () =>
      sql().query(
        `select contact_id, name from contacts where contact_id in ('con_gone', 'con_here', 'con_room') order by 1`,
      )
    await waitFor(async () => (await named())[0]?.name === null, patiently)
    expect((await named()).slice(1)).toEqual([
      { contact_id: 'con_here', name: 'Still here' },
      { contact_id: 'con_room', name: 'In a room' },
    ])
    const browsers = await sql().query(
      `select visitor_id, page from visitors where visitor_id like 'vis\\_li%' or visitor_id = 'vis_dead' order by 1`,
    )
    // The one that says which stranger somebody was stays for an erasure to ask, and says nothing else.
    expect(browsers).toEqual([
      { visitor_id: 'vis_link', page: null },
      { visitor_id: 'vis_live', page: null },
    ])
    expect(await sql().query('select use_hash from used_identities')).toEqual([{ use_hash: 'good' }])
    const { people } = await ines.ask('findPeople', { search: 'Omar' })
    expect(people[0]?.conversations).toBeGreaterThan(3)
  })

  it('of the audit: names and reasons go, the lines and their proof stay', async () => {
    const lines = (await ines.ask('listAudit', {})).entries.length
    const later = new Date(Date.now() + 60_000)
    expect(await eraseOld(sql(), marlow.siteId, later, 10_000)).toBeGreaterThan(1)
    const left = await ines.ask('listAudit', {})
    expect(left.entries.length).toBe(lines)
    expect(left.entries.every(({ actor, reason }) => actor === null && reason === null)).toBe(true)
    expect(await ines.ask('verifyAudit', {})).toMatchObject({ fault: null })
  })
})
