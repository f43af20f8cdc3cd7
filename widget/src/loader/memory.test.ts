import { afterEach, beforeEach, expect, it, vi } from 'vitest'

/** The page's own storage, which another tab writes as well, and which can be full. */
let storage: Record<string, string>
let isFull = false

beforeEach(() => {
  vi.resetModules()
  isFull = false
  storage = new Proxy<Record<string, string>>(
    {},
    {
      set(all, name, value) {
        if (isFull) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
        return Reflect.set(all, name, value)
      },
    },
  )
  vi.stubGlobal('localStorage', storage)
  vi.stubGlobal('PARLEY_SITE', { key: 'marlow' })
})
afterEach(() => vi.unstubAllGlobals())

it('remembers what another tab has kept', async () => {
  const { keep, recall } = await import('./memory.ts')
  keep('token', 'one')
  storage['parley:marlow'] = JSON.stringify({ token: 'two', draft: 'Hello' })
  expect(recall()).toEqual({ token: 'two', draft: 'Hello' })
  keep('unread', '1')
  expect(JSON.parse(storage['parley:marlow'] ?? '')).toEqual({ token: 'two', draft: 'Hello', unread: '1' })
})

it('keeps all of it for this page where the storage takes nothing more, and none of it after signing out', async () => {
  const { keep, recall, wipe } = await import('./memory.ts')
  isFull = true
  keep('token', 'one')
  keep('conversation', 'cnv_1')
  expect(recall()).toEqual({ token: 'one', conversation: 'cnv_1' })
  wipe()
  expect(recall()).toEqual({})
})
