import { keptByDefault } from '@parley/shared/protocol/retention.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeAudit } from '../../app/audit.ts'
import { eraseOld } from '../../audit/index.ts'
import { buyers, marlow } from '../../demo/cast.ts'
import { identityToken } from '../../demo/identity-token.ts'
import { findPerson } from '../../demo/person.ts'
import { switchRooms } from '../../testing/given-kinds.ts'
import { type Marlow, type Person, startMarlow } from '../../testing/marlow.ts'
import { engines } from '../../testing/site-world.ts'
import { waitFor } from '../../testing/wait-for.ts'
import { nothing, wishes } from '../../testing/wishes.ts'

let requests = 0
const requestId = () => {
  requests += 1
  return `legal-hold-${requests}`
}
const patiently = 30_000

type Buyer = Person & { visitorToken: string }

describe.each(engines)('a person under a legal hold on %s', (engine) => {
  let site: Marlow
  let ines: Person
  let marta: Buyer
  let omar: Buyer
  let contactId: string
  beforeAll(async () => {
    site = await startMarlow(engine, { RATE_LIMIT_FACTOR: '1000' })
    ;[ines, marta, omar] = await Promise.all([site.member('ines'), site.buyer('marta'), site.buyer('omar')])
    contactId = marta.connection.readerId ?? ''
    // The demo brings a past of its own, which is not what is weighed here.
    await sql().query(`update conversations set closed_at = now() where status = 'closed'`)
    await sql().query('update files set sent_at = now() where sent_at is not null')
  })
  afterAll(() => site?.close())

  const sql = () => site.world.parts.database
  const hold = (of: string, reason = 'A court asked') =>
    ines.ask('holdPerson', { requestId: requestId(), contactId: of, reason })
  const release = (of: string) =>
    ines.ask('releasePerson', { requestId: requestId(), contactId: of, reason: 'It is decided' })
  const erasure = (of: string) => ({ requestId: requestId(), contactId: of, reason: 'They asked' })
  const textOf = async (conversationId: string) =>
    JSON.stringify((await ines.ask('readConversation', { conversationId })).events)
  const isErased = async (conversationId: string) =>
    (await textOf(conversationId)).includes('conversationErased')
  const nameOf = async (of: string) =>
    (await sql().query<{ name: string | null }>('select name from contacts where contact_id = $1', [of]))[0]
      ?.name
  const headersOf = ({ visitorToken }: Buyer) => ({
    authorization: `Bearer ${visitorToken}`,
    'parley-site': marlow.siteKey,
  })
  const download = async (person: Buyer, fileId: string) =>
    (await fetch(`${site.url}/api/v1/files/${fileId}`, { headers: headersOf(person) })).status

  /** A conversation with a file, which ended so long ago. */
  async function wrote(person: Buyer, text: string, daysAgo: number) {
    const { conversationId } = await person.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'support' },
      answers: { topic: 'payment', description: text },
    })
    const form = new FormData()
    form.append('conversationId', conversationId)
    form.append('file', new Blob([text], { type: 'text/plain' }), 'list.txt')
    const headers = headersOf(person)
    const response = await fetch(`${site.url}/api/v1/uploads`, { method: 'POST', body: form, headers })
    const { fileId } = (await response.json()) as { fileId: string }
    await person.ask('sendMessage', { requestId: requestId(), conversationId, text, fileIds: [fileId] })
    await person.ask('closeConversation', { requestId: requestId(), conversationId })
    const at = [`${daysAgo} days`]
    await sql().query(
      'update conversations set closed_at = now() - $2::interval where conversation_id = $1',
      [conversationId, ...at],
    )
    await sql().query('update files set sent_at = now() - $2::interval where file_id = $1', [fileId, ...at])
    return { conversationId, fileId }
  }

  /** The turn that would come within the hour, under these terms. */
  async function turn(terms: Partial<typeof keptByDefault>): Promise<void> {
    await ines.ask('saveRetention', { requestId: requestId(), retention: { ...keptByDefault, ...terms } })
    await sql().query(`update timers set due_at = now() - interval '1 minute' where kind = 'retention'`)
  }

  it('is put under it by an admin, who says why: shown where people are found, listed, on record once', async () => {
    for (const who of [
      await site.member('daniel'),
      await site.member('priya'),
      await site.member('elin'),
      omar,
    ]) {
      const wish = { requestId: requestId(), contactId, reason: 'no' }
      expect(await who.refusal('holdPerson', wish)).toEqual({ code: 'notAllowed' })
      expect(await who.refusal('releasePerson', wish)).toEqual({ code: 'notAllowed' })
      expect(await who.refusal('listHeldPeople', {})).toEqual({ code: 'notAllowed' })
    }
    expect(await ines.ask('listHeldPeople', {})).toEqual({ people: [], total: 0 })
    const placed = await hold(contactId)
    expect(placed).toEqual({
      contactId,
      heldAt: expect.any(String),
      by: 'Ines Duarte',
      reason: 'A court asked',
    })
    const again = { requestId: requestId(), contactId, reason: 'Another reason' }
    expect(await ines.refusal('holdPerson', again)).toEqual({
      code: 'conflict',
      reason: 'person.heldAlready',
    })
    expect(await ines.ask('listHeldPeople', {})).toEqual({
      people: [{ name: buyers.marta.name, hold: placed }],
      total: 1,
    })
    const { people } = await ines.ask('findPeople', { search: buyers.marta.email })
    expect(people).toMatchObject([{ contactId, hold: placed }])
    const { people: others } = await ines.ask('findPeople', { search: buyers.omar.email })
    expect(others).toMatchObject([{ hold: null }])
    const { entries } = await ines.ask('listAudit', { action: 'person.held' })
    expect(entries).toEqual([
      expect.objectContaining({
        object: `contact:${contactId}`,
        actor: 'Ines Duarte',
        reason: 'A court asked',
        result: 'done',
      }),
    ])
  })

  it('keeps words, files, name and browsers from the clock, which takes those of others in the same turn', async () => {
    const [hers, his] = [await wrote(marta, 'canary-hers', 50), await wrote(omar, 'canary-his', 40)]
    const at = `now() - interval '100 days'`
    await sql().query(
      `insert into contacts (site_id, contact_id, name, created_at)
       values ($1, 'con_held', 'Held', ${at}), ($1, 'con_free', 'Free', ${at})`,
      [marlow.siteId],
    )
    await sql().query(
      `insert into visitors (site_id, visitor_id, contact_id, token_hash, page, created_at, last_seen_at, expires_at)
       select $1, 'vis' || substr(contact_id, 4), contact_id, contact_id, '{"url":"https://shop.example/"}', ${at}, ${at},
         now() - interval '70 days' from contacts where contact_id in ('con_held', 'con_free')`,
      [marlow.siteId],
    )
    await hold('con_held')
    const terms = { conversationDays: 30, fileDays: 30, personDays: 60 }
    expect(await ines.ask('countRetention', { retention: { ...keptByDefault, ...terms } })).toEqual({
      conversations: 1,
      files: 1,
      people: 1,
      auditLines: 0,
      held: 1,
    })
    await turn(terms)
    await waitFor(() => isErased(his.conversationId), patiently)
    await waitFor(async () => (await nameOf('con_free')) === null, patiently)
    await waitFor(async () => (await download(omar, his.fileId)) === 404, patiently)
    expect(await textOf(hers.conversationId)).toContain('canary-hers')
    expect(await download(marta, hers.fileId)).toBe(200)
    expect(await nameOf('con_held')).toBe('Held')
    expect(
      await sql().query(`select visitor_id, page from visitors where visitor_id in ('vis_held', 'vis_free')`),
    ).toEqual([{ visitor_id: 'vis_held', page: { url: 'https://shop.example/' } }])
  })

  it('keeps in the audit who they are, who wrote about them and why', async () => {
    const [{ conversation_id: conversationId } = { conversation_id: '' }] = await sql().query<{
      conversation_id: string
    }>('select conversation_id from conversations where contact_id = $1 limit 1', [contactId])
    const system = { kind: 'system', siteId: marlow.siteId, rule: 'test' } as const
    for (const object of [
      `contact:${contactId}`,
      `conversation:${conversationId}`,
      `message:msg_1 in conversation:${conversationId}`,
      'conversation:cnv_of_nobody',
    ])
      await writeAudit(sql(), system, { action: 'test.wrote', object, reason: 'Because' })
    await sql().query(
      `insert into audit (site_id, actor_id, actor_name, action, object, result) values ($1, $2, 'Marta', 'test.came', 'site:x', 'done')`,
      [marlow.siteId, contactId],
    )
    const reasons = async (action: string) =>
      (await ines.ask('listAudit', { action })).entries.map(({ actor, reason }) => actor ?? reason)
    const before = (await ines.ask('listAudit', {})).entries.length
    await eraseOld(sql(), marlow.siteId, new Date(Date.now() + 60_000), 10_000)
    const { entries } = await ines.ask('listAudit', { action: 'test.wrote' })
    expect(entries.map(({ reason }) => reason)).toEqual([null, 'Because', 'Because', 'Because'])
    expect(await reasons('test.came')).toEqual(['Marta'])
    expect((await ines.ask('listAudit', { action: 'retention.saved' })).entries[0]?.reason).toBeNull()
    expect((await ines.ask('listAudit', {})).entries.length).toBe(before)
    expect(await ines.ask('verifyAudit', {})).toMatchObject({ fault: null })
  })

  it('[E4] is exported, and not erased: whoever asks is told since when', async () => {
    expect(await ines.ask('exportPerson', { contactId })).toMatchObject({ contact: { contactId } })
    const { people } = await ines.ask('listHeldPeople', {})
    const since = people.find(({ hold }) => hold.contactId === contactId)?.hold.heldAt
    expect(await ines.refusal('erasePerson', erasure(contactId))).toEqual({
      code: 'conflict',
      reason: 'person.held',
      since,
    })
    expect(await nameOf(contactId)).toBe(buyers.marta.name)
    expect((await ines.ask('listAudit', { action: 'person.erased' })).entries).toEqual([])
  })

  it('is held with the strangers that their browsers were, and a stranger with who they became', async () => {
    const began = async () => {
      const stranger = await site.visitor()
      const { conversationId } = await stranger.ask('startConversation', wishes.startConversation(nothing))
      return { stranger, conversationId, strangerId: stranger.connection.readerId ?? '' }
    }
    const signIn = async (stranger: Buyer, name: 'marta' | 'oluwaseun') => {
      const person = findPerson(name)
      if (!person) throw new Error(`Nobody in the cast is called ${name}`)
      return site.visitor({
        visitorToken: stranger.visitorToken,
        identityToken: await identityToken(person, site.world.parts.clock),
      })
    }
    const before = await began()
    await signIn(before.stranger, 'marta')
    expect(await ines.refusal('erasePerson', erasure(before.strangerId))).toMatchObject({
      reason: 'person.held',
    })
    const { people } = await ines.ask('findPeople', { search: before.strangerId })
    expect(people).toMatchObject([{ contactId: before.strangerId, hold: { contactId } }])

    const later = await began()
    await hold(later.strangerId)
    const became = (await signIn(later.stranger, 'oluwaseun')).connection.readerId ?? ''
    expect(became).not.toBe(later.strangerId)
    expect(await ines.refusal('erasePerson', erasure(became))).toMatchObject({ reason: 'person.held' })

    const ids = [before.conversationId, later.conversationId]
    await sql().query(
      `update conversations set status = 'closed', closed_at = now() - interval '40 days' where conversation_id = any($1::text[])`,
      [ids],
    )
    const retention = { ...keptByDefault, conversationDays: 30 }
    // With the one of the test before.
    expect(await ines.ask('countRetention', { retention })).toMatchObject({ conversations: 0, held: 3 })
    await release(later.strangerId)
    expect(await ines.ask('countRetention', { retention })).toMatchObject({ conversations: 1, held: 2 })
  })

  it('holds a room for whoever else is in it', async () => {
    await switchRooms(ines, { vendors: true, buyers: true })
    const members = [buyers.marta, buyers.omar].map(({ sub }, index) => ({ sub, name: `Weaver ${index}` }))
    const { conversationId } = await ines.ask('openBuyerRoom', {
      requestId: requestId(),
      name: 'Weavers of Lisbon',
      members,
    })
    const omarsId = omar.connection.readerId ?? ''
    expect(await ines.refusal('erasePerson', erasure(omarsId))).toEqual({
      code: 'conflict',
      reason: 'person.roomHeld',
    })
    await sql().query(
      `update conversations set status = 'closed', closed_at = now() - interval '40 days' where conversation_id = $1`,
      [conversationId],
    )
    const retention = { ...keptByDefault, conversationDays: 30 }
    const { held } = await ines.ask('countRetention', { retention })
    await release(contactId)
    expect((await ines.ask('countRetention', { retention })).held).toBe(held - 3)
    await hold(contactId)
    expect((await ines.ask('countRetention', { retention })).held).toBe(held)
  })

  it('goes at the next look once they are released, by the clock as by being asked for', async () => {
    const [{ conversation_id: conversationId } = { conversation_id: '' }] = await sql().query<{
      conversation_id: string
    }>(
      `select conversation_id from conversations where contact_id = $1 and closed_at < now() - interval '45 days'`,
      [contactId],
    )
    expect(await textOf(conversationId)).toContain('canary-hers')
    await release(contactId)
    const gone = { requestId: requestId(), contactId, reason: 'Once more' }
    expect(await ines.refusal('releasePerson', gone)).toEqual({ code: 'conflict', reason: 'person.notHeld' })
    const { entries } = await ines.ask('listAudit', { action: 'person.released' })
    expect(entries[0]).toMatchObject({ object: `contact:${contactId}`, reason: 'It is decided' })
    await turn({ conversationDays: 30 })
    await waitFor(() => isErased(conversationId), patiently)
    expect(await textOf(conversationId)).not.toContain('canary-hers')
    await ines.ask('erasePerson', erasure(contactId))
    expect(await nameOf(contactId)).toBeNull()
    const late = { requestId: requestId(), contactId, reason: 'Too late' }
    expect(await ines.refusal('holdPerson', late)).toEqual({ code: 'conflict', reason: 'person.erased' })
    expect(await ines.ask('verifyAudit', {})).toMatchObject({ fault: null })
  })
})
