import { commands } from '@parley/shared/protocol/commands.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { permitted } from '../app/dispatch.ts'
import { findHeld } from '../conversations/index.ts'
import { marlow } from '../demo/cast.ts'
import { identityToken } from '../demo/identity-token.ts'
import { findPerson } from '../demo/person.ts'
import { recogniseVisitor } from '../identity/index.ts'
import { everyFileIn } from '../testing/every-file.ts'
import { everyRow } from '../testing/every-row.ts'
import { expectFoldToMatchStore } from '../testing/fold-matches-store.ts'
import { type Marlow, type Person, startMarlow } from '../testing/marlow.ts'
import { readZip } from '../testing/read-zip.ts'
import { engines } from '../testing/site-world.ts'
import { waitFor } from '../testing/wait-for.ts'
import { openReceiver, type WebhookReceiver } from '../testing/webhook-receiver.ts'

let requests = 0
const requestId = () => {
  requests += 1
  return `erasure-${requests}`
}
const patiently = 30_000

describe.each(engines)('the erasure of a person on %s', (engine) => {
  let site: Marlow
  let receiver: WebhookReceiver
  let ines: Person
  let priya: Person
  let marta: Person & { visitorToken: string }
  let omar: Person
  let contactId: string
  let conversationId: string
  let kept: string
  let oldToken: string
  beforeAll(async () => {
    receiver = await openReceiver()
    site = await startMarlow(engine, { OUTBOUND_ALLOW: '127.0.0.1', RATE_LIMIT_FACTOR: '1000' })
    ;[ines, priya, marta, omar] = await Promise.all([
      site.member('ines'),
      site.member('priya'),
      site.buyer('marta'),
      site.buyer('omar'),
    ])
  })
  afterAll(async () => {
    await site?.close()
    await receiver?.close()
  })

  const sql = () => site.world.parts.database
  const everyFile = () => everyFileIn(site.world.parts.config.dataDir)
  async function upload(person: { visitorToken: string }, name: string, text: string): Promise<string> {
    const form = new FormData()
    form.append('conversationId', conversationId)
    form.append('file', new Blob([text], { type: 'text/plain' }), name)
    const response = await fetch(`${site.url}/api/v1/uploads`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Bearer ${person.visitorToken}`, 'parley-site': marlow.siteKey },
    })
    const body = (await response.json()) as { fileId: string }
    expect([response.status, body]).toMatchObject([201, { fileId: expect.any(String) }])
    return body.fileId
  }

  it('begins with a person who has left traces everywhere', async () => {
    ;({ conversationId } = await marta.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'support' },
      about: { page: { url: `${site.url}/canary-page`, title: 'canary-title' } },
      answers: { topic: 'payment', description: 'canary-description' },
    }))
    ;({ conversationId: kept } = await omar.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'support' },
      answers: { topic: 'payment', description: 'what somebody else wrote' },
    }))
    const write = () => ({ requestId: requestId(), conversationId })
    await priya.ask('takeConversation', write())
    const fileId = await upload(marta, 'canary-file.txt', 'canary-bytes')
    await upload(marta, 'canary-unsent.txt', 'canary-unsent-bytes')
    await marta.ask('sendMessage', { ...write(), text: 'CANARY-SHOUTED, where is it!!!', fileIds: [fileId] })
    await priya.ask('sendMessage', { ...write(), text: 'It goes to canary-street, Marta' })
    await priya.ask('addNote', { ...write(), text: 'canary-note' })
    await marta.ask('reportConversation', { ...write(), messageId: null, reason: 'canary-report' })
    await priya.ask('raiseHand', { ...write(), reason: 'canary-hand' })
    const { messageId } = await marta.ask('sendMessage', { ...write(), text: 'canary-redacted' })
    await ines.ask('redactMessage', { ...write(), messageId, reason: 'canary-reason' })
    await priya.ask('closeConversation', write())
    await marta.ask('rateConversation', { ...write(), stars: 2, words: 'canary-rating' })
    const { customer } = await ines.ask('viewContact', { conversationId })
    contactId = customer.contactId
    oldToken = marta.visitorToken
    expect(customer.name).toContain('Marta')
    await waitFor(async () => (await sql().query('select 1 from message_tones')).length > 0, patiently)
    const before = await everyRow(sql())
    for (const word of [
      'canary-description',
      'canary-report',
      'canary-rating',
      'canary-reason',
      'CANARY-SHOUTED',
    ])
      expect(before).toContain(word)
    expect(await everyFile()).toContain('canary-bytes')
  })

  it('gives the person everything first: their own words, and nothing that was written about them', async () => {
    const { people } = await ines.ask('findPeople', { search: 'marta' })
    expect(people.map((one) => one.contactId)).toContain(contactId)
    const found = async (search: string) =>
      (await ines.ask('findPeople', { search })).people.map((one) => one.contactId)
    expect(await found(contactId)).toEqual([contactId])
    expect(await found('MARTA@studio.example')).toEqual([contactId])
    expect(await found('%')).toEqual([])
    expect(await found('_arta')).toEqual([])
    const exported = await ines.ask('exportPerson', { contactId })
    expect(exported).toMatchObject({ parley: 'person', contact: { contactId, erasedAt: null }, isCut: false })
    expect(exported.files.map(({ name }) => name).sort()).toEqual(['canary-file.txt', 'canary-unsent.txt'])
    const text = JSON.stringify(exported)
    for (const word of ['canary-description', 'canary-street', 'canary-rating', 'CANARY-SHOUTED'])
      expect(text).toContain(word)
    for (const word of ['canary-note', 'canary-reason', 'canary-hand']) expect(text).not.toContain(word)
    const { entries } = await ines.ask('listAudit', { action: 'person' })
    expect(new Set(entries.map(({ action }) => action))).toEqual(
      new Set(['person.exported', 'person.searched']),
    )
  })

  it('gives their files too, byte for byte in one archive, to an admin and on record', async () => {
    const packed = async (cookie?: string, id = contactId) =>
      fetch(`${site.url}/api/v1/people/${id}/export`, { headers: cookie === undefined ? {} : { cookie } })
    expect((await packed()).status).toBe(401)
    for (const name of ['daniel', 'priya', 'elin'] as const)
      expect([name, (await packed(await site.cookie(name))).status]).toEqual([name, 403])
    const cookie = await site.cookie('ines')
    for (const id of ['con_absent', '%00', '..%2F..'])
      expect([id, (await packed(cookie, id)).status]).toEqual([id, 404])
    const lines = async () =>
      (await ines.ask('listAudit', { action: 'person.exported' })).entries.filter(
        ({ object }) => object === `contact:${contactId}`,
      ).length
    const before = await lines()
    const response = await packed(cookie)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/zip')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; /)
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    const archive = readZip(Buffer.from(await response.arrayBuffer()))
    const person = JSON.parse(String(archive.get('person.json')))
    expect(person).toMatchObject({ parley: 'person', contact: { contactId }, isCut: false })
    const found = [...archive].flatMap(([name, bytes]) =>
      name === 'person.json' ? [] : [[name, String(bytes)]],
    )
    expect(found.sort()).toEqual(
      (person.files as { fileId: string; name: string }[])
        .map(({ fileId, name }) => [
          `files/${fileId} ${name}`,
          name === 'canary-file.txt' ? 'canary-bytes' : 'canary-unsent-bytes',
        ])
        .sort(),
    )
    expect(found).toHaveLength(2)
    expect(await lines()).toBe(before + 1)
  })

  it('is an admin’s alone', async () => {
    const daniel = await site.member('daniel')
    for (const who of [daniel, priya, await site.member('elin'), omar]) {
      const wish = { requestId: requestId(), contactId, reason: 'no' }
      expect(await who.refusal('erasePerson', wish)).toEqual({ code: 'notAllowed' })
      expect(await who.refusal('exportPerson', { contactId })).toEqual({ code: 'notAllowed' })
      expect(await who.refusal('findPeople', { search: 'Marta' })).toEqual({ code: 'notAllowed' })
    }
  })

  it('[A2] [E1] reaches every open screen, the person’s own too, which then ends', async () => {
    const feeds = {
      ines: ines.open(conversationId),
      priya: priya.open(conversationId),
      marta: marta.open(conversationId),
    }
    await waitFor(() => Object.values(feeds).every((feed) => feed.get().isComplete), patiently)
    expect(JSON.stringify(feeds.priya.get().events)).toContain('canary-note')
    receiver.answers = (response) => response.writeHead(500).end()
    await ines.ask('createWebhook', {
      requestId: requestId(),
      url: receiver.url,
      label: 'Shop',
      eventTypes: ['conversationErased', 'conversationReopened'],
    })
    expect(
      await ines.ask('erasePerson', { requestId: requestId(), contactId, reason: 'They asked by mail' }),
    ).toEqual({ conversations: expect.any(Number) })
    const isErased = (feed: (typeof feeds)['ines']) =>
      feed.get().events.some(({ type }) => type === 'conversationErased')
    await waitFor(() => Object.values(feeds).every(isErased), patiently)
    for (const feed of Object.values(feeds)) {
      const held = JSON.stringify(feed.get())
      expect(held.toLowerCase()).not.toContain('canary')
      expect(held).not.toContain('Marta')
    }
    await expectFoldToMatchStore(site, conversationId, [
      { reader: 'staff', feed: feeds.priya },
      { reader: 'staff', feed: feeds.ines },
    ])
    // Her page signs her in again: as somebody new, who has no conversation.
    await waitFor(async () => {
      const listed = await marta.connection.ask('listConversations', {})
      return listed.ok && listed.value.rows.length === 0
    }, patiently)
    expect(await marta.refusal('readConversation', { conversationId })).toEqual({ code: 'notFound' })
  })

  it('leaves no word in any table, file or answer, and others untouched', async () => {
    await waitFor(async () => !/canary/i.test(await everyFile()), patiently)
    await waitFor(
      async () => (await sql().query(`select 1 from files where state = 'swept'`)).length === 0,
      patiently,
    )
    const rows = await everyRow(sql())
    const near = /.{60}canary.{60}/i.exec(rows.replace(/[^\x20-\x7e]+/g, ' '))?.[0]
    expect(near).toBeUndefined()
    const [own] = await sql().query('select * from contacts where contact_id = $1', [contactId])
    expect(own).toMatchObject({ name: null, email: null, email_digest: null, sub: null, orders: [] })
    expect(rows).toContain('what somebody else wrote')
    const answers = await Promise.all([
      ines.ask('readConversation', { conversationId }),
      ines.ask('viewContact', { conversationId }),
      ines.ask('listInbox', { view: 'closed' }),
      ines.ask('listInbox', { view: 'all', search: 'canary' }),
      ines.ask('exportPerson', { contactId }),
      ines.ask('listAudit', {}),
      ines.ask('viewTone', { conversationId }),
    ])
    expect(JSON.stringify(answers)).not.toMatch(/canary/i)
    const { events } = await ines.ask('readConversation', { conversationId: kept })
    expect(JSON.stringify(events)).toContain('what somebody else wrote')
  })

  it('keeps the shape of the conversation, and an audit that verifies and says why', async () => {
    const { events } = await ines.ask('readConversation', { conversationId })
    expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => index + 1))
    expect(events.filter(({ type }) => type === 'messageSent').length).toBeGreaterThan(2)
    expect(await ines.ask('verifyAudit', {})).toMatchObject({ fault: null })
    const { entries } = await ines.ask('listAudit', { action: 'person.erased' })
    expect(entries).toEqual([
      expect.objectContaining({
        object: `contact:${contactId}`,
        reason: 'They asked by mail',
        actor: 'Ines Duarte',
      }),
    ])
    expect(
      await ines.refusal('erasePerson', { requestId: requestId(), contactId, reason: 'Once more' }),
    ).toEqual({ code: 'conflict', reason: 'person.erased' })
  })

  it('is told to webhooks, which learn nothing else', async () => {
    await waitFor(() => receiver.of('conversationErased').length > 0, patiently)
    expect(receiver.of('conversationErased')[0]?.body.data).toMatchObject({
      customer: { contactId, externalId: null },
      payload: { why: 'asked' },
    })
  })

  it('[E2] ends what the browser was: its token opens nothing, and the same identity is somebody new', async () => {
    const { parts } = site.world
    await expect(
      recogniseVisitor(parts, { siteKey: marlow.siteKey, visitorToken: oldToken }),
    ).rejects.toMatchObject({ refusal: { code: 'notAllowed' } })
    const person = findPerson('marta')
    if (!person) throw new Error('Marta is not in the cast')
    const { actor } = await recogniseVisitor(parts, {
      siteKey: marlow.siteKey,
      identityToken: await identityToken(person, parts.clock),
    })
    expect(actor.contactId).not.toBe(contactId)
    expect(actor.isVerified).toBe(true)
    // A connection that has not noticed yet still asks as who they were.
    const held = (await findHeld(sql(), conversationId)) ?? null
    for (const name of ['sendMessage', 'readConversation', 'rateConversation'] as const)
      expect(() => permitted({ ...actor, contactId }, commands[name], held)).toThrow('notFound')
  })
})
