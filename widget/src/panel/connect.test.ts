import type { Auth, WireSocket } from '@parley/shared/client/socket.ts'
import type { Hello, Welcome } from '@parley/shared/protocol/wire.ts'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const told: unknown[][] = []
/** What the page's storage holds by now, whatever tab has written it. */
let stored: Record<string, string> = {}
let sayHello: Auth
const heard = new Map<string, (value: unknown) => void>()
const socket: WireSocket = {
  on: (name, run) => heard.set(name, run as (value: unknown) => void),
  emit: () => {},
  connect: () => {},
  disconnect: () => {},
}

type VisitorHello = Extract<Hello, { kind: 'visitor' }>

const now = Date.parse('2026-11-26T10:00:00.000Z')
const at = (ms: number) => new Date(now + ms).toISOString()

beforeEach(async () => {
  vi.useFakeTimers({ now })
  vi.resetModules()
  vi.stubGlobal('document', { getElementById: () => null, visibilityState: 'visible' })
  vi.stubGlobal('navigator', { onLine: true, language: 'en' })
  vi.stubGlobal('addEventListener', () => {})
  // The socket library and the page around the frame; the link between is the real one.
  const openSocket = (auth: Auth) => {
    sayHello = auth
    return socket
  }
  vi.doMock('./realtime.ts', () => ({ openSocket }))
  vi.doMock('./host.ts', () => ({ tellHost, hearAgain }))
  told.length = 0
  stored = {}
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

function tellHost(...values: unknown[]): void {
  told.push(values)
  const [what, name, value] = values
  if (what !== 'keep') return
  if (value === null) delete stored[`${name}`]
  else stored[`${name}`] = `${value}`
}

async function hearAgain(): Promise<void> {
  const { recallAll } = await import('./state.ts')
  recallAll({ ...stored })
}

const saidToken = () =>
  new Promise<unknown>((resolve) => sayHello((hello) => resolve((hello as VisitorHello).visitorToken)))
const refuse = () => heard.get('connect_error')?.({ data: { code: 'notAllowed', reason: 'visitor.ended' } })

const welcome = (identityExpiresAt: string | null, visitorToken?: string) => {
  const greeting: Welcome = {
    readerId: 'con_marta',
    identityExpiresAt,
    serverTime: at(0),
    ...(visitorToken ? { visitorToken } : {}),
  }
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

it('[H6] says hello with the token that stands in the page’s storage by then, not with what it remembers', async () => {
  expect(await saidToken()).toBeUndefined()
  welcome(null, 'first')
  expect(await saidToken()).toBe('first')
  // Another tab was given the next one while this page was asleep.
  stored.token = 'second'
  expect(await saidToken()).toBe('second')
  welcome(null, 'third')
  expect(stored.token).toBe('third')
  expect(await saidToken()).toBe('third')
})

it('[H6] begins anew when its visit has ended, and goes along where another tab has begun already', async () => {
  stored.token = 'ended'
  await saidToken()
  refuse()
  expect(stored.token).toBeUndefined()
  expect(await saidToken()).toBeUndefined()
  stored.token = 'ended'
  await saidToken()
  stored.token = 'of another tab'
  await hearAgain()
  refuse()
  expect(await saidToken()).toBe('of another tab')
})
