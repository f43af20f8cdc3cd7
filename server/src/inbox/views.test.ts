import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import type { CommandWish } from '@parley/shared/protocol/commands.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Marlow, type Person, startMarlow } from '../testing/marlow.ts'

describe('the views of the inbox', () => {
  let site: Marlow
  let priya: Person
  let omar: Person
  const own: Record<'waits' | 'hers' | 'colleagues' | 'over' | 'payment', string> = {
    waits: '',
    hers: '',
    colleagues: '',
    over: '',
    payment: '',
  }
  let requests = 0
  const requestId = () => {
    requests += 1
    return `inbox-views-${requests}`
  }
  async function starts(topic: string): Promise<string> {
    const wish = { requestId: requestId(), with: { kind: 'support' } as const }
    return (
      await omar.ask('startConversation', { ...wish, answers: { topic, description: 'Walnut or oak?' } })
    ).conversationId
  }
  beforeAll(async () => {
    site = await startMarlow()
    const jonas = await site.member('jonas')
    ;[priya, omar] = await Promise.all([site.member('priya'), site.buyer('omar')])
    // Nobody is offered anything: what is whose is for this test to say.
    for (const member of [priya, jonas]) await member.ask('setAvailability', { availability: 'away' })
    own.hers = await starts('account')
    own.colleagues = await starts('account')
    own.over = await starts('account')
    own.payment = await starts('payment')
    own.waits = await starts('account')
    const about = (conversationId: string) => ({ requestId: requestId(), conversationId })
    await priya.ask('takeConversation', about(own.hers))
    await jonas.ask('takeConversation', about(own.colleagues))
    await priya.ask('takeConversation', about(own.over))
    await priya.ask('closeConversation', about(own.over))
  })
  afterAll(() => site?.close())

  async function lists(wish: CommandWish<'listInbox'>): Promise<string[]> {
    const { rows } = await priya.ask('listInbox', { limit: 200, ...wish })
    const names = new Map(Object.entries(own).map(([name, id]) => [id, name]))
    return rows.flatMap(({ conversationId }) => names.get(conversationId) ?? []).sort()
  }

  it('hold what is mine, what waits, what somebody has, all that goes on, and what is closed', async () => {
    expect(await lists({ view: 'mine' })).toEqual(['hers'])
    expect(await lists({ view: 'waiting' })).toEqual(['payment', 'waits'])
    expect(await lists({ view: 'team' })).toEqual(['colleagues', 'hers'])
    expect(await lists({ view: 'all' })).toEqual(['colleagues', 'hers', 'payment', 'waits'])
    expect(await lists({ view: 'closed' })).toEqual(['over'])
  })

  it('are narrowed by queue and by topic, in any view', async () => {
    expect(await lists({ view: 'all', queueId: 'que_payments' })).toEqual(['payment'])
    expect(await lists({ view: 'all', topicId: 'payment' })).toEqual(['payment'])
    expect(await lists({ view: 'mine', topicId: 'payment' })).toEqual([])
    expect(await lists({ view: 'waiting', queueId: 'que_support' })).toEqual(['waits'])
  })

  it('are narrowed to what the reader has not read, and are whole again with the next word', async () => {
    expect(await lists({ view: 'mine', unreadOnly: true })).toEqual(['hers'])
    const feed = priya.open(own.hers)
    const { events } = await priya.ask('readConversation', { conversationId: own.hers })
    const last = events.findLast(({ type }) => type === 'messageSent')
    if (last?.type !== 'messageSent') throw new Error('Nothing was said')
    await priya.ask('markConversation', { conversationId: own.hers, readTo: last.payload.messageId })
    feed.close()
    expect(await lists({ view: 'mine', unreadOnly: true })).toEqual([])
    await omar.ask('sendMessage', { requestId: requestId(), conversationId: own.hers, text: 'Or pine?' })
    expect(await lists({ view: 'mine', unreadOnly: true })).toEqual(['hers'])
  })

  it('count what nobody has answered and the reader has not read', async () => {
    const unread = async () =>
      (await priya.ask('listInbox', { view: 'all', limit: 200 })).rows.find(
        ({ conversationId }) => conversationId === own.hers,
      )?.unread
    const says = (who: Person, text: string) =>
      who.ask('sendMessage', { requestId: requestId(), conversationId: own.hers, text })
    // One was read in the test before, one was not.
    expect(await unread()).toBe(1)
    await says(omar, 'Or birch?')
    expect(await unread()).toBe(2)
    await says(priya, 'Walnut.')
    expect(await unread()).toBe(0)
    expect(await lists({ view: 'mine', unreadOnly: true })).toEqual([])
    await says(omar, 'Thank you.')
    expect(await unread()).toBe(1)
  })

  it('are searched by parts of names and by words, whether few match or so many that rows are read in order', async () => {
    const { database } = site.world.parts
    const copies = (text: string, count: number) =>
      database.query(
        `insert into events (site_id, conversation_id, seq, type, at, actor_id, by, payload)
         select site_id, $2, seq + $4 + n, type, at, actor_id, by, payload || jsonb_build_object('text', $3::text)
         from events cross join generate_series(1, $4::int) n
         where conversation_id = $1 and payload->>'text' = 'It glows like a firefly.'`,
        [own.hers, own.over, text, count],
      )
    await priya.ask('sendMessage', {
      requestId: requestId(),
      conversationId: own.hers,
      text: 'It glows like a firefly.',
    })
    await copies('The fireflies are gone.', 1)
    await database.query(
      `update conversations set state = jsonb_set(state, '{about}', '{"order":{"id":"Q-4711_x","isVerified":true}}')
       where conversation_id = $1`,
      [own.payment],
    )
    const everywhere = async (search: string) => {
      const found = [await lists({ view: 'all', search }), await lists({ view: 'closed', search })]
      return found.flat()
    }
    const { name = '' } = (await priya.ask('listInbox', { view: 'all' })).rows[0]?.customer ?? {}
    const all = ['colleagues', 'hers', 'payment', 'waits', 'over']
    expect(name.length).toBeGreaterThan(4)
    for (const part of [name, name.toUpperCase(), name.slice(1, 4), name.slice(1, 3)])
      expect(await everywhere(part)).toEqual(all)
    for (const part of ['Q-4711', '4711_X', '711', '71']) expect(await everywhere(part)).toEqual(['payment'])
    // A sign of patterns is itself.
    expect(await everywhere('4711%x')).toEqual([])
    expect(await everywhere('firefl')).toEqual(['hers', 'over'])
    expect(await everywhere('glows firefly')).toEqual(['hers'])
    await copies('Fireflies again.', 1_100)
    expect(await everywhere('firefl')).toEqual(['hers', 'over'])
    expect(await everywhere('fireflies')).toEqual(['over'])
    expect(await everywhere('glows firefly')).toEqual(['hers'])
    // Found is not yet readable: what is said to support is no vendor's.
    const elin = await site.member('elin')
    for (const view of ['all', 'closed'] as const)
      expect((await elin.ask('listInbox', { view, search: 'firefl' })).rows).toEqual([])
  })

  it('show what moved last first', async () => {
    const { rows } = await priya.ask('listInbox', { view: 'all', limit: 200 })
    expect(rows[0]?.conversationId).toBe(own.hers)
    const times = rows.map(({ updatedAt }) => updatedAt)
    expect(times).toEqual([...times].sort().reverse())
  })

  it('go on page by page in that order, over hours and within one', async () => {
    const { database } = site.world.parts
    const moved = { waits: '11:40', hers: '11:05', colleagues: '12:00', payment: '10:59' }
    for (const [name, time] of Object.entries(moved))
      await database.query('update conversations set updated_at = $2 where conversation_id = $1', [
        own[name as keyof typeof own],
        `2020-02-29T${time}:00Z`,
      ])
    const whole = await priya.ask('listInbox', { view: 'all', limit: 200 })
    const ids = whole.rows.map(({ conversationId }) => conversationId)
    expect(ids.slice(-4)).toEqual([own.colleagues, own.waits, own.hers, own.payment])
    const paged: string[] = []
    let cursor: string | null = null
    do {
      const page: CommandAnswer<'listInbox'> = await priya.ask('listInbox', {
        view: 'all',
        limit: 1,
        ...(cursor === null ? {} : { cursor }),
      })
      paged.push(...page.rows.map(({ conversationId }) => conversationId))
      cursor = page.cursor
    } while (cursor !== null)
    expect(paged).toEqual(ids)
  })
})
