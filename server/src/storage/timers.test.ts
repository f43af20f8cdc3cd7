import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { testClock } from '../clock.ts'
import { silent, testDatabase, testEngines } from '../testing/database.ts'
import type { Database } from './database.ts'
import { createTimers, type Timer, type Timers } from './timers.ts'

describe.each(testEngines)('timers on %s', (engine) => {
  let database: Database
  beforeAll(async () => {
    database = await testDatabase(engine)
  })
  afterAll(() => database.close())
  beforeEach(() => database.query('delete from timers'))
  afterEach(() => void vi.useRealTimers())

  const start = new Date('2026-01-05T09:00:00Z')
  const inSeconds = (seconds: number) => new Date(start.getTime() + seconds * 1000)

  function given(clock = testClock(start)) {
    const ran: Timer[] = []
    const timers = createTimers({ database, clock, logger: silent, pollMs: 60_000 })
    return { clock, timers, ran, remember: async (timer: Timer) => void ran.push(timer) }
  }

  it('run once when they are due, with what they were given', async () => {
    const { clock, timers, ran, remember } = given()
    timers.on('offer', remember)
    await timers.set(database, 'offer', 'cnv_1', inSeconds(20), { agentId: 'mem_1' })
    expect(await timers.runDue()).toBe(0)
    clock.advance(20_000)
    expect(await timers.runDue()).toBe(1)
    expect(await timers.runDue()).toBe(0)
    expect(ran).toEqual([
      { kind: 'offer', key: 'cnv_1', dueAt: inSeconds(20), payload: { agentId: 'mem_1' }, tries: 1 },
    ])
  })

  it('are part of the transaction that sets them', async () => {
    const { timers, ran, remember } = given()
    timers.on('offer', remember)
    await database
      .transaction(async (sql) => {
        await timers.set(sql, 'offer', 'never', start)
        throw new Error('rolled back')
      })
      .catch(() => {})
    await database.transaction((sql) => timers.set(sql, 'offer', 'stored', start))
    expect(await timers.runDue()).toBe(1)
    expect(ran.map(({ key }) => key)).toEqual(['stored'])
  })

  it('move when they are set again and stop when they are cleared', async () => {
    const { clock, timers, ran, remember } = given()
    timers.on('offer', remember)
    await timers.set(database, 'offer', 'moved', inSeconds(10), { round: 1 })
    await timers.set(database, 'offer', 'moved', inSeconds(30), { round: 2 })
    await timers.set(database, 'offer', 'cleared', inSeconds(10))
    await timers.clear(database, 'offer', 'cleared')
    clock.advance(10_000)
    expect(await timers.runDue()).toBe(0)
    clock.advance(20_000)
    expect(await timers.runDue()).toBe(1)
    expect(ran.map(({ payload }) => payload)).toEqual([{ round: 2 }])
  })

  it('may set themselves again while they run', async () => {
    const { clock, timers, ran, remember } = given()
    timers.on('sweep', async (timer) => {
      await remember(timer)
      await timers.set(database, 'sweep', timer.key, new Date(clock.now().getTime() + 60_000))
    })
    await timers.set(database, 'sweep', 'daily', start)
    expect(await timers.runDue()).toBe(1)
    clock.advance(60_000)
    expect(await timers.runDue()).toBe(1)
    expect(ran).toHaveLength(2)
  })

  it('run once among several nodes', async () => {
    const clock = testClock(start)
    const nodes = [given(clock), given(clock), given(clock)]
    for (const { timers, remember } of nodes) timers.on('offer', remember)
    await database.transaction(async (sql) => {
      for (let n = 0; n < 70; n += 1) await nodes[0]?.timers.set(sql, 'offer', `cnv_${n}`, start)
    })
    await Promise.all(nodes.map(({ timers }) => timers.runDue()))
    const keys = nodes.flatMap(({ ran }) => ran.map(({ key }) => key))
    expect(keys).toHaveLength(70)
    expect(new Set(keys).size).toBe(70)
  })

  it('run on another node when the first one died while running them', async () => {
    const first = given()
    const second = given(first.clock)
    let taken = () => {}
    const isTaken = new Promise<void>((resolve) => {
      taken = resolve
    })
    first.timers.on('offer', () => {
      taken()
      return new Promise(() => {})
    })
    second.timers.on('offer', second.remember)
    await first.timers.set(database, 'offer', 'cnv_1', start)
    void first.timers.runDue()
    await isTaken
    expect(await second.timers.runDue()).toBe(0)
    first.clock.advance(60_000)
    expect(await second.timers.runDue()).toBe(1)
    expect(second.ran.map(({ tries }) => tries)).toEqual([2])
  })

  it('come again later and later when they fail, and are parked with the reason after ten times', async () => {
    const { clock, timers } = given()
    let tries = 0
    timers.on('mail', async () => {
      tries += 1
      throw new Error('the mail server is away')
    })
    await timers.set(database, 'mail', 'm_1', start)
    expect(await timers.runDue()).toBe(1)
    expect(await timers.runDue()).toBe(0)
    clock.advance(1_000)
    expect(await timers.runDue()).toBe(1)
    clock.advance(1_000)
    expect(await timers.runDue()).toBe(0)
    for (let n = 0; n < 20; n += 1) {
      clock.advance(15 * 60_000)
      await timers.runDue()
    }
    expect(tries).toBe(10)
    expect(
      await database.query('select key, tries, reason, parked_at is not null as parked from timers'),
    ).toEqual([{ key: 'm_1', tries: 10, reason: 'the mail server is away', parked: true }])
  })

  it('leave alone what no part of this program runs', async () => {
    const { timers, remember } = given()
    timers.on('offer', remember)
    await timers.set(database, 'future', 'x', start)
    expect(await timers.runDue()).toBe(0)
  })

  it('run by themselves once started, soon after they are set', async () => {
    const { timers, clock } = given()
    const ran = new Promise<Timer>((resolve) => timers.on('offer', async (timer) => resolve(timer)))
    timers.start()
    await timers.set(database, 'offer', 'soon', clock.now())
    expect((await ran).key).toBe('soon')
    await timers.stop()
    expect(await database.query('select key from timers')).toEqual([])
  })

  const begins = (timers: Timers, kind: string, manner = {}) =>
    new Promise<void>((begun) => {
      timers.on(
        kind,
        () => {
          begun()
          return new Promise(() => {})
        },
        manner,
      )
    })

  it('do not wait for what runs apart', async () => {
    const { timers, clock } = given()
    const isSending = begins(timers, 'mail', { isApart: true })
    const ran = new Promise<Timer>((resolve) => timers.on('offer', async (timer) => resolve(timer)))
    await timers.set(database, 'mail', 'to a silent server', start)
    timers.start()
    await isSending
    await timers.set(database, 'offer', 'soon', clock.now())
    expect((await ran).key).toBe('soon')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const stopped = timers.stop()
    await vi.advanceTimersByTimeAsync(3_000)
    await stopped
  })

  it('stay with a node that lives, however long they run, until they are stuck', async () => {
    const first = given()
    const second = given(first.clock)
    const isRunning = begins(first.timers, 'mail')
    second.timers.on('mail', second.remember)
    await first.timers.set(database, 'mail', 'slow', start)
    const lockedUntil = async () => {
      const [row] = await database.query<{ at: Date }>('select locked_until as at from timers')
      return row?.at.getTime() ?? 0
    }
    const renews = async (seconds: number) => {
      const before = await lockedUntil()
      first.clock.advance(seconds * 1_000)
      vi.advanceTimersByTime(seconds * 1_000)
      await vi.waitFor(async () => expect(await lockedUntil()).toBeGreaterThan(before), { timeout: 10_000 })
    }
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    void first.timers.runDue()
    await isRunning
    for (let minutes = 0; minutes < 9; minutes += 1) {
      await renews(60)
      expect(await second.timers.runDue()).toBe(0)
    }
    await renews(60)
    first.clock.advance(60_000)
    vi.advanceTimersByTime(60_000)
    // A renewal that is still on its way holds the row, which is passed over then.
    await vi.waitFor(async () => expect(await second.timers.runDue()).toBe(1), { timeout: 10_000 })
  })

  it('are tried as often as their kind is worth', async () => {
    const { clock, timers } = given()
    let tries = 0
    const fails = async () => {
      tries += 1
      throw new Error('away')
    }
    timers.on('letter', fails, { mostTries: 3 })
    await timers.set(database, 'letter', 'm_1', start)
    for (let n = 0; n < 6; n += 1) {
      await timers.runDue()
      clock.advance(60_000)
    }
    expect(tries).toBe(3)
  })
})
