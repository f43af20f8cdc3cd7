import type { MemberRole } from '@parley/shared/people.ts'
import type { InboxView } from '@parley/shared/protocol/reading.ts'
import { describe, expect, it } from 'vitest'
import { belongsIn, type InboxQuery, viewsFor } from './belongs-in.ts'
import { givenRow } from './row-given.ts'
import { chipOf, previewOf } from './row-words.ts'

const priya = { memberId: 'mem_priya' }
const asPublic = (memberId: string) => ({ memberId, name: 'Somebody', party: 'support' as const })
const query = (view: InboxView, change: Partial<InboxQuery> = {}): InboxQuery => ({
  view,
  search: '',
  queueId: null,
  topicId: null,
  unreadOnly: false,
  ...change,
})

describe('where a changed row belongs', () => {
  const viewsOf = (row: ReturnType<typeof givenRow>) =>
    (['mine', 'waiting', 'team', 'all', 'closed'] as const).filter((view) =>
      belongsIn(query(view), row, priya),
    )

  it('knows every view for each state of a conversation', () => {
    const offer = { to: asPublic('mem_priya'), untilAt: '2026-11-20T10:01:00.000Z' }
    expect(viewsOf(givenRow())).toEqual(['waiting', 'all'])
    expect(viewsOf(givenRow({ status: 'offered', offer }))).toEqual(['mine', 'waiting', 'all'])
    expect(viewsOf(givenRow({ status: 'open', assignee: asPublic('mem_priya') }))).toEqual([
      'mine',
      'team',
      'all',
    ])
    expect(viewsOf(givenRow({ status: 'open', assignee: asPublic('mem_jonas') }))).toEqual(['team', 'all'])
    expect(viewsOf(givenRow({ status: 'closed', assignee: asPublic('mem_priya') }))).toEqual(['closed'])
  })

  it('leaves out what a filter does not want', () => {
    expect(belongsIn(query('all', { queueId: 'que_other' }), givenRow(), priya)).toBe(false)
    expect(belongsIn(query('all', { topicId: 'refund' }), givenRow(), priya)).toBe(false)
    expect(belongsIn(query('all', { unreadOnly: true }), givenRow({ unread: 0 }), priya)).toBe(false)
    expect(belongsIn(query('all', { unreadOnly: true }), givenRow(), priya)).toBe(true)
  })
})

describe('the words of a row', () => {
  it('says who spoke last unless it was the customer', () => {
    const said = (id: string, name: string, text: string) =>
      givenRow({
        lastMessage: {
          messageId: 'm',
          text,
          by: { party: 'support', id, name },
          at: '2026-11-20T10:00:00.000Z',
        },
      })
    expect(previewOf(givenRow(), 'mem_priya')).toBe('Where is my parcel?')
    expect(previewOf(said('mem_priya', 'Priya Raman', 'On it'), 'mem_priya')).toBe('You: On it')
    expect(previewOf(said('mem_jonas', 'Jonas Weber', 'On it'), 'mem_priya')).toBe('Jonas: On it')
    expect(previewOf(said('mem_jonas', 'Jonas Weber', ''), 'mem_priya')).toBe('Jonas: Sent a file')
    const removed = said('mem_jonas', 'Jonas Weber', '')
    if (removed.lastMessage) removed.lastMessage.isRedacted = true
    expect(previewOf(removed, 'mem_priya')).toBe('Jonas: Message removed')
  })

  it('names one matter and counts the others', () => {
    expect(chipOf(givenRow())).toBeNull()
    const row = givenRow({
      topic: { id: 'refund', label: 'Refund' },
      about: { order: { id: '48213', isVerified: true } },
    })
    expect(chipOf(row)).toBe('Refund +1')
    expect(chipOf({ ...row, topic: null })).toBe('Order 48213')
  })

  it('lists what a note has called them to, read or not, and an open call is unread', () => {
    const row = givenRow({ status: 'closed', unread: 0 })
    expect(belongsIn(query('mentions'), row, priya)).toBe(false)
    for (const mention of ['open', 'read'] as const)
      expect(belongsIn(query('mentions'), { ...row, mention }, priya)).toBe(true)
    const unread = query('mentions', { unreadOnly: true })
    expect(belongsIn(unread, { ...row, mention: 'open' }, priya)).toBe(true)
    expect(belongsIn(unread, { ...row, mention: 'read' }, priya)).toBe(false)
  })

  it('offers mentions to staff only', () => {
    expect(viewsFor({ role: 'csr', areRoomsOn: false })).toContain('mentions')
    expect(viewsFor({ role: 'vendor', areRoomsOn: false })).not.toContain('mentions')
  })

  it('offers rooms where the site has them, to who may be in one or moderates', () => {
    const offered = (role: MemberRole, areRoomsOn: boolean) =>
      viewsFor({ role, areRoomsOn }).includes('rooms')
    expect((['vendor', 'moderator', 'admin', 'csr'] as const).map((role) => offered(role, true))).toEqual([
      true,
      true,
      true,
      false,
    ])
    expect(offered('vendor', false)).toBe(false)
  })
})
