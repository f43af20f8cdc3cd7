import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import { evolve } from '@parley/shared/conversation/conversation.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refused } from '../app/refused.ts'
import { givenBuyer, givenTestSite, member, openLog, say, start } from '../testing/given-conversation.ts'
import { createSiteWorld, engines, type SiteWorld } from '../testing/site-world.ts'
import { eventsAfter, findHeld } from './store.ts'

describe.each(engines)('the log on %s', (engine) => {
  let world: SiteWorld
  beforeAll(async () => {
    world = await createSiteWorld(engine)
    await givenTestSite(world.parts)
  })
  afterAll(() => world?.close())

  async function seqs(conversationId: string): Promise<number[]> {
    const events = await eventsAfter(world.parts.database, conversationId, 'staff', 0, 10_000)
    return events.map((event) => event.positions.staff ?? 0)
  }

  it('[L1] numbers the events of a conversation densely, however many are sent at once', async () => {
    const log = openLog(world.parts)
    const marta = await givenBuyer(world.parts, 'Marta')
    await start(log, marta, 'cnv_dense')
    const written = await Promise.all(
      Array.from({ length: 120 }, (_, index) =>
        say(log, marta, 'cnv_dense', `dense-${index}-x`, `message ${index}`),
      ),
    )
    expect(written.map(({ events }) => events[0]?.positions.staff)).toEqual(
      Array.from({ length: 120 }, (_, index) => index + 2),
    )
    expect(await seqs('cnv_dense')).toEqual(Array.from({ length: 121 }, (_, index) => index + 1))
  })

  it('[L2] [W2] gives a repeated request its first answer and writes nothing', async () => {
    const log = openLog(world.parts)
    const marta = await givenBuyer(world.parts, 'Marta')
    await start(log, marta, 'cnv_repeat')
    const first = await say(log, marta, 'cnv_repeat', 'same-request', 'once')
    const repeats = await Promise.all(
      Array.from({ length: 50 }, () => say(log, marta, 'cnv_repeat', 'same-request', 'once')),
    )
    for (const repeat of repeats) {
      expect(repeat.isRepeat).toBe(true)
      expect(repeat.events[0]?.positions.staff).toBe(first.events[0]?.positions.staff)
    }
    expect(await seqs('cnv_repeat')).toEqual([1, 2])
  })

  it('[L2] counts fifty first tries at the same moment once, also over two nodes', async () => {
    const one = openLog(world.parts)
    const other = openLog(world.parts)
    const marta = await givenBuyer(world.parts, 'Marta')
    await start(one, marta, 'cnv_race')
    const written = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        say(index % 2 ? one : other, marta, 'cnv_race', 'race-request', 'hi'),
      ),
    )
    expect(new Set(written.map(({ events }) => events[0]?.positions.staff))).toEqual(new Set([2]))
    expect(await seqs('cnv_race')).toEqual([1, 2])
  })

  it('[L3] refuses the same request with another content and keeps the first', async () => {
    const log = openLog(world.parts)
    const marta = await givenBuyer(world.parts, 'Marta')
    await start(log, marta, 'cnv_conflict')
    await say(log, marta, 'cnv_conflict', 'same-request', 'the first text')
    await expect(say(log, marta, 'cnv_conflict', 'same-request', 'another text')).rejects.toMatchObject({
      refusal: { code: 'conflict' },
    })
    const events = await eventsAfter(world.parts.database, 'cnv_conflict', 'staff', 1, 10)
    expect(events.map((event) => event.payload)).toMatchObject([{ text: 'the first text' }])
  })

  it('[L4] gives every reader kind a dense stream of its own, so that notes leave no hole', async () => {
    const log = openLog(world.parts)
    const marta = await givenBuyer(world.parts, 'Marta')
    const priya = member('Priya')
    await start(log, marta, 'cnv_streams')
    for (const requestId of ['note-one', 'note-two'])
      await log.append({
        actor: priya,
        conversationId: 'cnv_streams',
        requestId,
        content: requestId,
        decide: () => [
          { type: 'noteAdded', payload: { noteId: requestId, text: 'for staff', mentions: [] } },
        ],
      })
    await say(log, marta, 'cnv_streams', 'message-1', 'hello')
    const positions = async (reader: 'customer' | 'vendor' | 'staff') =>
      (await eventsAfter(world.parts.database, 'cnv_streams', reader, 0, 100)).map(
        (event) => event.positions[reader],
      )
    expect(await positions('customer')).toEqual([1, 2])
    expect(await positions('vendor')).toEqual([1, 2])
    expect(await positions('staff')).toEqual([1, 2, 3, 4])
  })

  it('[L5] stores the fold of its events, and nothing else', async () => {
    const log = openLog(world.parts)
    const marta = await givenBuyer(world.parts, 'Marta')
    await start(log, marta, 'cnv_fold')
    await say(log, marta, 'cnv_fold', 'fold-0001', 'hello')
    await say(log, member('Priya'), 'cnv_fold', 'fold-0002', 'good morning')
    const events = await eventsAfter(world.parts.database, 'cnv_fold', 'staff', 0, 100)
    expect(events.length).toBe(3)
    const folded = events.reduce<Conversation | null>((before, event) => evolve(before, event), null)
    expect((await findHeld(world.parts.database, 'cnv_fold'))?.conversation).toEqual(folded)
  })

  it('[L6] lets one refused or faulty wish fail alone', async () => {
    const faults: unknown[] = []
    const log = openLog(world.parts, faults)
    const marta = await givenBuyer(world.parts, 'Marta')
    await start(log, marta, 'cnv_alone')
    const refused = log.append({
      actor: marta,
      conversationId: 'cnv_alone',
      requestId: 'refused-1',
      content: 'x',
      decide() {
        throw new Refused('closed')
      },
    })
    const broken = log.append({
      actor: marta,
      conversationId: 'cnv_alone',
      requestId: 'broken-01',
      content: 'x',
      decide() {
        throw new Error('a fault of ours')
      },
    })
    // PostgreSQL itself refuses U+0000 in json: the whole batch fails, and is then tried one by one.
    const unstorable = say(log, marta, 'cnv_alone', 'nul-00001', 'nul \u0000')
    const good = say(log, marta, 'cnv_alone', 'good-0001', 'fine')
    await expect(refused).rejects.toMatchObject({ refusal: { code: 'closed' } })
    await expect(broken).rejects.toThrow('a fault of ours')
    await expect(unstorable).rejects.toThrow()
    expect((await good).events).toHaveLength(1)
    expect(await seqs('cnv_alone')).toEqual([1, 2])
    expect(faults.length).toBeGreaterThan(0)
  })

  it('[L7] announces in commit order, after the commit, what every node then reads', async () => {
    const log = openLog(world.parts)
    const marta = await givenBuyer(world.parts, 'Marta')
    const announced: number[] = []
    log.onCommitted((commits) => {
      for (const { events } of commits)
        for (const event of events)
          if (event.conversationId === 'cnv_announce') announced.push(event.positions.staff ?? 0)
    })
    await start(log, marta, 'cnv_announce')
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        say(log, marta, 'cnv_announce', `announce-${index}`, `${index}`),
      ),
    )
    expect(announced).toEqual(Array.from({ length: 31 }, (_, index) => index + 1))
    expect(await seqs('cnv_announce')).toEqual(announced)
  })

  it('[L9] answers within three seconds that a wish may be repeated, when the database takes longer, and then it counts once', async () => {
    const log = openLog(world.parts)
    const marta = await givenBuyer(world.parts, 'Marta')
    await start(log, marta, 'cnv_late')
    const from = performance.now()
    await world.parts.database.transaction(async (sql) => {
      await sql.query(`select 1 from conversations where conversation_id = 'cnv_late' for update`)
      await expect(say(log, marta, 'cnv_late', 'late-0001', 'patience')).rejects.toMatchObject({
        refusal: { code: 'unavailable', reason: 'busy' },
      })
    })
    expect(performance.now() - from).toBeLessThan(10_000)
    await log.drain()
    const again = await say(log, marta, 'cnv_late', 'late-0001', 'patience')
    expect(again.events[0]?.positions.staff).toBe(2)
    expect(await seqs('cnv_late')).toEqual([1, 2])
  })

  it('[L9] says “busy” at once to whoever would wait too long behind a commit that has stalled, and takes them afterwards', async () => {
    const log = openLog(world.parts)
    const marta = await givenBuyer(world.parts, 'Marta')
    await start(log, marta, 'cnv_stalled')
    let first: Promise<unknown> | undefined
    await world.parts.database.transaction(async (sql) => {
      await sql.query(`select 1 from conversations where conversation_id = 'cnv_stalled' for update`)
      first = say(log, marta, 'cnv_stalled', 'stalled-first', 'first').catch(() => undefined)
      do await sql.query('select 1')
      while (log.waiting > 0)
      const from = performance.now()
      while (performance.now() - from < 1_200) await sql.query('select pg_sleep(0.1)')
      const askedAt = performance.now()
      await expect(say(log, marta, 'cnv_stalled', 'stalled-second', 'second')).rejects.toMatchObject({
        refusal: { code: 'unavailable', reason: 'busy' },
      })
      expect(performance.now() - askedAt).toBeLessThan(1_000)
    })
    await first
    await say(log, marta, 'cnv_stalled', 'stalled-second', 'second')
    await say(log, marta, 'cnv_stalled', 'stalled-first', 'first')
    expect(await seqs('cnv_stalled')).toEqual([1, 2, 3])
  })

  it('[L9] lets those who have waited too long make way, as many as the next two commits cannot hold', async () => {
    const log = openLog(world.parts)
    const marta = await givenBuyer(world.parts, 'Marta')
    await start(log, marta, 'cnv_crowded')
    let answers: Promise<PromiseSettledResult<unknown>[]> | undefined
    const toldBusy: number[] = []
    let beforeTheirTurn = 0
    await world.parts.database.transaction(async (sql) => {
      await sql.query(`select 1 from conversations where conversation_id = 'cnv_crowded' for update`)
      const first = say(log, marta, 'cnv_crowded', 'crowded-first', 'first')
      do await sql.query('select 1')
      while (log.waiting > 0)
      const crowd = Array.from({ length: 300 }, (_, at) =>
        say(log, marta, 'cnv_crowded', `crowded-${at}`, `message ${at}`),
      )
      for (const [at, said] of crowd.entries()) said.catch(() => toldBusy.push(at))
      answers = Promise.allSettled([first, ...crowd])
      const from = performance.now()
      while (performance.now() - from < 1_300) await sql.query('select pg_sleep(0.1)')
      beforeTheirTurn = toldBusy.length
    })
    const [first, ...crowd] = (await answers) ?? []
    expect(first?.status).toBe('fulfilled')
    expect(crowd.map(({ status }) => status)).toEqual(
      Array.from({ length: 300 }, (_, at) => (at < 44 ? 'rejected' : 'fulfilled')),
    )
    expect(beforeTheirTurn).toBe(44)
    expect(crowd[0]).toMatchObject({ reason: { refusal: { code: 'unavailable', reason: 'busy' } } })
    expect(await seqs('cnv_crowded')).toHaveLength(258)
  })

  if (engine === 'postgres')
    it('[L9] goes on with every other conversation while somebody holds one', async () => {
      const log = openLog(world.parts)
      const marta = await givenBuyer(world.parts, 'Marta')
      await start(log, marta, 'cnv_held')
      await start(log, marta, 'cnv_passing')
      const held: Promise<unknown>[] = []
      const order: string[] = []
      const sayHeld = (text: string) =>
        held.push(say(log, marta, 'cnv_held', `held-${text}`, text).then(() => order.push(text)))
      await world.parts.database.transaction(async (sql) => {
        await sql.query(`select 1 from conversations where conversation_id = 'cnv_held' for update`)
        sayHeld('first')
        do await sql.query('select 1')
        while (log.waiting > 0)
        sayHeld('second')
        for (let at = 0; at < 20; at += 1) await say(log, marta, 'cnv_passing', `passing-${at}`, `${at}`)
        order.push('passed')
      })
      await Promise.all(held)
      expect(order).toEqual(['passed', 'first', 'second'])
      expect(await seqs('cnv_held')).toEqual([1, 2, 3])
      expect(await seqs('cnv_passing')).toHaveLength(21)
    })

  it('[L8] keeps order and count when two nodes write to the same conversations at once', async () => {
    const logs = [openLog(world.parts), openLog(world.parts)]
    const marta = await givenBuyer(world.parts, 'Marta')
    const conversations = ['cnv_two_a', 'cnv_two_b', 'cnv_two_c']
    for (const conversationId of conversations)
      await start(logs[0] as (typeof logs)[0], marta, conversationId)
    await Promise.all(
      conversations.flatMap((conversationId) =>
        Array.from({ length: 40 }, (_, index) =>
          say(logs[index % 2] as (typeof logs)[0], marta, conversationId, `two-nodes-${index}`, `${index}`),
        ),
      ),
    )
    for (const conversationId of conversations)
      expect(await seqs(conversationId)).toEqual(Array.from({ length: 41 }, (_, index) => index + 1))
  })
})
