import { pino } from 'pino'
import { Server } from 'socket.io'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemRandom } from '../random.ts'
import { findRedis, startRedis, type TestRedis } from '../testing/redis.ts'
import { waitFor } from '../testing/wait-for.ts'
import { type Bus, createBus } from './bus.ts'

const secretKey = new Uint8Array(32)

describe.skipIf(!findRedis())('the bus between nodes', () => {
  let redis: TestRedis
  let bus: Bus
  let lines: string[]

  beforeEach(async () => {
    redis = await startRedis()
    lines = []
    const logger = pino({ level: 'info' }, { write: (line: string) => lines.push(line) })
    bus = createBus({ config: { redisUrl: redis.url, secretKey }, logger, random: systemRandom })
  })
  afterEach(async () => {
    await bus.close()
    await redis.stop()
  })

  const loud = () => lines.filter((line) => line.includes('Redis cannot be reached'))

  it('connects before it is used, and says so once', async () => {
    await bus.open()
    expect(bus.state()).toBe('connected')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('Redis is connected')
  })

  it('opens without Redis all the same, says so once and loudly, and connects later', async () => {
    await redis.stop()
    const from = performance.now()
    await bus.open()
    expect(performance.now() - from).toBeLessThan(10_000)
    expect(bus.state()).toBe('unreachable')
    expect(loud()).toHaveLength(1)
    expect(JSON.parse(loud()[0] ?? '{}')).toMatchObject({ level: 50 })
    await redis.start()
    await waitFor(() => bus.state() === 'connected')
    expect(loud()).toHaveLength(1)
  })

  it('says each loss once, however often it tries again', async () => {
    await bus.open()
    for (const losses of [1, 2]) {
      await redis.stop()
      await waitFor(() => loud().length === losses)
      await redis.start()
      await waitFor(() => bus.state() === 'connected')
      expect(loud()).toHaveLength(losses)
    }
  })

  it('notices a silence, counts by itself meanwhile, and closes in time', async () => {
    await bus.open()
    const counter = bus.counters?.({ keyPrefix: 'test', points: 2, duration: 60 })
    await counter?.consume('somebody')
    redis.freeze()
    const from = performance.now()
    // Of its own memory: the count of the shared one cannot be asked.
    for (const left of [1, 0]) expect((await counter?.consume('somebody'))?.remainingPoints).toBe(left)
    await expect(counter?.consume('somebody')).rejects.toMatchObject({ remainingPoints: 0 })
    expect(performance.now() - from).toBeLessThan(10_000)
    await waitFor(() => bus.state() === 'unreachable')
    const closing = performance.now()
    await bus.close()
    expect(performance.now() - closing).toBeLessThan(10_000)
    redis.thaw()
  })

  it.each([
    { where: 'it can', without: [], sharded: 3, plain: 0 },
    { where: 'an older one cannot', without: ['SPUBLISH', 'SSUBSCRIBE'], sharded: 0, plain: 3 },
  ])('carries what nodes tell each other, in shards where $where', async ({ without, sharded, plain }) => {
    const own = await startRedis({ without })
    const logger = pino({ level: 'silent' })
    const nodes = ['a', 'b'].map((name) => {
      const line = createBus({ config: { redisUrl: own.url, secretKey }, logger, random: systemRandom })
      const heard: string[] = []
      const io = new Server(line.adapter ? { adapter: line.adapter } : {})
      io.on('told', (text: string) => heard.push(text))
      return { name, line, io, heard }
    })
    try {
      await Promise.all(nodes.map(({ line }) => line.open()))
      for (const { name, io } of nodes) io.serverSideEmit('told', `by ${name}`)
      await waitFor(() => nodes.every(({ heard }) => heard.length > 0))
      expect(nodes.map(({ heard }) => heard)).toEqual([['by b'], ['by a']])
      const channels = async (kind: string) =>
        ((await own.ask(`PUBSUB ${kind}`)).match(/parley-/g) ?? []).length
      // One for both nodes; those for answers are one for each.
      expect([await channels('SHARDCHANNELS'), await channels('CHANNELS')]).toEqual([sharded, plain])
    } finally {
      for (const { line } of nodes) await line.close()
      await own.stop()
    }
  })

  it('shares counts, and not those of another installation on the same Redis', async () => {
    const logger = pino({ level: 'silent' })
    const config = { redisUrl: redis.url, secretKey }
    const other = createBus({ config, logger, random: systemRandom })
    const strangers = { ...config, secretKey: new Uint8Array(32).fill(1) }
    const foreign = createBus({ config: strangers, logger, random: systemRandom })
    const buses = [bus, other, foreign]
    for (const one of buses) await one.open()
    const options = { keyPrefix: 'test', points: 5, duration: 60 }
    const left: (number | undefined)[] = []
    for (const one of buses) left.push((await one.counters?.(options).consume('somebody'))?.remainingPoints)
    expect(left).toEqual([4, 3, 4])
    expect(await redis.ask('DBSIZE')).toBe(':2')
    const keys = await redis.ask('KEYS *')
    expect(keys).toContain(':test:')
    expect(keys).not.toContain('somebody')
    await other.close()
    await foreign.close()
  })
})

describe('a node alone', () => {
  it('has no bus and waits for none', async () => {
    const config = { redisUrl: undefined, secretKey }
    const bus = createBus({ config, logger: pino({ level: 'silent' }), random: systemRandom })
    await bus.open()
    expect(bus.state()).toBe('off')
    expect([bus.adapter, bus.counters]).toEqual([undefined, undefined])
    await bus.close()
  })
})
