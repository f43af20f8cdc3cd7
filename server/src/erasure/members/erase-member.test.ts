import { randomBytes } from 'node:crypto'
import type { ConversationFeed } from '@parley/shared/client/feed.ts'
import { formerMember } from '@parley/shared/conversation/former-member.ts'
import type { MemberRole } from '@parley/shared/people.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyFileIn } from '../../testing/every-file.ts'
import { expectFoldToMatchStore } from '../../testing/fold-matches-store.ts'
import { type Marlow, type Person, startMarlow } from '../../testing/marlow.ts'
import { readZip } from '../../testing/read-zip.ts'
import { waitFor } from '../../testing/wait-for.ts'
import { nothing, wishes } from '../../testing/wishes.ts'
import { tablesOf } from '../../upkeep/tables-store.ts'

let requests = 0
const requestId = () => {
  requests += 1
  return `member-erasure-${requests}`
}
const patiently = 30_000
const password = 'a sentence for this test alone'

describe('the erasure of a member', () => {
  let site: Marlow
  let ines: Person
  let priya: Person
  let daniel: Person
  let marta: Person
  let memberId = ''
  let cookie = ''
  let conversationId = ''
  let movedAt: unknown
  beforeAll(async () => {
    site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000', OUTBOUND_ALLOW: '127.0.0.1' })
    ;[ines, priya, daniel, marta] = await Promise.all([
      site.member('ines'),
      site.member('priya'),
      site.member('daniel'),
      site.buyer('marta'),
    ])
  })
  afterAll(() => site?.close())

  const sql = () => site.world.parts.database
  const write = () => ({ requestId: requestId(), conversationId })
  const own = () => ({ origin: site.url, 'parley-csrf': '1' })
  const post = (path: string, body: unknown) =>
    fetch(`${site.url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...own() },
      body: JSON.stringify(body),
    })
  async function welcome(
    name: string,
    email: string,
    role: MemberRole,
    vendorId: string | null = null,
  ): Promise<{ memberId: string; cookie: string }> {
    const invited = await ines.ask('inviteMember', { requestId: requestId(), name, email, role, vendorId })
    const response = await post('/invitations/accept', { token: invited.link.split('#invite=')[1], password })
    expect(response.status).toBe(200)
    return { memberId: invited.memberId, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' }
  }
  const switchOff = (who: string) =>
    ines.ask('disableMember', { requestId: requestId(), memberId: who, isDisabled: true })
  const erase = (who: string) => ({ requestId: requestId(), memberId: who, reason: 'They asked by mail' })
  async function everyRow(): Promise<string> {
    const found: string[] = []
    for (const { name } of await tablesOf(sql())) {
      const [row] = await sql().query<{ rows: string }>(
        `select coalesce(json_agg(t)::text, '') as rows from "${name}" t`,
      )
      found.push(`${name}: ${row?.rows.replace(/\s+/g, ' ')}`)
    }
    expect(found.length).toBeGreaterThan(40)
    return found.join('\n')
  }
  const everyFile = () => everyFileIn(site.world.parts.config.dataDir)
  const isGone = (feed: ConversationFeed) => !/canary/i.test(JSON.stringify(feed.get()))

  it('begins with somebody who has left traces everywhere', async () => {
    ;({ memberId, cookie } = await welcome('Canary Name', 'canary@marlow.example', 'admin'))
    const leaving = await site.memberWith('canary', cookie)
    ;({ conversationId } = await marta.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'support' },
      answers: { topic: 'payment', description: 'Where is it?' },
    }))
    await leaving.ask('takeConversation', write())
    await leaving.ask('sendMessage', { ...write(), text: 'The parcel left on Tuesday' })
    await leaving.ask('addNote', { ...write(), text: 'She asked twice', mentions: [] })
    await priya.ask('addNote', {
      ...write(),
      text: '@Canary Name, who packed it?',
      mentions: [memberId],
    })
    await leaving.ask('raiseHand', { ...write(), reason: 'Needs a moderator' })
    await sql().query(
      `insert into watches (watch_id, site_id, conversation_id, member_id, reason, node_id, started_at, seen_at, ended_at)
       values ('wat_1', 'site_marlow', $1, $2, 'canary-reason', 'node', now(), now(), now())`,
      [conversationId, memberId],
    )
    const feed = leaving.open(conversationId)
    await waitFor(() => feed.get().events.length > 5, patiently)
    const last = feed.get().events.findLast(({ type }) => type === 'messageSent')
    if (last?.type !== 'messageSent') throw new Error('Nothing was sent')
    feed.mark(last.payload.messageId)
    await waitFor(
      async () => (await sql().query('select 1 from marks where reader_id = $1', [memberId])).length > 0,
      patiently,
    )
    const form = new FormData()
    form.append('conversationId', conversationId)
    form.append('file', new Blob(['canary-bytes'], { type: 'text/plain' }), 'canary-unsent.txt')
    const uploaded = await fetch(`${site.url}/api/v1/uploads`, {
      method: 'POST',
      body: form,
      headers: { cookie, ...own() },
    })
    expect(uploaded.status).toBe(201)
    await leaving.ask('createApiKey', wishes.createApiKey(nothing))
    await leaving.ask('createWebhook', wishes.createWebhook(nothing))
    await leaving.ask('saveTermRules', wishes.saveTermRules(nothing))
    await leaving.ask('saveVendorRules', wishes.saveVendorRules(nothing))
    await ines.ask('saveReviewSettings', wishes.saveReviewSettings(nothing))
    await leaving.ask('saveTrigger', wishes.saveTrigger({ ...nothing, triggerId: 'trg_return' }))
    await leaving.ask('disciplineVendor', wishes.disciplineVendor({ ...nothing, vendorId: 'ven_lumen' }))
    expect(
      (await post('/session', { email: 'canary@marlow.example', password: 'not it at all' })).status,
    ).toBe(401)
    await sql().query(
      `update accounts set sso_subject = 'canary-subject', totp_pending = 'canary-totp' where email like 'canary%'`,
    )
    await sql().query(
      `insert into reviews (site_id, review_id, conversation_id, about_member, reasons, state, chosen_at, closed_at,
         rubric_version, comments, summary, dispute, marks, score, finished_at)
       select 'site_marlow', 'rev_theirs', $1, $2, '{picked}', 'disputed', now(), now(), max(version),
         '[{"text":"canary-comment"}]', 'canary-summary', 'canary-dispute', '{"decision":"yes"}', 80, now()
       from review_rubrics`,
      [conversationId, memberId],
    )
    const rows = await everyRow()
    for (const table of [
      'accounts',
      'api_keys',
      'audit',
      'conversations',
      'events',
      'files',
      'marks',
      'members',
      'reviews',
      'term_rules',
      'trigger_versions',
      'vendor_rules',
      'vendor_states',
      'webhooks',
      'watches',
    ])
      expect(rows.split('\n').find((line) => line.startsWith(`${table}: `))).toMatch(/canary/i)
    expect(await everyFile()).toContain('canary-bytes')
    await leaving.ask('closeConversation', write())
    leaving.close()
  })

  it('gives them everything first: their own words and what is kept, with their files, to an admin and on record', async () => {
    const exported = (given: string, id = memberId) =>
      fetch(`${site.url}/api/v1/members/${id}/export`, { headers: given === '' ? {} : { cookie: given } })
    expect((await exported('')).status).toBe(401)
    for (const name of ['daniel', 'priya', 'elin'] as const) {
      expect([name, (await exported(await site.cookie(name))).status]).toEqual([name, 403])
      const person = await site.member(name)
      expect(await person.refusal('exportMember', { memberId })).toMatchObject({ code: 'notAllowed' })
    }
    const asInes = await site.cookie('ines')
    for (const id of ['mem_absent', '%00', '..%2F..'])
      expect([id, (await exported(asInes, id)).status]).toEqual([id, 404])
    const archive = readZip(Buffer.from(await (await exported(asInes)).arrayBuffer()))
    const told = JSON.parse(String(archive.get('member.json')))
    expect(told).toMatchObject({
      parley: 'member',
      member: { memberId, name: 'Canary Name', role: 'admin' },
      account: { email: 'canary@marlow.example', hasPassword: true, hasSingleSignOn: true, hasTotp: false },
      sessions: [{ userAgent: expect.any(String) }],
      mentions: [{ conversationId }],
      watches: [{ conversationId }],
      reviews: [{ conversationId, summary: 'canary-summary', dispute: 'canary-dispute', score: 80 }],
      files: [{ name: 'canary-unsent.txt' }],
      isCut: false,
    })
    expect(told.conversations).toHaveLength(1)
    expect(told.conversations[0].wrote.map(({ text }: { text: string }) => text).sort()).toEqual([
      'Needs a moderator',
      'She asked twice',
      'The parcel left on Tuesday',
    ])
    for (const secret of ['canary-totp', 'canary-subject', 'who packed it', 'Where is it?'])
      expect(JSON.stringify(told)).not.toContain(secret)
    expect(String(archive.get(`files/${told.files[0].fileId} canary-unsent.txt`))).toBe('canary-bytes')
    const { entries } = await ines.ask('listAudit', { action: 'member.exported' })
    expect(new Set(entries.map(({ object }) => object))).toEqual(new Set([`member:${memberId}`]))
  })

  it('is for who was switched off before, and so never for the last admin', async () => {
    const active = { code: 'conflict', reason: 'member.active' }
    expect(await ines.refusal('eraseMember', erase(memberId))).toEqual(active)
    expect(await ines.refusal('eraseMember', erase('mem_ines'))).toEqual(active)
    for (const person of [priya, daniel])
      expect(await person.refusal('eraseMember', erase(memberId))).toEqual({ code: 'notAllowed' })
    expect(await ines.refusal('eraseMember', erase('mem_absent'))).toEqual({
      code: 'notFound',
      reason: 'member.unknown',
    })
    await switchOff(memberId)
    const lastAdmin = { requestId: requestId(), memberId: 'mem_ines', isDisabled: true }
    expect(await ines.refusal('disableMember', lastAdmin)).toMatchObject({ reason: 'member.yourself' })
  })

  it('takes their name off open screens while their words stay, and moves no conversation in a list', async () => {
    const feeds = {
      ines: ines.open(conversationId),
      priya: priya.open(conversationId),
      marta: marta.open(conversationId),
    }
    await waitFor(
      () => Object.values(feeds).every((feed) => feed.get().isComplete && !isGone(feed)),
      patiently,
    )
    ;[movedAt] = await sql().query(
      'select updated_at, customer_at, vendor_at from conversations where conversation_id = $1',
      [conversationId],
    )
    expect(await ines.ask('eraseMember', erase(memberId))).toEqual({})
    await waitFor(() => Object.values(feeds).every(isGone), patiently)
    for (const feed of Object.values(feeds))
      expect(JSON.stringify(feed.get().events)).toContain('The parcel left on Tuesday')
    const sent = feeds.marta.get().events.findLast(({ type }) => type === 'messageSent')
    expect(sent?.by).toMatchObject({ id: memberId, name: formerMember })
    expect(JSON.stringify(feeds.priya.get().events)).toContain(`@${formerMember}, who packed it?`)
    await expectFoldToMatchStore(site, conversationId, [
      { reader: 'staff', feed: feeds.priya },
      { reader: 'staff', feed: feeds.ines },
      { reader: 'customer', feed: feeds.marta },
    ])
    expect(
      await sql().query(
        'select updated_at, customer_at, vendor_at from conversations where conversation_id = $1',
        [conversationId],
      ),
    ).toEqual([movedAt])
  })

  it('leaves no trace of who they were in any table, file or answer', async () => {
    await waitFor(async () => !/canary/i.test(await everyFile()), patiently)
    await waitFor(
      async () => (await sql().query(`select 1 from files where state = 'swept'`)).length === 0,
      patiently,
    )
    const rows = (await everyRow()).replace(/[^\x20-\x7e]+/g, ' ')
    expect(/.{60}canary.{60}/i.exec(rows)?.[0]).toBeUndefined()
    const { customer } = await ines.ask('viewContact', { conversationId })
    const answers = await Promise.all([
      ines.ask('readConversation', { conversationId }),
      marta.ask('readConversation', { conversationId }),
      ines.ask('exportPerson', { contactId: customer.contactId }),
      ines.ask('listInbox', { view: 'closed', search: 'parcel' }),
      ines.ask('listMembers', {}),
      ines.ask('listAudit', {}),
      ines.ask('listApiKeys', {}),
      ines.ask('viewVendor', { vendorId: 'ven_lumen' }),
    ])
    const text = JSON.stringify(answers)
    expect(text).not.toMatch(/canary/i)
    expect(text).toContain(formerMember)
    expect(answers[3].rows.map((row) => row.conversationId)).toContain(conversationId)
    expect(JSON.stringify(answers[2])).toContain('The parcel left on Tuesday')
    const [review] = await sql().query(
      `select score, marks, comments from reviews where review_id = 'rev_theirs'`,
    )
    expect(review).toEqual({ score: 80, marks: { decision: 'yes' }, comments: [] })
  })

  it('looks again, finds what a node that knew too late has written, and tells nothing twice', async () => {
    const { timers, clock } = site.world.parts
    const told = async () =>
      (
        await sql().query(`select 1 from events where conversation_id = $1 and type = 'memberErased'`, [
          conversationId,
        ])
      ).length
    const lookAgain = async () => {
      const job = { siteId: 'site_marlow', memberId, after: '', isAgain: true }
      await timers.set(sql(), 'eraseMember', memberId, clock.now(), job)
      await waitFor(
        async () => (await sql().query(`select 1 from timers where kind = 'eraseMember'`)).length === 0,
        patiently,
      )
    }
    await lookAgain()
    expect(await told()).toBe(1)
    await sql().query(
      `update events set by = by || '{"name":"Canary Late"}'
       where conversation_id = $1 and type = 'conversationClosed' and by->>'id' = $2`,
      [conversationId, memberId],
    )
    await lookAgain()
    expect(await told()).toBe(2)
    expect(await everyRow()).not.toMatch(/canary/i)
  })

  it('keeps an audit that verifies, with what they did under their id and why they were erased', async () => {
    expect(await ines.ask('verifyAudit', {})).toMatchObject({ fault: null })
    const { entries } = await ines.ask('listAudit', { action: 'member.erased' })
    expect(entries).toEqual([
      expect.objectContaining({
        object: `member:${memberId}`,
        reason: 'They asked by mail',
        actor: 'Ines Duarte',
      }),
    ])
    const [did] = await sql().query(
      `select actor_name, ip from audit where actor_id = $1 and action = 'apiKey.created'`,
      [memberId],
    )
    expect(did).toEqual({ actor_name: null, ip: null })
    const doors = await sql().query(
      `select ip from audit where object = $1 and action = 'member.signInRefused'`,
      [`member:${memberId}`],
    )
    expect(doors).toEqual([{ ip: null }])
  })

  it('lets nobody in, changes nothing twice, and who comes back is somebody new', async () => {
    expect((await fetch(`${site.url}/api/v1/session`, { headers: { cookie } })).status).not.toBe(200)
    expect((await post('/session', { email: 'canary@marlow.example', password })).status).toBe(401)
    expect(await ines.refusal('eraseMember', erase(memberId))).toEqual({
      code: 'conflict',
      reason: 'person.erased',
    })
    const unknown = { code: 'notFound', reason: 'member.unknown' }
    const admit = { requestId: requestId(), memberId, isDisabled: false }
    expect(await ines.refusal('disableMember', admit)).toEqual(unknown)
    expect(await ines.refusal('exportMember', { memberId })).toEqual(unknown)
    const again = await welcome('Another Name', 'canary@marlow.example', 'csr')
    expect(again.memberId).not.toBe(memberId)
  })

  it('of a vendor: with what they learnt and gave as its contact; their work on another site stays', async () => {
    const email = `nightjar-${randomBytes(4).toString('hex')}@lumen.example`
    const nightjar = await welcome('Nightjar Person', email, 'vendor', 'ven_lumen')
    await sql().query(
      `insert into sites (site_id, site_key, settings, created_at)
       select 'site_harbour', 'harbour', settings, now() from sites where site_id = 'site_marlow'`,
    )
    await sql().query(
      `insert into members (site_id, member_id, account_id, name, role)
       select 'site_harbour', 'mem_there', account_id, 'Nightjar There', 'csr' from accounts where email = $1`,
      [email],
    )
    await sql().query(
      `insert into vendor_applications (site_id, vendor_id, company, contact_name, email, phone, about, categories,
         terms_version, applied_at, token_hash)
       values ('site_marlow', 'ven_lumen', 'Lumen & Oak', 'Nightjar Person', $1, '+45 nightjar', '', '{}', 1, now(), 'x')`,
      [email],
    )
    await sql().query(
      `insert into training_modules (site_id, module_id, version, title, content, pass_percent, attempts_per_day,
         certificate_days, is_published, saved_at, saved_by)
       values ('site_marlow', 'mod_care', 1, 'Care', '{}', 80, 3, 365, false, now(), 'Nightjar Person')`,
    )
    await sql().query(
      `insert into training_attempts (site_id, attempt_id, module_id, version, member_id, answers, percent, has_passed, at)
       values ('site_marlow', 'att_1', 'mod_care', 1, $1, '[[1]]', 100, true, now())`,
      [nightjar.memberId],
    )
    await sql().query(
      `insert into training_certificates (site_id, member_id, module_id, version, attempt_id, given_at, expires_at)
       values ('site_marlow', $1, 'mod_care', 1, 'att_1', now(), now() + interval '1 year')`,
      [nightjar.memberId],
    )
    const told = await ines.ask('exportMember', { memberId: nightjar.memberId })
    expect(told).toMatchObject({
      member: { vendorId: 'ven_lumen' },
      certificates: [{ module: 'Care' }],
      attempts: [{ module: 'Care', percent: 100, answers: [[1]] }],
    })
    await switchOff(nightjar.memberId)
    await ines.ask('eraseMember', erase(nightjar.memberId))
    const left = (await everyRow()).split('\n').filter((line) => /nightjar/i.test(line))
    expect(left.map((line) => line.split(':')[0]).sort()).toEqual(['accounts', 'members'])
    expect(left.join()).not.toContain('Nightjar Person')
    const rows = await sql().query(
      `select m.site_id, m.name, a.email from members m join accounts a on a.account_id = m.account_id
       where m.member_id in ('mem_there', $1) order by m.site_id`,
      [nightjar.memberId],
    )
    expect(rows).toEqual([
      { site_id: 'site_harbour', name: 'Nightjar There', email },
      { site_id: 'site_marlow', name: formerMember, email: expect.stringMatching(/^erased acc_/) },
    ])
    for (const table of ['training_attempts', 'training_certificates'])
      expect(await sql().query(`select 1 from ${table} where member_id = $1`, [nightjar.memberId])).toEqual(
        [],
      )
  })

  it('keeps what is append-only so, but for such a name', async () => {
    for (const statement of [
      `update term_rules set saved_by = 'Somebody else'`,
      `update term_rules set saved_by = '${formerMember}', version = version + 100`,
      `update vendor_states set by_name = 'Somebody else'`,
      `update vendor_states set by_name = '${formerMember}', why = 'Something else'`,
    ])
      await expect(sql().query(statement), statement).rejects.toThrow()
  })
})
