import type { InboxRow } from '@parley/shared/protocol/reading.ts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Marlow, type Person, startMarlow } from '../testing/marlow.ts'
import { createRoutingWorld, offeredTo, type RoutingWorld } from '../testing/routing-world.ts'
import { engines } from '../testing/site-world.ts'
import { waitFor } from '../testing/wait-for.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

describe.each(engines)('routing on %s', (engine) => {
  let given: RoutingWorld
  beforeAll(async () => {
    given = await createRoutingWorld(engine)
  })
  afterAll(() => given?.close())
  afterEach(() => given.calm())

  const _typesOf = async (conversationId: string) =>
    (await given.events(conversationId)).map(({ type }) => type)
  const offerOf = async (conversationId: string) => offeredTo(await given.events(conversationId))
  const statusOf = async (conversationId: string) =>
    (await given.ask('ines', 'readConversation', { conversationId })).conversation.status
  async function accept(conversationId: string): Promise<'priya' | 'jonas'> {
    const who = (await offerOf(conversationId)) === 'Priya Raman' ? 'priya' : 'jonas'
    await given.ask(who, 'acceptOffer', { conversationId })
    return who
  }

  describe('who is asked', () => {
    it('is the least busy, and among equals who was given something longest ago', async () => {
      await given.arrive('priya', 5)
      await given.arrive('jonas', 5)
      const taken: string[] = []
      const chats: string[] = []
      for (let index = 0; index < 4; index += 1) {
        const chat = await given.start('marta')
        chats.push(chat)
        taken.push(await accept(chat))
        await given.pass(second)
      }
      expect(taken[1]).not.toBe(taken[0])
      expect(taken.slice(2)).toEqual(taken.slice(0, 2))
      // The one who took last has less to do now, and is asked although the other waited longer.
      const latest = taken[3] as 'priya' | 'jonas'
      await given.ask(latest, 'closeConversation', { conversationId: chats[3] as string })
      expect(await accept(await given.start('omar'))).toBe(latest)
    })

    it('has room: the open chats and the offers of somebody never exceed the capacity', async () => {
      await given.arrive('priya', 2)
      const chats = [await given.start('marta'), await given.start('omar'), await given.start('oluwaseun')]
      expect(await Promise.all(chats.map(offerOf))).toEqual(['Priya Raman', 'Priya Raman', null])
      for (const chat of chats.slice(0, 2)) await accept(chat)
      await given.pass(10 * second)
      expect(await offerOf(chats[2] as string)).toBeNull()
      expect(
        await given.ask('oluwaseun', 'describePlace', { conversationId: chats[2] as string }),
      ).toMatchObject({ place: { place: 1 } })
      await given.arrive('priya', 3)
      expect(await offerOf(chats[2] as string)).toBe('Priya Raman')
    })

    it('has room again when a chat ends or is put aside, and the longest waiting comes first', async () => {
      await given.arrive('priya', 1)
      const [first, next, last] = [
        await given.start('marta'),
        await given.start('omar'),
        await given.start('oluwaseun'),
      ] as const
      await accept(first)
      const untilAt = new Date(given.world.clock.now().getTime() + hour).toISOString()
      await given.ask('priya', 'snoozeConversation', { conversationId: first, untilAt })
      await given.pass(second)
      expect([await offerOf(next), await offerOf(last)]).toEqual(['Priya Raman', null])
      await accept(next)
      await given.ask('priya', 'closeConversation', { conversationId: next })
      await given.pass(second)
      expect(await offerOf(last)).toBe('Priya Raman')
    })

    it('serves the queue: nobody of another queue, no vendor for support, no support for a vendor', async () => {
      await given.arrive('daniel', 5)
      await given.arrive('elin', 5)
      const chat = await given.start('marta')
      expect(await offerOf(chat)).toBeNull()
      const atNordvik = await given.startWith('marta', 'ven_nordvik')
      const atKiln = await given.startWith('marta', 'ven_kiln')
      expect([await offerOf(atNordvik), await offerOf(atKiln)]).toEqual([null, 'Elin Berg'])
    })

    it('is nobody where people pick for themselves', async () => {
      const queue = {
        queueId: 'que_support',
        name: 'Support',
        memberIds: ['mem_priya', 'mem_jonas'],
        offerSeconds: 45,
      }
      await given.ask('ines', 'saveQueue', { ...queue, mode: 'pick' })
      await given.arrive('priya', 5)
      const chat = await given.start('marta')
      await given.pass(10 * second)
      expect(await statusOf(chat)).toBe('waiting')
      await given.ask('ines', 'saveQueue', { ...queue, mode: 'offer' })
      await given.pass(second)
      expect(await offerOf(chat)).toBe('Priya Raman')
    })
  })

  describe('an offer', () => {
    it('lapses after its time and goes to the next; nobody left, it waits and is offered again', async () => {
      await given.arrive('priya', 5)
      await given.arrive('jonas', 5)
      const chat = await given.start('marta')
      const first = await offerOf(chat)
      await given.pass(44 * second)
      expect(await offerOf(chat)).toBe(first)
      await given.pass(2 * second)
      const next = await offerOf(chat)
      expect([first, next].sort()).toEqual(['Jonas Weber', 'Priya Raman'])
      const lapsed = (await given.events(chat)).find(({ type }) => type === 'offerLapsed')
      expect(lapsed).toMatchObject({ payload: { to: { name: first }, why: 'timedOut' } })
      await given.pass(46 * second)
      expect([await offerOf(chat), await statusOf(chat)]).toEqual([null, 'waiting'])
      // Two minutes after the first let it pass, the first may be asked again.
      await given.pass(2 * minute)
      expect(await offerOf(chat)).not.toBeNull()
    })

    it('that was let pass goes to the next at once, and one that is gone cannot be accepted', async () => {
      await given.arrive('priya', 5)
      await given.arrive('jonas', 5)
      const chat = await given.start('marta')
      const first = (await offerOf(chat)) === 'Priya Raman' ? 'priya' : 'jonas'
      await given.ask(first, 'declineOffer', { conversationId: chat })
      await given.pass(0)
      expect(await offerOf(chat)).toBe(first === 'priya' ? 'Jonas Weber' : 'Priya Raman')
      expect(await given.refusal(first, 'acceptOffer', { conversationId: chat })).toMatchObject({
        code: 'conflict',
        reason: 'offer.gone',
      })
    })

    it.each(['goes away', 'closes the console', 'is disabled'] as const)(
      'goes to the next when the one who was asked %s',
      async (how) => {
        await given.arrive('priya', 5)
        const chat = await given.start('marta')
        await given.arrive('jonas', 5)
        expect(await offerOf(chat)).toBe('Priya Raman')
        if (how === 'goes away') await given.ask('priya', 'setAvailability', { availability: 'away' })
        if (how === 'closes the console') given.leave('priya')
        if (how === 'is disabled')
          await given.ask('ines', 'disableMember', { memberId: 'mem_priya', isDisabled: true })
        // A console is missed after three quarters of a minute; shorter than that the offer’s own time would end.
        await given.world.parts.database.query(`update queues set offer_seconds = 600`)
        await given.pass(how === 'closes the console' ? 44.9 * second : 0)
        await given.pass(0.2 * second)
        expect(await offerOf(chat)).toBe('Jonas Weber')
        const lapsed = (await given.events(chat)).filter(({ type }) => type === 'offerLapsed')
        expect(lapsed).toHaveLength(1)
        await given.world.parts.database.query(`update queues set offer_seconds = 45`)
      },
    )
  })

  describe('passing on', () => {
    const reason = 'Needs somebody who knows refunds'

    it('by staff to a person keeps the reason among staff', async () => {
      await given.arrive('priya', 5)
      const chat = await given.start('marta')
      await accept(chat)
      const to = { kind: 'member', memberId: 'mem_daniel' } as const
      await given.ask('priya', 'transferConversation', { conversationId: chat, to, reason })
      const { conversation } = await given.ask('daniel', 'readConversation', { conversationId: chat })
      expect(conversation).toMatchObject({ status: 'open', assignee: { name: 'Daniel Okoye' } })
      expect(JSON.stringify(await given.events(chat, 'daniel'))).toContain(reason)
      expect(JSON.stringify(await given.events(chat, 'marta'))).not.toContain(reason)
    })

    it('by staff to a queue lets the people of that queue be asked', async () => {
      await given.arrive('priya', 5)
      const chat = await given.start('marta')
      await accept(chat)
      const to = { kind: 'queue', queueId: 'que_payments' } as const
      await given.ask('priya', 'transferConversation', { conversationId: chat, to, reason })
      await given.pass(0)
      const { conversation } = await given.ask('ines', 'readConversation', { conversationId: chat })
      expect(conversation).toMatchObject({ status: 'offered', queue: { id: 'que_payments' }, assignee: null })
    })

    it('by a vendor to the marketplace tells staff why, and the customer only that', async () => {
      await given.arrive('elin', 5)
      const chat = await given.startWith('marta', 'ven_kiln')
      await given.ask('elin', 'acceptOffer', { conversationId: chat })
      const to = { kind: 'queue', queueId: 'que_payments' } as const
      await given.ask('elin', 'transferConversation', { conversationId: chat, to, reason })
      expect(JSON.stringify(await given.events(chat, 'jonas'))).toContain(reason)
      const seen = await given.events(chat, 'marta')
      expect(seen.at(-1)).toMatchObject({ type: 'transferred', payload: { with: { kind: 'support' } } })
      expect(JSON.stringify(seen)).not.toContain(reason)
      expect(await given.refusal('elin', 'readConversation', { conversationId: chat })).toEqual({
        code: 'notFound',
      })
    })

    it('never leads from support to a vendor, nor from one vendor to another', async () => {
      await given.arrive('priya', 5)
      await given.arrive('elin', 5)
      const chat = await given.start('marta')
      await accept(chat)
      const atKiln = await given.startWith('marta', 'ven_kiln')
      for (const [who, conversationId] of [
        ['priya', chat],
        ['elin', atKiln],
      ] as const) {
        const to = { kind: 'member', memberId: 'mem_nils' } as const
        expect(
          await given.refusal(who, 'transferConversation', { conversationId, to, reason }),
        ).toMatchObject({ code: 'notAllowed', reason: 'transfer.otherSide' })
        const queue = { kind: 'queue', queueId: 'que_nordvik' } as const
        const passed = { conversationId, to: queue, reason }
        expect(await given.refusal(who, 'transferConversation', passed)).toMatchObject({ code: 'notFound' })
      }
    })
  })
})

describe('a running server', () => {
  let site: Marlow
  beforeAll(async () => {
    site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000' })
  })
  afterAll(() => site?.close())

  it('offers the longest waiting within a second of room getting free, and tells the others their new place', async () => {
    const priya = await site.member('priya')
    await priya.ask('setAvailability', { availability: 'available', capacity: 1 })
    const [marta, omar, oluwaseun] = [
      await site.buyer('marta'),
      await site.buyer('omar'),
      await site.buyer('oluwaseun'),
    ] as const
    const start = async (buyer: Person) =>
      (
        await buyer.ask('startConversation', {
          requestId: `start-${buyer.name}`,
          with: { kind: 'support' },
          answers: { topic: 'account', description: 'Hello' },
        })
      ).conversationId
    const first = await start(marta)
    await waitFor(() => offersIn(priya).includes(first))
    await priya.ask('acceptOffer', { requestId: 'accept-first', conversationId: first })
    const next = await start(omar)
    const last = await start(oluwaseun)
    const feed = oluwaseun.open(last)
    await waitFor(() => feed.get().isComplete)

    await priya.ask('closeConversation', { requestId: 'close-first', conversationId: first })
    const freeAt = performance.now()
    await waitFor(() => offersIn(priya).includes(next))
    expect(performance.now() - freeAt).toBeLessThan(1_000)
    expect(offersIn(priya)).not.toContain(last)
    await priya.ask('acceptOffer', { requestId: 'accept-next', conversationId: next })
    await waitFor(() =>
      oluwaseun.frames.some(
        ({ name, values }) => name === 'hint:queue' && (values[0] as { place: number }).place === 1,
      ),
    )
  })

  function offersIn(member: Person): string[] {
    return member.frames
      .filter(({ name }) => name === 'hint:inbox')
      .map(({ values }) => values[0] as InboxRow)
      .filter(({ offer }) => offer !== null)
      .map(({ conversationId }) => conversationId)
  }
})
