import type { WireSocket } from '@parley/shared/client/socket.ts'
import type { Welcome } from '@parley/shared/protocol/wire.ts'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const told: unknown[][] = []
const heard = new Map<string, (value: unknown) => void>()
const socket: WireSocket = {
  on: (name, run) => heard.set(name, run as (value: unknown) => void),
  emit: () => {},
  connect: () => {},
  disconnect: () => {},
}

const now = Date.parse('2026-11-26T10:00:00.000Z')
const at = (ms: number) => new Date(now + ms).toISOString()

beforeEach(async () => {
  vi.useFakeTimers({ now })
  vi.resetModules()
  vi.stubGlobal('document', { getElementById: () => null, visibilityState: 'visible' })
  vi.stubGlobal('navigator', { onLine: true, language: 'en' })
  vi.stubGlobal('addEventListener', () => {})
  // The socket library and the page around the frame; the link between is the real one.
  vi.doMock('./realtime.ts', () => ({ openSocket: () => socket }))
  vi.doMock('./host.ts', () => ({ tellHost: (...values: unknown[]) => told.push(values) }))
  told.length = 0
  heard.clear()
  await import('./connect.ts')
  await vi.waitFor(() => expect(heard.has('welcome')).toBe(true))
  // Waiting has turned the clock.
  vi.setSystemTime(now)
})
afterEach(() => {
  vi.doUnmock('./realtime.ts')
  vi.doUnmock('./host.ts')
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const welcome = (identityExpiresAt: string | null) => {
  const greeting: Welcome = { readerId: 'con_marta', identityExpiresAt, serverTime: at(0) }
  heard.get('welcome')?.(greeting)
}
const expiring = () => told.filter(([name, event]) => name === 'event' && event === 'identityExpiring')

it('tells the page a minute before the identity ends, once, so that it can sign again', () => {
  const end = at(3_600_000)
  welcome(end)
  vi.advanceTimersByTime(3_600_000 - 60_001)
  expect(expiring()).toEqual([])
  vi.advanceTimersByTime(1)
  expect(expiring()).toEqual([['event', 'identityExpiring', { expiresAt: end }]])
  vi.advanceTimersByTime(3_600_000)
  expect(expiring()).toHaveLength(1)
})

it('tells it at once of an identity that ends sooner, and counts anew from a fresh one', () => {
  welcome(at(30_000))
  vi.advanceTimersByTime(0)
  expect(expiring()).toHaveLength(1)
  welcome(at(600_000))
  welcome(at(1_200_000))
  vi.advanceTimersByTime(1_200_000 - 60_001)
  expect(expiring()).toHaveLength(1)
  vi.advanceTimersByTime(1)
  expect(expiring().at(-1)).toEqual(['event', 'identityExpiring', { expiresAt: at(1_200_000) }])
})

it('tells nothing of the kind to a page that has signed nobody in', () => {
  welcome(null)
  vi.advanceTimersByTime(86_400_000)
  expect(expiring()).toEqual([])
})
