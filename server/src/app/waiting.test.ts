import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { alwaysOpen, defaultSettings } from '../sites/index.ts'
import { createRoutingWorld, offeredTo, type RoutingWorld } from '../testing/routing-world.ts'
import { engines } from '../testing/site-world.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

describe.each(engines)('the life of a conversation on %s', (engine) => {
  let given: RoutingWorld
  beforeAll(async () => {
    given = await createRoutingWorld(engine)
  })
  afterAll(() => given?.close())
  afterEach(() => given.calm())

  const typesOf = async (conversationId: string) =>
    (await given.events(conversationId)).map(({ type }) => type)
  const offerOf = async (conversationId: string) => offeredTo(await given.events(conversationId))
  const statusOf = async (conversationId: string) =>
    (await given.ask('ines', 'readConversation', { conversationId })).conversation.status
  async function accept(conversationId: string): Promise<'priya' | 'jonas'> {
    const who = (await offerOf(conversationId)) === 'Priya Raman' ? 'priya' : 'jonas'
    await given.ask(who, 'acceptOffer', { conversationId })
    return who
  }

  describe('a conversation whose customer waits', () => {
    it('goes back to the queue a minute and a half after its person has gone, and not before', async () => {
      await given.arrive('priya', 5)
      const chat = await given.start('marta')
      await accept(chat)
      await given.ask('priya', 'sendMessage', { conversationId: chat, text: 'One moment' })
      await given.ask('marta', 'sendMessage', { conversationId: chat, text: 'And now?' })
      await given.pass(10 * minute)
      expect(await statusOf(chat)).toBe('open')
      given.leave('priya')
      await given.arrive('jonas', 5)
      await given.pass(minute)
      expect(await offerOf(chat)).toBe('Jonas Weber')
      expect((await given.events(chat)).findLast(({ type }) => type === 'transferred')).toMatchObject({
        by: { side: 'system' },
        payload: { queue: { id: 'que_support' } },
      })
    })

    it('stays with its person when it is the customer who owes the answer', async () => {
      await given.arrive('priya', 5)
      const chat = await given.start('marta')
      await accept(chat)
      await given.ask('priya', 'sendMessage', { conversationId: chat, text: 'Which order?' })
      given.leave('priya')
      await given.pass(hour)
      expect(await statusOf(chat)).toBe('open')
    })

    it('with a vendor goes back to that vendor’s queue, never to another’s', async () => {
      await given.arrive('elin', 5)
      const chat = await given.startWith('marta', 'ven_kiln')
      await given.ask('elin', 'acceptOffer', { conversationId: chat })
      given.leave('elin')
      await given.arrive('nils', 5)
      await given.arrive('priya', 5)
      await given.pass(5 * minute)
      expect(await offerOf(chat)).toBeNull()
      const { conversation } = await given.ask('ines', 'readConversation', { conversationId: chat })
      expect(conversation).toMatchObject({
        status: 'waiting',
        with: { vendorId: 'ven_kiln' },
        assignee: null,
      })
    })
  })

  describe('what is put aside', () => {
    async function snoozed(forMs: number): Promise<string> {
      await given.arrive('priya', 5)
      const chat = await given.start('marta')
      await accept(chat)
      const untilAt = new Date(given.world.clock.now().getTime() + forMs).toISOString()
      await given.ask('priya', 'snoozeConversation', { conversationId: chat, untilAt })
      return chat
    }

    it('wakes at its time, with its person', async () => {
      const chat = await snoozed(hour)
      await given.pass(hour - second)
      expect(await statusOf(chat)).toBe('snoozed')
      await given.pass(2 * second)
      expect((await given.events(chat)).at(-1)).toMatchObject({
        type: 'unsnoozed',
        payload: { why: 'dueAt' },
      })
      const { conversation } = await given.ask('ines', 'readConversation', { conversationId: chat })
      expect(conversation).toMatchObject({ status: 'open', assignee: { name: 'Priya Raman' } })
    })

    it('wakes by the customer’s word, and then not again at its time', async () => {
      const chat = await snoozed(hour)
      await given.ask('marta', 'sendMessage', { conversationId: chat, text: 'One more thing' })
      await given.pass(hour + second)
      const woken = (await given.events(chat)).filter(({ type }) => type === 'unsnoozed')
      expect(woken).toMatchObject([{ payload: { why: 'reply' } }])
    })

    it('is for the customer an open conversation like any other', async () => {
      const chat = await snoozed(hour)
      const { conversation, events } = await given.ask('marta', 'readConversation', { conversationId: chat })
      expect(conversation).toMatchObject({ status: 'open', snoozedUntilAt: null })
      expect(events.map(({ type }) => type)).not.toContain('snoozed')
    })
  })

  describe('a closed conversation', () => {
    it('opens again by the customer’s message, with its person when there, else for the next', async () => {
      await given.arrive('priya', 5)
      const chat = await given.start('marta')
      await accept(chat)
      await given.ask('priya', 'closeConversation', { conversationId: chat })
      expect(
        await given.refusal('priya', 'sendMessage', { conversationId: chat, text: 'Bye' }),
      ).toMatchObject({ code: 'closed' })
      await given.ask('marta', 'sendMessage', { conversationId: chat, text: 'It broke again' })
      expect((await typesOf(chat)).slice(-2)).toEqual(['conversationReopened', 'messageSent'])
      const { conversation } = await given.ask('ines', 'readConversation', { conversationId: chat })
      expect(conversation).toMatchObject({
        status: 'open',
        assignee: { name: 'Priya Raman' },
        closedAt: null,
      })
      given.leave('priya')
      await given.arrive('jonas', 5)
      await given.pass(2 * minute)
      expect(await offerOf(chat)).toBe('Jonas Weber')
    })

    it('ends what was offered and is offered to nobody', async () => {
      await given.arrive('priya', 5)
      const chat = await given.start('marta')
      await given.ask('marta', 'closeConversation', { conversationId: chat })
      await given.pass(minute)
      expect((await typesOf(chat)).filter((type) => type.startsWith('offer'))).toEqual(['offerMade'])
      expect(await given.refusal('priya', 'acceptOffer', { conversationId: chat })).toMatchObject({
        reason: 'offer.gone',
      })
    })
  })

  describe('a message is left', () => {
    const isLeft = async (chat: string) =>
      (await given.ask('ines', 'readConversation', { conversationId: chat })).conversation.isLeftMessage

    it('when nobody is there, and not when somebody is', async () => {
      expect(await isLeft(await given.start('marta'))).toBe(true)
      await given.arrive('priya', 5)
      expect(await isLeft(await given.start('omar'))).toBe(false)
    })

    it('outside the hours of support, whoever is there; a vendor keeps hours of its own', async () => {
      await given.arrive('priya', 5)
      await given.arrive('elin', 5)
      const settings = {
        ...defaultSettings('Marlow'),
        hours: { ...alwaysOpen, week: [[], [], [], [], [], [], []] },
      }
      await given.ask('ines', 'saveSite', { settings })
      expect(await isLeft(await given.start('marta'))).toBe(true)
      expect(await isLeft(await given.startWith('marta', 'ven_kiln'))).toBe(false)
      await given.ask('ines', 'saveSite', { settings: { ...settings, hours: alwaysOpen } })
      expect(await isLeft(await given.start('omar'))).toBe(false)
    })
  })

  describe('the place in line', () => {
    it('counts those before, and tells a wait only when five chats were taken lately', async () => {
      const chats: string[] = []
      for (const buyer of ['marta', 'omar', 'oluwaseun'] as const) chats.push(await given.start(buyer))
      const places = async () =>
        Promise.all(
          (['marta', 'omar', 'oluwaseun'] as const).map(async (buyer, index) =>
            given.ask(buyer, 'describePlace', { conversationId: chats[index] as string }),
          ),
        )
      expect((await places()).map(({ place }) => place?.place)).toEqual([1, 2, 3])
      await given.pass(3 * hour)
      for (const { place } of await places()) expect(place).not.toHaveProperty('waitFromMs')
      await given.arrive('priya', 40)
      for (let index = 0; index < 5; index += 1) {
        const taken = await given.start('marta', 'account')
        await given.ask('priya', 'takeConversation', { conversationId: taken })
        await given.pass(59 * second)
      }
      given.leave('priya')
      await given.pass(minute)
      const [first, , third] = await places()
      expect(first?.place).toMatchObject({
        place: 1,
        basedOn: 5,
        waitFromMs: 45 * second,
        waitToMs: 90 * second,
      })
      expect(third?.place).toMatchObject({ place: 3, waitFromMs: 135 * second, waitToMs: 270 * second })
    })
  })
})
