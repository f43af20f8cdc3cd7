import { describe, expect, it } from 'vitest'
import { groupRows, type ListItem } from './group-rows.ts'
import { holdOrder } from './hold-order.ts'
import { givenRow } from './row-given.ts'

const now = Date.parse('2026-11-20T10:10:00.000Z')
const at = (minute: number) => `2026-11-20T10:${String(minute).padStart(2, '0')}:00.000Z`
const waiting = (id: string, minute: number) => givenRow({ conversationId: id, waitingSince: at(minute) })
const answered = (id: string, minute: number) =>
  givenRow({ conversationId: id, status: 'open', waitingSince: null, updatedAt: at(minute) })
const shown = (items: readonly ListItem[]) =>
  items.map((item) => (item.kind === 'head' ? `${item.name} ${item.count}` : item.key))

describe('the groups of the inbox', () => {
  it('puts who is over target first, and the longest wait first in each group', () => {
    const rows = [
      answered('done', 9),
      waiting('late', 2),
      waiting('fresh', 9),
      waiting('latest', 1),
      waiting('soon', 6),
    ]
    expect(shown(groupRows(rows, 'mine', now))).toEqual([
      'Over target 2',
      'latest',
      'late',
      'Due soon 2',
      'soon',
      'fresh',
      'Waiting on others 1',
      'done',
    ])
  })

  it('lists what sleeps after what others owe', () => {
    const asleep = givenRow({
      conversationId: 'asleep',
      status: 'snoozed',
      snoozedUntilAt: at(59),
      updatedAt: at(9),
    })
    expect(shown(groupRows([asleep, answered('older', 3), answered('newer', 8)], 'all', now))).toEqual([
      'Waiting on others 3',
      'newer',
      'older',
      'asleep',
    ])
  })

  it('lists closed conversations without groups, newest first', () => {
    const closed = (id: string, minute: number) =>
      givenRow({ conversationId: id, status: 'closed', waitingSince: null, updatedAt: at(minute) })
    expect(shown(groupRows([closed('a', 1), closed('b', 5)], 'closed', now))).toEqual(['b', 'a'])
  })

  it('keeps ten thousand rows in order', () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => waiting(`c${index}`, (index * 7) % 10))
    const items = groupRows(rows, 'all', now)
    expect(items.filter((item) => item.kind === 'row')).toHaveLength(10_000)
    const over = items.filter((item) => item.kind === 'row').map((item) => item.row.waitingSince ?? '')
    expect(over).toEqual([...over].sort())
  })
})

describe('the list while somebody points at it', () => {
  const before = groupRows([waiting('a', 1), waiting('b', 2), answered('c', 5)], 'all', now)

  it('holds back what has come in and counts it', () => {
    const next = groupRows(
      [waiting('new', 0), waiting('a', 1), waiting('b', 2), answered('c', 5)],
      'all',
      now,
    )
    const held = holdOrder(before, next, (key) => key === 'new')
    expect(shown(held.items)).toEqual(shown(before))
    expect(held.waiting).toBe(1)
  })

  it('redraws a row in its place when it belongs elsewhere now', () => {
    const moved = { ...answered('a', 9), unread: 7 }
    const held = holdOrder(
      before,
      groupRows([moved, waiting('b', 2), answered('c', 5)], 'all', now),
      () => false,
    )
    expect(shown(held.items)).toEqual(shown(before))
    expect(held.items[1]).toMatchObject({ key: 'a', row: { unread: 7 } })
  })

  it('lets go of what has left the view and counts its group again', () => {
    const held = holdOrder(before, groupRows([waiting('b', 2), answered('c', 5)], 'all', now), () => false)
    expect(shown(held.items)).toEqual(['Over target 1', 'b', 'Waiting on others 1', 'c'])
  })

  it('appends what scrolling has fetched to its group', () => {
    const next = groupRows(
      [waiting('older', 0), waiting('a', 1), waiting('b', 2), answered('c', 5)],
      'all',
      now,
    )
    const held = holdOrder(before, next, () => false)
    expect(shown(held.items)).toEqual(['Over target 3', 'a', 'b', 'older', 'Waiting on others 1', 'c'])
    expect(held.waiting).toBe(0)
  })
})
