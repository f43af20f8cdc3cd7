import type { CommandWish } from '@parley/shared/protocol/commands.ts'
import { commandNames, commands } from '@parley/shared/protocol/commands.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Asker, buyerOf } from '../testing/everybody.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { givenNeighbours, type Neighbours } from '../testing/neighbours.ts'
import { waitFor } from '../testing/wait-for.ts'
import { nothing, wishes } from '../testing/wishes.ts'

const ways = ['bySocket', 'byHttp'] as const
type Say = Partial<CommandWish<'sendMessage'>>

describe('what the server is asked and cannot do', () => {
  let site: Marlow
  let neighbours: Neighbours
  let omar: Asker
  let conversationId: string
  beforeAll(async () => {
    site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000000' })
    omar = await buyerOf(site, 'omar')
    neighbours = await givenNeighbours(site)
    const started = await omar.person.ask('startConversation', {
      requestId: 'omar-start',
      with: { kind: 'support' },
      answers: { topic: 'order', description: 'first' },
    })
    conversationId = started.conversationId
  })
  afterAll(() => site?.close())

  /** Routing goes on meanwhile, and is nobody's wish. */
  async function rows(): Promise<number> {
    const [row] = await site.world.parts.database.query<{ count: number }>(
      `select (select count(*) from events where actor_id not like 'system:%')
         + (select count(*) from conversations) as count`,
    )
    return Number(row?.count)
  }

  /** Refused in both ways, in the same words, with nothing stored and nobody disturbed. */
  async function expectRefused(name: string, wish: unknown, refusal: object): Promise<void> {
    const before = await rows()
    for (const way of ways) {
      const outcome = await omar[way](name as never, wish as never)
      expect({ way, outcome }).toMatchObject({ way, outcome: { ok: false, refusal } })
    }
    expect(await rows()).toBe(before)
    await neighbours.talk()
    await neighbours.expectUndisturbed()
  }
  const send = (say: object) => ({ requestId: 'bad-input-1', conversationId, text: 'text', ...say })
  const invalid = (reason: string, field?: string) => ({
    code: 'invalid',
    reason,
    ...(field ? { field } : {}),
  })

  const badTexts: [string, Say, object][] = [
    ['U+0000', { text: 'a\u0000b' }, invalid('text.unstorable', 'text')],
    ['a lone high surrogate', { text: 'a\uD83D b' }, invalid('text.unstorable', 'text')],
    ['a lone low surrogate', { text: '\uDE00' }, invalid('text.unstorable', 'text')],
    ['a pair the wrong way round', { text: '\uDE00\uD83D' }, invalid('text.unstorable', 'text')],
    ['5,001 characters', { text: 'x'.repeat(5_001) }, invalid('text.tooLong', 'text')],
    ['5,001 emoji', { text: '😀'.repeat(5_001) }, invalid('text.tooLong', 'text')],
    ['20,001 bytes', { text: 'x'.repeat(20_001) }, invalid('text.tooLong', 'text')],
    ['nothing but spaces', { text: ' \n\t\u3000' }, invalid('text.empty', 'text')],
    ['nothing at all', { text: '' }, invalid('text.empty', 'text')],
    ['a short request id', { requestId: 'short' }, invalid('requestId.shape', 'requestId')],
    ['a path as an id', { conversationId: '../../etc' }, invalid('id.shape', 'conversationId')],
    [
      'six files',
      { fileIds: Array.from({ length: 6 }, (_, n) => `fil_${n}`) },
      invalid('wish.shape', 'fileIds'),
    ],
  ]
  it.each(badTexts)('[W6] refuses %s', (_, say, refusal) => expectRefused('sendMessage', send(say), refusal))

  const wrongShapes: [string, unknown, object][] = [
    ['an unknown field', { isAdmin: true }, invalid('wish.shape', 'isAdmin')],
    ['a number for a text', { text: 5 }, invalid('wish.shape', 'text')],
    ['nothing for a text', { text: null }, invalid('wish.shape', 'text')],
    ['a list for a text', { text: ['a'] }, invalid('wish.shape', 'text')],
    ['an object for an id', { conversationId: { $ne: null } }, invalid('wish.shape', 'conversationId')],
    ['a text for a list', { fileIds: 'fil_1' }, invalid('wish.shape', 'fileIds')],
  ]
  it.each(wrongShapes)('[W7] refuses %s', (_, say, refusal) =>
    expectRefused('sendMessage', send(say as object), refusal),
  )

  it('refuses a wish that is no object', async () => {
    for (const wish of [[], [{}]]) await expectRefused('sendMessage', wish, invalid('wish.shape'))
    for (const wish of [null, 'text', 7, true, undefined]) {
      const outcome = await omar.bySocket('sendMessage', wish as never)
      expect(outcome).toMatchObject({ ok: false, refusal: invalid('wish.shape') })
    }
  })

  it('does not take a prototype for a field, nor a word of the language for a command', async () => {
    const polluting = JSON.parse(
      `{"__proto__":{"text":"a"},"requestId":"bad-input-2","conversationId":"${conversationId}"}`,
    )
    await expectRefused('sendMessage', polluting, { code: 'invalid' })
    for (const name of ['__proto__', 'constructor', 'toString', 'nothing', 'SendMessage'])
      await expectRefused(name, {}, { code: 'notFound', reason: 'command.unknown' })
    expect(({} as { text?: string }).text).toBeUndefined()
  })

  it('takes exactly 5,000 characters and exactly 20,000 bytes', async () => {
    for (const [index, text] of ['x'.repeat(5_000), '😀'.repeat(5_000)].entries())
      for (const way of ways) {
        const wish = send({ requestId: `exactly-${index}-${way}`, text })
        expect(await omar[way]('sendMessage', wish)).toMatchObject({ ok: true })
      }
  })

  it('[W3] refuses the same request id with another text, and keeps the first', async () => {
    const wish = send({ requestId: 'said-once', text: 'first' })
    const [first, again] = [await omar.bySocket('sendMessage', wish), await omar.byHttp('sendMessage', wish)]
    expect(again).toEqual(first)
    await expectRefused(
      'sendMessage',
      { ...wish, text: 'second' },
      {
        code: 'conflict',
        reason: 'request.otherContent',
      },
    )
  })

  const onConversation = commandNames.filter((name) => commands[name].on === 'conversation')
  it.each(onConversation)(
    'answers %s on another buyer’s conversation as if it were not there',
    async (name) => {
      const [absent, foreign] = [nothing, { ...nothing, conversationId: neighbours.conversationId }]
      const [nowhere] = [await omar.bySocket(name, wishes[name](absent))]
      expect(nowhere).toMatchObject({
        ok: false,
        refusal: { code: expect.stringMatching(/^(notFound|notAllowed)$/) },
      })
      const refusal = nowhere.ok ? {} : nowhere.refusal
      await expectRefused(name, wishes[name](foreign), refusal)
    },
  )
})

describe('a hundred sends in a second', () => {
  let site: Marlow
  beforeAll(async () => {
    site = await startMarlow('postgres')
  })
  afterAll(() => site?.close())

  it('[W4] are limited with the time to wait, disturb nobody, and an outbox still delivers everything once', async () => {
    const neighbours = await givenNeighbours(site)
    const [flood, daniel] = [await site.visitor(), await site.member('daniel')]
    const { conversationId } = await flood.ask('startConversation', {
      requestId: 'flood-start',
      with: { kind: 'support' },
      answers: { role: 'buyer', name: 'F', topic: 'order', description: 'first' },
    })
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        flood.connection.ask('sendMessage', {
          requestId: `flood-${index}-of-100`,
          conversationId,
          text: `direct ${index}`,
        }),
      ),
    )
    await neighbours.talk()
    const refused = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.refusal]))
    expect(refused.length).toBeGreaterThan(80)
    for (const refusal of refused) {
      expect(refusal).toMatchObject({ code: 'rateLimited', reason: expect.stringMatching(/^limit\./) })
      expect(refusal.retryAfterMs).toBeGreaterThan(0)
      expect(refusal.retryAfterMs).toBeLessThanOrEqual(60_000)
    }

    const feed = flood.open(conversationId)
    await waitFor(() => feed.get().isComplete)
    const direct = feed.get().events.length
    const waiting = Array.from({ length: 12 }, (_, index) => `waits ${index}`)
    for (const text of waiting) feed.send(text)
    await neighbours.talk()
    await waitFor(() => feed.get().pending.length === 0, 40_000)
    const page = await daniel.ask('readConversation', { conversationId, after: 0 })
    const texts = page.events.flatMap((event) => (event.type === 'messageSent' ? [event.payload.text] : []))
    expect(texts).toHaveLength(1 + (100 - refused.length) + waiting.length)
    expect(texts.filter((text) => text.startsWith('waits'))).toEqual(waiting)
    expect(feed.get().events.length).toBe(direct + waiting.length)
    await neighbours.talk()
    await neighbours.expectUndisturbed()
  }, 60_000)
})
