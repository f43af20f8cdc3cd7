import { maskedAddress } from '@parley/shared/conversation/masked.ts'
import { permits, permitsOn } from '@parley/shared/policy/policy.ts'
import type { SentFile } from '@parley/shared/protocol/events.ts'
import type { InboxView } from '@parley/shared/protocol/reading.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { picture } from '../files/samples.ts'
import { type Asker, connectEverybody, type Everybody } from '../testing/everybody.ts'
import { createKinds, type Given, kinds } from '../testing/given-kinds.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'

let site: Marlow
let everybody: Everybody
let askers: Asker[]
let given: Given[]
beforeAll(async () => {
  site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000000' })
  everybody = await connectEverybody(site)
  askers = Object.values(everybody)
  const make = await createKinds(site, everybody)
  given = await Promise.all([...kinds, ...kinds].map(make))
  for (const { conversationId, facts } of given.slice(kinds.length)) {
    const closer = facts.siteId === everybody.ines.actor.siteId ? everybody.ines : everybody.secondAdmin
    const wish = { requestId: 'close-given', conversationId, reason: 'All was said.' }
    await closer.person.ask('closeConversation', wish)
    // An offer ends with the conversation, and with it what it let somebody read.
    facts.offeredTo = null
  }
})
afterAll(() => site?.close())

const members = () => askers.filter(({ actor }) => actor.kind === 'member')
const customers = () => askers.filter(({ actor }) => actor.kind === 'customer')
const mayRead = ({ actor }: Asker, { facts }: Given) => permitsOn(actor, 'conversation.read', facts)
const idsOf = (rows: readonly { conversationId: string }[]) => rows.map((row) => row.conversationId).sort()
const mine = (asker: Asker, isClosed: boolean) =>
  idsOf(given.filter((one, index) => mayRead(asker, one) && index >= kinds.length === isClosed))

describe('the inbox', () => {
  it('lists exactly what its reader may read, open and closed', async () => {
    for (const asker of members()) {
      const open = await asker.person.ask('listInbox', { view: 'all' })
      const closed = await asker.person.ask('listInbox', { view: 'closed' })
      expect([asker.name, idsOf(open.rows)]).toEqual([asker.name, mine(asker, false)])
      expect([asker.name, idsOf(closed.rows)]).toEqual([asker.name, mine(asker, true)])
    }
  })

  it('lists nothing foreign in any view, by any filter, on any page, and counts what it lists', async () => {
    const views: InboxView[] = ['mine', 'waiting', 'team', 'all', 'rooms', 'mentions', 'closed']
    for (const asker of members()) {
      const counts = await asker.person.ask('countInbox', {})
      for (const view of views)
        for (const filter of [
          {},
          { unreadOnly: true },
          { queueId: 'que_kiln' },
          { queueId: 'que_payments' },
          { queueId: 'que_support' },
        ]) {
          const seen: string[] = []
          let cursor: string | undefined
          do {
            const page = await asker.person.ask('listInbox', {
              view,
              limit: 2,
              ...filter,
              ...(cursor === undefined ? {} : { cursor }),
            })
            seen.push(...idsOf(page.rows))
            cursor = page.cursor ?? undefined
          } while (cursor !== undefined)
          const allowed = mine(asker, view === 'closed')
          expect([asker.name, view, filter, seen.filter((id) => !allowed.includes(id))]).toEqual([
            asker.name,
            view,
            filter,
            [],
          ])
          expect(new Set(seen).size).toBe(seen.length)
          const count = { ...counts, closed: seen.length }[view]
          if (Object.keys(filter).length === 0)
            expect([asker.name, view, seen.length]).toEqual([asker.name, view, count])
        }
    }
  })

  it('finds a word only for those who may read where it was said', async () => {
    for (const asker of members())
      for (const target of given) {
        const view = given.indexOf(target) < kinds.length ? 'all' : 'closed'
        const { rows } = await asker.person.ask('listInbox', { view, search: target.canary })
        expect([asker.name, target.kind, idsOf(rows)]).toEqual([
          asker.name,
          target.kind,
          mayRead(asker, target) ? [target.conversationId] : [],
        ])
      }
  })

  it('searches no notes, which some of those who list a conversation may not read', async () => {
    const { daniel, elin } = everybody
    const kiln = given[kinds.indexOf('kiln')] as Given
    const note = { requestId: 'note-search', conversationId: kiln.conversationId, text: 'unfindable' }
    await daniel.person.ask('addNote', note)
    for (const { person } of [elin, daniel])
      expect((await person.ask('listInbox', { view: 'all', search: 'unfindable' })).rows).toEqual([])
  })

  it('does not show customers and vendors by a row’s time or place that staff wrote a note', async () => {
    const { daniel, elin, marta } = everybody
    const kiln = given[kinds.indexOf('kiln')] as Given
    const views = async () => [
      await elin.person.ask('listInbox', { view: 'all' }),
      await marta.person.ask('listConversations', {}),
    ]
    const before = await views()
    expect(JSON.stringify(before)).toContain(kiln.conversationId)
    await daniel.person.ask('addNote', {
      requestId: 'note-row',
      conversationId: kiln.conversationId,
      text: 'Hm',
    })
    expect(await views()).toEqual(before)
  })

  it('takes no cursor apart from its own', async () => {
    for (const cursor of ['1~cnv', 'x', `${new Date().toISOString()}~`, '2026-99-01T00:00:00Z~cnv'])
      expect(await everybody.elin.person.refusal('listInbox', { view: 'all', cursor })).toMatchObject({
        code: 'invalid',
        reason: 'cursor.shape',
      })
  })
})

describe('lists besides', () => {
  it('show customers their own conversations and no others', async () => {
    for (const asker of customers()) {
      const { rows } = await asker.person.ask('listConversations', {})
      expect([asker.name, idsOf(rows)]).toEqual([
        asker.name,
        idsOf(given.filter((one) => mayRead(asker, one))),
      ])
    }
  })

  it('beside a conversation name only those earlier ones that the asker may read', async () => {
    for (const asker of members())
      for (const target of given.filter((one) => mayRead(asker, one))) {
        const view = await asker.person.ask('viewContact', { conversationId: target.conversationId })
        const expected = given.filter(
          (one) => one !== target && one.facts.contactId === target.facts.contactId && mayRead(asker, one),
        )
        expect([asker.name, target.kind, idsOf(view.earlier)]).toEqual([
          asker.name,
          target.kind,
          idsOf(expected),
        ])
        const mayHaveEmail = permitsOn(asker.actor, 'contact.email', target.facts)
        const email = emailOf(target)
        expect(view.email).toBe(mayHaveEmail ? email && maskedAddress(email) : null)
        if (!permitsOn(asker.actor, 'note.read', target.facts)) expect(view.visitor).toBeNull()
      }
  })

  function emailOf({ owner }: Given): string | null {
    return { marta: 'marta@studio.example', omar: 'omar@post.example' }[owner as 'marta' | 'omar'] ?? null
  }

  it('of colleagues and replies end at the vendor’s door and at the site’s', async () => {
    const { elin, nils, priya, secondAdmin } = everybody
    const replies = async ({ person }: Asker) =>
      (await person.ask('listCannedReplies', {})).replies.map(({ cannedReplyId }) => cannedReplyId)
    const lists = await Promise.all([elin, nils, priya, secondAdmin].map(replies))
    const [ofKiln = [], ofNordvik = [], ofStaff = [], elsewhere] = lists
    for (const list of [ofKiln, ofNordvik, ofStaff]) expect(list.length).toBeGreaterThan(0)
    expect(elsewhere).toEqual([])
    expect(new Set(lists.flat()).size).toBe(lists.flat().length)

    const colleagues = await elin.person.ask('listColleagues', {})
    expect(colleagues.members.map(({ name }) => name)).toEqual(['Elin Berg'])
    expect(colleagues.queues.map(({ queueId }) => queueId).sort()).toEqual([
      'que_kiln',
      'que_payments',
      'que_support',
    ])
    const there = await secondAdmin.person.ask('listColleagues', {})
    expect(there.members.map(({ name }) => name).sort()).toEqual(['Ines Duarte', 'Otto Lind'])
  })

  it('of people under a legal hold are the site’s own', async () => {
    const { ines, secondAdmin } = everybody
    const contactId = given.find(({ owner }) => owner === 'marta')?.facts.contactId ?? ''
    const hold = { requestId: 'hold-marta', contactId, reason: 'A court asked' }
    await ines.person.ask('holdPerson', hold)
    expect(await ines.person.ask('listHeldPeople', {})).toMatchObject({
      people: [{ hold: { contactId } }],
      total: 1,
    })
    expect(await secondAdmin.person.ask('listHeldPeople', {})).toEqual({ people: [], total: 0 })
  })
})

describe('files', () => {
  const put = async (asker: Asker, conversationId?: string) => {
    const form = new FormData()
    if (conversationId !== undefined) form.set('conversationId', conversationId)
    const bytes = await picture(32, 24).png().toBuffer()
    form.set('file', new File([new Uint8Array(bytes)], 'cup.png', { type: 'image/png' }))
    return fetch(`${site.url}/api/v1/uploads`, { method: 'POST', body: form, headers: asker.headers })
  }
  const get = async (asker: Asker, fileId: string, part = '') => {
    const { headers } = asker
    const response = await fetch(`${site.url}/api/v1/files/${fileId}${part}`, { headers })
    return { status: response.status, body: await response.text() }
  }

  it('are taken for a conversation only from those who write in it', async () => {
    for (const asker of askers) {
      const absent = await put(asker, 'cnv_absent')
      const ofAbsent = { status: absent.status, body: await absent.text() }
      for (const target of given.slice(0, kinds.length)) {
        const response = await put(asker, target.conversationId)
        const body = await response.text()
        const told = `${asker.name} to ${target.kind}`
        if (permitsOn(asker.actor, 'file.upload', target.facts))
          expect([told, response.status]).toEqual([told, 201])
        else expect([told, { status: response.status, body }]).toEqual([told, ofAbsent])
      }
      expect(ofAbsent.status).toBe(404)
    }
  }, 90_000)

  it('that were sent open for those who may read the conversation, and are absent for everybody else', async () => {
    for (const target of given.slice(0, kinds.length)) {
      const owner = everybody[target.owner]
      const file = (await (await put(owner, target.conversationId)).json()) as SentFile
      await owner.person.ask('sendMessage', {
        requestId: 'send-file',
        conversationId: target.conversationId,
        text: '',
        fileIds: [file.fileId],
      })
      for (const asker of askers)
        for (const part of ['', '/thumbnail']) {
          const told = `${asker.name}: ${target.kind}${part}`
          const answered = await get(asker, file.fileId, part)
          expect(permits(asker.actor, 'file.download')).toBe(true)
          if (permitsOn(asker.actor, 'file.download', target.facts))
            expect([told, answered.status]).toEqual([told, 200])
          else expect([told, answered]).toEqual([told, await get(asker, 'fil_absent', part)])
        }
    }
  }, 90_000)

  it('that were not sent yet are their uploader’s alone, and nobody else can send them', async () => {
    const { daniel, elin, marta, priya } = everybody
    const { conversationId } = given[kinds.indexOf('kilnAssignedToPriya')] as Given
    const file = (await (await put(marta, conversationId)).json()) as SentFile
    expect((await get(marta, file.fileId)).status).toBe(200)
    for (const asker of [daniel, elin, priya]) {
      expect([asker.name, await get(asker, file.fileId)]).toEqual([
        asker.name,
        await get(asker, 'fil_absent'),
      ])
      const send = { requestId: 'send-anothers', conversationId, text: 'See', fileIds: [file.fileId] }
      expect(await asker.person.refusal('sendMessage', send)).toMatchObject({ reason: 'file.unknown' })
    }
  })

  it('meant for one conversation are not sent into another', async () => {
    const { marta } = everybody
    const [kiln, nordvik] = [given[kinds.indexOf('kiln')], given[kinds.indexOf('nordvik')]] as [Given, Given]
    const file = (await (await put(marta, kiln.conversationId)).json()) as SentFile
    const send = { requestId: 'send-elsewhere', text: '', fileIds: [file.fileId] }
    expect(
      await marta.person.refusal('sendMessage', { ...send, conversationId: nordvik.conversationId }),
    ).toMatchObject({ reason: 'file.unknown' })
  })
})
