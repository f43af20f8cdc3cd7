import type { Connection } from '@parley/shared/client/connection.ts'
import type { InboxRow } from '@parley/shared/protocol/reading.ts'
import { describe, expect, it, vi } from 'vitest'
import type { InboxQuery } from './belongs-in.ts'
import { followInbox } from './inbox-rows.ts'
import { givenRow } from './row-given.ts'

const query: InboxQuery = { view: 'all', search: '', queueId: null, topicId: null, unreadOnly: false }
const note = { noteId: 'not_1', by: 'Daniel Okafor', customer: 'Maya', text: '@Priya look', at: '' }

/** A connection whose list holds these rows now; `hear` is what the server tells. */
function givenInbox(listed: InboxRow[], change: Partial<InboxQuery> = {}) {
  const listeners = new Map<string, (value: never) => void>()
  const ask = vi.fn(async () => ({ ok: true, value: { rows: listed, cursor: null } }))
  const connection = {
    ask,
    on(name: string, listener: (value: never) => void) {
      listeners.set(name, listener)
      return () => listeners.delete(name)
    },
  } as unknown as Connection
  const inbox = followInbox(connection, { ...query, ...change }, { memberId: 'mem_priya' })
  const hear = (name: string, value: unknown) => listeners.get(name)?.(value as never)
  const mention = () => inbox.rows.peek().get('cnv_maya')?.mention
  return {
    inbox,
    ask,
    hear,
    mention,
    isLoaded: () => vi.waitFor(() => expect(inbox.isLoading.peek()).toBe(false)),
  }
}

describe('a row whose note calls this person', () => {
  it('is marked at once, keeps the mark when the row changes, and loses it when it was read', async () => {
    const { hear, mention, isLoaded } = givenInbox([givenRow({ mention: null })])
    await isLoaded()
    hear('mention', { conversationId: 'cnv_maya', note })
    expect(mention()).toBe('open')
    hear('inbox', givenRow({ updatedAt: '2026-11-20T10:05:00.000Z' }))
    expect(mention()).toBe('open')
    hear('mention', { conversationId: 'cnv_maya', note: null })
    expect(mention()).toBe('read')
  })

  it('is marked when the call comes before the row', async () => {
    const { hear, mention, isLoaded } = givenInbox([])
    await isLoaded()
    hear('mention', { conversationId: 'cnv_maya', note })
    hear('inbox', givenRow())
    expect(mention()).toBe('open')
  })

  it('comes into the list of mentions by itself, and stays there when it was read', async () => {
    const listed: InboxRow[] = []
    const { hear, mention, isLoaded } = givenInbox(listed, { view: 'mentions' })
    await isLoaded()
    listed.push(givenRow({ status: 'closed', mention: 'open' }))
    hear('mention', { conversationId: 'cnv_maya', note })
    await vi.waitFor(() => expect(mention()).toBe('open'))
    hear('mention', { conversationId: 'cnv_maya', note: null })
    hear('inbox', givenRow({ status: 'closed', updatedAt: '2026-11-20T10:05:00.000Z' }))
    expect(mention()).toBe('read')
  })

  it('is found again after the connection was lost', async () => {
    const listed = [givenRow({ mention: null })]
    const { hear, mention, isLoaded } = givenInbox(listed)
    await isLoaded()
    listed[0] = givenRow({ mention: 'open' })
    hear('state', 'online')
    await vi.waitFor(() => expect(mention()).toBe('open'))
  })
})
