import type { Connection } from '@parley/shared/client/connection.ts'
import type { FeedView } from '@parley/shared/client/feed.ts'
import { effect } from '@preact/signals'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDrawSoon } from './draw-soon.ts'
import { openFeed } from './open-feeds.ts'

describe('drawing soon', () => {
  const waiting: (() => void)[] = []
  const frame = () => {
    for (const then of waiting.splice(0)) then()
  }

  beforeEach(() => {
    waiting.length = 0
    vi.stubGlobal('requestAnimationFrame', (then: () => void) => waiting.push(then))
    vi.stubGlobal('cancelAnimationFrame', (id: number) => waiting.splice(id - 1, 1))
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('happens once for all that changes before the next frame, and again for what changes after it', () => {
    let drawn = 0
    const { soon } = createDrawSoon(() => {
      drawn += 1
    })
    for (let at = 0; at < 300; at += 1) soon()
    expect(drawn).toBe(0)
    frame()
    expect(drawn).toBe(1)
    frame()
    expect(drawn).toBe(1)
    soon()
    frame()
    expect(drawn).toBe(2)
  })

  it('happens in a page that has no frames too, and never twice for one change', () => {
    let drawn = 0
    const { soon } = createDrawSoon(() => {
      drawn += 1
    })
    soon()
    vi.advanceTimersByTime(1_000)
    expect(drawn).toBe(1)
    frame()
    expect(drawn).toBe(1)
  })

  it('does not happen once it was stopped', () => {
    let drawn = 0
    const { soon, stop } = createDrawSoon(() => {
      drawn += 1
    })
    soon()
    stop()
    frame()
    vi.advanceTimersByTime(1_000)
    expect(drawn).toBe(0)
  })

  it('a flood in an open conversation is drawn once a frame, with everything in it', () => {
    let held = { head: 0 } as FeedView
    const tell = new Set<() => void>()
    const connection = {
      openConversation: () => ({
        get: () => held,
        subscribe: (listener: () => void) => tell.add(listener),
        close: () => tell.clear(),
      }),
    } as unknown as Connection
    const { view } = openFeed(connection, 'cnv_flood')
    const heads: number[] = []
    const stop = effect(() => {
      heads.push(view.value.head)
    })
    for (let head = 1; head <= 600; head += 1) {
      held = { ...held, head }
      for (const listener of tell) listener()
      if (head % 200 === 0) frame()
    }
    expect(heads).toEqual([0, 200, 400, 600])
    stop()
  })
})
