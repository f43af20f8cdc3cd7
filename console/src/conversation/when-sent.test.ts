import type { FeedView } from '@parley/shared/client/feed.ts'
import type { PendingMessage } from '@parley/shared/client/outbox.ts'
import { describe, expect, it } from 'vitest'
import { whenSent } from './when-sent.ts'

function feedWith(...states: PendingMessage['state'][]) {
  const listeners = new Set<() => void>()
  let pending = states
  return {
    listeners,
    get: () => ({ pending: pending.map((state) => ({ state })) }) as unknown as FeedView,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    become(...next: PendingMessage['state'][]) {
      pending = next
      for (const listener of listeners) listener()
    },
  }
}

describe('closing after an answer', () => {
  it('waits until the answer is accepted, however long the connection is away', async () => {
    const feed = feedWith('waiting', 'sending')
    let isSent: boolean | undefined
    const sent = whenSent(feed).then((value) => {
      isSent = value
    })
    feed.become('sending')
    await Promise.resolve()
    expect(isSent).toBeUndefined()
    feed.become('accepted')
    await sent
    expect(isSent).toBe(true)
    expect(feed.listeners.size).toBe(0)
  })

  it('does not happen when the answer was refused, but an older refusal is no hindrance', async () => {
    const feed = feedWith('refused', 'sending')
    const sent = whenSent(feed)
    feed.become('refused', 'refused')
    expect(await sent).toBe(false)
    expect(await whenSent(feedWith('refused'))).toBe(true)
    expect(await whenSent(feedWith())).toBe(true)
  })
})
