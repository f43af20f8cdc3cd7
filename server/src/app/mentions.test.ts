import type { Mention } from '@parley/shared/protocol/ephemeral.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hints } from '../testing/across-nodes.ts'
import { type Asker, connectEverybody, type Everybody } from '../testing/everybody.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { waitFor } from '../testing/wait-for.ts'

let site: Marlow
let everybody: Everybody
beforeAll(async () => {
  site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000000' })
  everybody = await connectEverybody(site)
})
afterAll(() => site?.close())

let count = 0
const requestId = () => {
  count += 1
  return `mention-${count}`
}

/** A stranger asks support: Priya serves that queue, Jonas another. */
async function asked(): Promise<string> {
  const { anonymous } = everybody
  const { conversationId } = await anonymous.person.ask('startConversation', {
    requestId: requestId(),
    with: { kind: 'support' },
    answers: { role: 'buyer', name: 'Guest', topic: 'product', description: 'Is it oven-proof?' },
  })
  return conversationId
}

async function noted(conversationId: string, text: string, mentions: string[]): Promise<void> {
  await everybody.priya.person.ask('addNote', { requestId: requestId(), conversationId, text, mentions })
}

const told = ({ person }: Asker, conversationId: string) =>
  hints(person, 'mention')
    .map((hint) => hint as Mention)
    .filter((hint) => hint.conversationId === conversationId)
const rowIn = async ({ person }: Asker, view: 'mentions' | 'all' | 'closed', conversationId: string) =>
  (await person.ask('listInbox', { view })).rows.find((row) => row.conversationId === conversationId)
const counted = async ({ person }: Asker) => (await person.ask('countInbox', {})).mentions

describe('[A6] a note that mentions', () => {
  it('tells whom it calls, live, lists it for them and counts it, and for nobody else', async () => {
    const { daniel, ines, jonas, elin, priya, anonymous } = everybody
    const conversationId = await asked()
    const before = await counted(daniel)
    await noted(conversationId, '@Daniel look at this', ['mem_daniel'])
    await waitFor(() => told(daniel, conversationId).length === 1)
    expect(told(daniel, conversationId)[0]?.note).toMatchObject({
      by: 'Priya Raman',
      text: '@Daniel look at this',
      customer: 'Guest',
    })
    expect(await rowIn(daniel, 'mentions', conversationId)).toMatchObject({ mention: 'open' })
    expect(await rowIn(daniel, 'all', conversationId)).toMatchObject({ mention: 'open' })
    expect(await counted(daniel)).toBe(before + 1)
    const { rows } = await daniel.person.ask('listInbox', { view: 'all', unreadOnly: true })
    expect(rows.map((row) => row.conversationId)).toContain(conversationId)
    for (const other of [ines, jonas, elin, priya, anonymous])
      expect([other.name, told(other, conversationId)]).toEqual([other.name, []])
    for (const other of [ines, priya]) {
      expect(await rowIn(other, 'mentions', conversationId)).toBeUndefined()
      expect(await rowIn(other, 'all', conversationId)).toMatchObject({ mention: null })
    }
  })

  it('calls nobody who may not read it, and offers only those who may', async () => {
    const { priya, jonas, elin, nils, secondAdmin, anonymous } = everybody
    const conversationId = await asked()
    const wanted = ['mem_jonas', 'mem_elin', 'mem_nils', 'mem_ines', 'mem_absent', 'mem_priya']
    await noted(conversationId, 'a canary for some', wanted)
    const { events } = await priya.person.ask('readConversation', { conversationId })
    expect(events.at(-1)).toMatchObject({
      type: 'noteAdded',
      payload: { mentions: [{ memberId: 'mem_ines' }, { memberId: 'mem_priya' }] },
    })
    await waitFor(() => told(everybody.ines, conversationId).length === 1)
    // Calling oneself tells nobody anything.
    for (const other of [priya, jonas, elin, nils, secondAdmin])
      expect([other.name, told(other, conversationId)]).toEqual([other.name, []])
    for (const other of [jonas, elin, nils, secondAdmin, anonymous])
      expect(JSON.stringify(other.person.frames)).not.toContain('a canary for some')
    const { members } = await priya.person.ask('listMentionable', { conversationId })
    expect(members.map(({ memberId }) => memberId).sort()).toEqual(['mem_daniel', 'mem_ines', 'mem_priya'])
    for (const other of [jonas, secondAdmin])
      expect(await other.person.refusal('listMentionable', { conversationId })).toEqual({ code: 'notFound' })
    for (const other of [elin, anonymous])
      expect(await other.person.refusal('listMentionable', { conversationId })).toEqual({
        code: 'notAllowed',
      })
  })

  it('calls once, however often it is asked for', async () => {
    const { priya, daniel } = everybody
    const conversationId = await asked()
    const wish = { requestId: requestId(), conversationId, text: 'twice', mentions: ['mem_daniel'] }
    await priya.person.ask('addNote', wish)
    await priya.person.ask('addNote', wish)
    await noted(conversationId, 'and then another', ['mem_daniel'])
    await waitFor(() => told(daniel, conversationId).length >= 2)
    expect(told(daniel, conversationId).map(({ note }) => note?.text)).toEqual(['twice', 'and then another'])
    const rows = await site.world.parts.database.query(
      'select seq from mentions where conversation_id = $1',
      [conversationId],
    )
    expect(rows).toHaveLength(2)
  })

  it('is no longer open once it was read as far as it stands, in every window of the reader', async () => {
    const { daniel } = everybody
    const conversationId = await asked()
    const other = await site.member('daniel')
    await noted(conversationId, 'first', ['mem_daniel'])
    await noted(conversationId, 'second', ['mem_daniel'])
    const { events } = await daniel.person.ask('readConversation', { conversationId })
    const [first, second] = events.filter(({ type }) => type === 'noteAdded').map(({ position }) => position)
    const before = await counted(daniel)
    await daniel.person.ask('markConversation', { conversationId, mentionsReadTo: first ?? 0 })
    expect(await counted(daniel)).toBe(before)
    await daniel.person.ask('markConversation', { conversationId, mentionsReadTo: second ?? 0 })
    await waitFor(() => hints(other, 'mention').some((hint) => (hint as Mention).note === null))
    expect(await counted(daniel)).toBe(before - 1)
    expect(await rowIn(daniel, 'mentions', conversationId)).toMatchObject({ mention: 'read' })
    other.close()
  })

  it('reads only for whoever reads, and moves no mark that anybody sees', async () => {
    const { daniel, ines, anonymous } = everybody
    const conversationId = await asked()
    await noted(conversationId, 'for two', ['mem_daniel', 'mem_ines'])
    await ines.person.ask('markConversation', { conversationId, mentionsReadTo: 1_000 })
    expect(await rowIn(daniel, 'mentions', conversationId)).toMatchObject({ mention: 'open' })
    const page = await anonymous.person.ask('readConversation', { conversationId })
    expect(page.marks).toEqual([])
  })

  it('is nothing any more to whoever lost the conversation, and is there again with it', async () => {
    const { priya, jonas } = everybody
    const conversationId = await asked()
    const pass = async (
      from: Asker,
      to: { kind: 'queue'; queueId: string } | { kind: 'member'; memberId: string },
    ) =>
      from.person.ask('transferConversation', {
        requestId: requestId(),
        conversationId,
        to,
        reason: 'For a test',
      })
    const toJonas = async () => {
      await priya.person.ask('takeConversation', { requestId: requestId(), conversationId })
      await pass(priya, { kind: 'member', memberId: 'mem_jonas' })
    }
    const none = await counted(jonas)
    await toJonas()
    await priya.person.ask('addNote', {
      requestId: requestId(),
      conversationId,
      text: 'yours now',
      mentions: ['mem_jonas'],
    })
    await waitFor(() => told(jonas, conversationId).length === 1)
    expect(await counted(jonas)).toBe(none + 1)
    await pass(jonas, { kind: 'queue', queueId: 'que_support' })
    expect(await rowIn(jonas, 'mentions', conversationId)).toBeUndefined()
    expect(await counted(jonas)).toBe(none)
    await toJonas()
    expect(await rowIn(jonas, 'mentions', conversationId)).toMatchObject({ mention: 'open' })
  })

  it('is found by whoever was away, and stays in their list when the conversation is closed', async () => {
    const { priya, daniel } = everybody
    const conversationId = await asked()
    daniel.person.close()
    await noted(conversationId, 'while away', ['mem_daniel'])
    await priya.person.ask('closeConversation', { requestId: requestId(), conversationId })
    const back = { ...daniel, person: await site.member('daniel') }
    everybody = { ...everybody, daniel: back }
    expect(await rowIn(back, 'mentions', conversationId)).toMatchObject({
      mention: 'open',
      status: 'closed',
    })
  })
})
