import { describe, expect, it } from 'vitest'
import { givenRow } from '../inbox/row-given.ts'
import { newsOf as newsSince } from './is-news.ts'

const priya = { memberId: 'mem_priya', availability: 'available' as const }
const mine = { memberId: 'mem_priya', name: 'Priya Raman', party: 'support' as const }
const early = '2026-11-20T09:00:00.000Z'
const newsOf = (...[before, row, me]: DropLast<Parameters<typeof newsSince>>) =>
  newsSince(before, row, me, early)
const theirs = { ...mine, memberId: 'mem_jonas', name: 'Jonas Weber' }

type DropLast<All extends readonly unknown[]> = All extends readonly [...infer First, unknown] ? First : never

describe('what is worth a sound', () => {
  it('is a new message in my conversation, once', () => {
    const row = givenRow({ status: 'open', assignee: mine })
    expect(newsOf({ ...row, lastMessage: null }, row, priya)).toBe('Maya Lindqvist: Where is my parcel?')
    expect(newsOf(row, row, priya)).toBeNull()
  })

  it('is an offer to me, and a conversation that became mine', () => {
    const offer = { to: mine, untilAt: '2026-11-20T10:01:00.000Z' }
    expect(newsOf(givenRow(), givenRow({ status: 'offered', offer }), priya)).toMatch(/you are asked/)
    expect(newsOf(givenRow(), givenRow({ status: 'open', assignee: mine }), priya)).toMatch(/now yours/)
  })

  it('is somebody new in the queue only while I am available', () => {
    expect(newsOf(undefined, givenRow(), priya)).toMatch(/waiting for Support/)
    expect(newsOf(undefined, givenRow(), { ...priya, availability: 'away' })).toBeNull()
  })

  it('is not what stood there before the console was opened, whatever else changes about it', () => {
    const later = '2026-11-20T11:00:00.000Z'
    const noted = givenRow({ status: 'open', assignee: mine, updatedAt: later })
    expect(newsSince(undefined, noted, priya, '2026-11-20T10:30:00.000Z')).toBeNull()
    expect(newsSince(undefined, noted, priya, early)).toMatch(/Where is my parcel/)
    const old = givenRow()
    expect(newsSince(undefined, old, priya, later)).toBeNull()
  })

  it('is never a colleague’s conversation, my own words or a closed one', () => {
    const before = givenRow({ lastMessage: null })
    expect(newsOf(before, givenRow({ status: 'open', assignee: theirs }), priya)).toBeNull()
    const own = {
      messageId: 'msg_2',
      text: 'Hi',
      by: { party: 'support' as const, id: 'mem_priya', name: 'Priya' },
      at: '',
    }
    const answered = givenRow({ status: 'open', assignee: mine })
    expect(newsOf(answered, { ...answered, lastMessage: own }, priya)).toBeNull()
    expect(newsOf(before, givenRow({ status: 'closed', assignee: mine }), priya)).toBeNull()
  })
})
