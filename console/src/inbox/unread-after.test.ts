import { describe, expect, it } from 'vitest'
import { unreadAfter } from './unread-after.ts'

const atTen = '2026-11-20T10:00:00.000Z'
const atEleven = '2026-11-20T11:00:00.000Z'
const row = (unread: number, unanswered: number, waitingSince: string | null = atTen) => ({
  unread,
  unanswered,
  waitingSince,
})

describe('the unread count after a hint', () => {
  it('counts every message that one hint stands for', () => {
    expect(unreadAfter(row(0, 1), row(3, 3))).toBe(2)
    expect(unreadAfter(row(1, 1), row(4, 4))).toBe(4)
  })

  it('stays when something else has changed', () => {
    expect(unreadAfter(row(0, 2), row(2, 2))).toBe(0)
    expect(unreadAfter(row(2, 2), row(2, 2))).toBe(2)
  })

  it('is nothing once somebody has answered, and only what came after the answer later', () => {
    expect(unreadAfter(row(2, 2), row(0, 0, null))).toBe(0)
    expect(unreadAfter(row(0, 0, null), row(1, 1, atEleven))).toBe(1)
    expect(unreadAfter(row(0, 2), row(3, 3, atEleven))).toBe(3)
  })

  it('counts one when a closed conversation is opened again by a message', () => {
    expect(unreadAfter(row(0, 2, null), row(3, 3, atEleven))).toBe(1)
  })

  it('is what the server says of a row that was not there before', () => {
    expect(unreadAfter(undefined, row(2, 2))).toBe(2)
  })
})
