import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import type { Database } from '../storage/database.ts'
import { type Marlow, type Person, startMarlow } from '../testing/marlow.ts'
import { createFigures } from './figures.ts'

let site: Marlow
let marta: Person
beforeAll(async () => {
  site = await startMarlow('postgres')
  marta = await site.buyer('marta')
})
afterAll(() => site?.close())

type Figure = (name: string, labels?: Record<string, string>) => number | undefined

async function look(url = `${site.url}/metrics`): Promise<{ text: string; figure: Figure }> {
  return reading(await (await fetch(url)).text())
}

function reading(text: string): { text: string; figure: Figure } {
  const lines = new Map(
    text.split('\n').flatMap((line) => {
      const match = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line)
      return match ? [[`${match[1]} ${match[2]?.split(',').sort().join() ?? ''}`, Number(match[3])]] : []
    }),
  )
  const keyOf = (labels: Record<string, string>) =>
    Object.entries(labels)
      .map(([label, value]) => `${label}="${value}"`)
      .sort()
      .join()
  return { text, figure: (name, labels = {}) => lines.get(`${name} ${keyOf(labels)}`) }
}

let count = 0
const requestId = () => {
  count += 1
  return `figures-${count}`
}

describe('the figures', () => {
  it('count messages that were acknowledged, commands by outcome and refusals by code', async () => {
    const { conversationId } = await marta.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'support' },
      answers: { topic: 'payment', description: 'I paid twice' },
    })
    const { figure: before } = await look()
    for (const text of ['one', 'two'])
      await marta.ask('sendMessage', { requestId: requestId(), conversationId, text })
    await marta.refusal('sendMessage', {
      requestId: requestId(),
      conversationId: 'cnv_absent',
      text: 'three',
    })
    await marta.connection.ask('constructor' as 'listConversations', {})
    const { figure } = await look()
    const more = (...asked: Parameters<Figure>) => (figure(...asked) ?? 0) - (before(...asked) ?? 0)
    expect(more('parley_messages_acknowledged_total')).toBe(2)
    expect(more('parley_commands_total', { command: 'sendMessage', outcome: 'done' })).toBe(2)
    expect(more('parley_commands_total', { command: 'sendMessage', outcome: 'refused' })).toBe(1)
    expect(more('parley_commands_total', { command: 'unknown', outcome: 'refused' })).toBe(1)
    expect(more('parley_refusals_total', { code: 'notFound' })).toBe(2)
    expect(more('parley_log_batch_wishes_count')).toBeGreaterThan(0)
    expect(more('parley_log_commit_seconds_count')).toBe(more('parley_log_batch_wishes_count'))
    expect(figure('parley_log_waiting')).toBe(0)
  })

  it('tell who is connected, what stands in line and since when, and what has to be done', async () => {
    const elin = await site.member('elin')
    const { database } = site.world.parts
    await database.query(
      `insert into timers (kind, key, due_at, payload, parked_at) values ('test.parked', 'one', now(), '{}', now())`,
    )
    await database.query(
      `update conversations set waiting_since = now() - interval '90 seconds' where status = 'waiting'`,
    )
    const { figure } = await look()
    expect(figure('parley_sockets', { kind: 'customer' })).toBe(1)
    expect(figure('parley_sockets', { kind: 'vendor' })).toBe(1)
    expect(figure('parley_sockets', { kind: 'staff' })).toBe(0)
    elin.close()
    const fresh = createFigures(site.world.parts, () => 'connected')
    const { figure: standing } = reading(await fresh.text())
    const [row] = await database.query<{ count: number }>(
      `select count(*)::int as count from conversations where status = 'waiting'`,
    )
    expect(row?.count).toBeGreaterThan(0)
    expect(standing('parley_conversations', { status: 'waiting' })).toBe(row?.count)
    expect(standing('parley_queue_waiting', { queue_kind: 'support' })).toBe(row?.count)
    expect(standing('parley_queue_oldest_wait_seconds', { queue_kind: 'support' })).toBeGreaterThanOrEqual(90)
    expect(standing('parley_jobs', { kind: 'test.parked', state: 'parked' })).toBe(1)
    expect(standing('parley_database_up')).toBe(1)
    expect(standing('parley_redis_up')).toBe(1)
    expect(figure('parley_redis_up')).toBeUndefined()
    expect(figure('parley_database_connections', { state: 'waiting' })).toBe(0)
    expect(figure('nodejs_eventloop_lag_p99_seconds')).toBeDefined()
  })

  it('count who was told to come back later because too much was sent, apart from every other refusal', async () => {
    const figures = createFigures(site.world.parts, () => 'off')
    const told = (reason: string) =>
      figures.noteCommand('sendMessage', { ok: false, refusal: { code: 'unavailable', reason } })
    told('busy')
    told('storage')
    told('busy')
    const { figure } = reading(await figures.text())
    expect(figure('parley_busy_total')).toBe(2)
    expect(figure('parley_refusals_total', { code: 'unavailable' })).toBe(3)
  })

  it('name nobody: no label holds an id, a name or an address', async () => {
    const { text } = await look()
    const values = [...text.matchAll(/="([^"]*)"/g)].map(([, value]) => value ?? '')
    expect(values.length).toBeGreaterThan(20)
    for (const value of values)
      expect(value).not.toMatch(/(mem|con|cnv|vis|ses|que|ven|site)_|@|marlow|marta/i)
  })

  it('say that the database is away, and leave out what cannot be known', async () => {
    const load = () => ({ used: 0, idle: 0, waiting: 7 })
    for (const query of [() => Promise.reject(new Error('away')), () => new Promise<never>(() => {})]) {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      const figures = createFigures(
        { database: { query, load } as unknown as Database, clock: systemClock },
        () => 'unreachable',
      )
      const told = figures.text()
      await vi.advanceTimersByTimeAsync(3_000)
      const { figure, text } = reading(await told)
      vi.useRealTimers()
      expect(figure('parley_database_up')).toBe(0)
      expect(figure('parley_redis_up')).toBe(0)
      expect(figure('parley_database_connections', { state: 'waiting' })).toBe(7)
      expect(text).not.toMatch(/^parley_(conversations|queue_waiting|jobs)\{/m)
    }
  })
})
