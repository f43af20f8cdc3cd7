import { describe, expect, it } from 'vitest'
import { audienceWords } from './audience-words.ts'
import { cannedQuery, fillReply, matchingReplies, unfilledIn } from './canned-replies.ts'
import { draftKey } from './drafts.ts'
import { matchingPeople, mentionedIn, mentionQuery } from './mentions.ts'
import { type Ready, whyNotSend } from './why-not-send.ts'

const facts = { customerName: 'Maya Lindqvist', agentName: 'Priya Raman', orderId: null, siteName: 'Marlow' }
const ready = (change: Partial<Ready>): Ready => ({
  mode: 'reply',
  text: 'Hello',
  fileCount: 0,
  isUploading: false,
  hasRefusedFile: false,
  before: null,
  ...change,
})
const jonas = { memberId: 'mem_jonas', name: 'Jonas Weber', party: 'support' as const }

describe('canned replies', () => {
  it('fill in what is known and keep what is not in sight', () => {
    const text = fillReply(
      'Hi {{customer.firstName}}, {{ agent.name }} of {{site.name}}: {{order.id}} {{nonsense}}',
      facts,
    )
    expect(text).toBe('Hi Maya, Priya Raman of Marlow: {{order.id}} {{nonsense}}')
    expect(unfilledIn(text).map((variable) => variable.text)).toEqual(['{{order.id}}', '{{nonsense}}'])
  })

  it('do not fill in what a customer has put into a name', () => {
    expect(fillReply('{{customer.name}}', { ...facts, customerName: '{{agent.name}}' })).toBe(
      '{{agent.name}}',
    )
  })

  it('are asked for by a slash that begins a line, and nowhere else', () => {
    expect(cannedQuery('/late', 5, '/')).toEqual({ query: 'late', start: 0 })
    expect(cannedQuery('Hello\n/ret', 10, '/')).toEqual({ query: 'ret', start: 6 })
    expect(cannedQuery('and/or', 6, '/')).toBeNull()
    expect(cannedQuery('/late now', 9, '/')).toBeNull()
    expect(cannedQuery('/late', 0, '/')).toBeNull()
  })

  it('are found by shortcut first, then by title', () => {
    const reply = (shortcut: string, title: string) => ({
      cannedReplyId: shortcut,
      shortcut,
      title,
      text: '',
      scope: 'site' as const,
    })
    const found = matchingReplies(
      [reply('sorry', 'Late parcel'), reply('very-late', 'x'), reply('late', 'y')],
      'late',
    )
    expect(found.map(({ shortcut }) => shortcut)).toEqual(['late', 'very-late', 'sorry'])
  })
})

describe('mentions', () => {
  it('begin with a sign after a space, and may hold a first and a last name', () => {
    expect(mentionQuery('ask @jon', 8)).toEqual({ query: 'jon', start: 4 })
    expect(mentionQuery('ask @Jonas We', 13)).toEqual({ query: 'Jonas We', start: 4 })
    expect(mentionQuery('me@shop', 7)).toBeNull()
  })

  it('find people by any of their names', () => {
    expect(matchingPeople([jonas], 'web')).toEqual([jonas])
    expect(matchingPeople([jonas], 'eber')).toEqual([])
  })

  it('count only who is still in the text when it is sent', () => {
    expect(mentionedIn('@Jonas Weber please look', [jonas])).toEqual(['mem_jonas'])
    expect(mentionedIn('Jonas Weber knows', [jonas])).toEqual([])
  })
})

describe('Send', () => {
  it('is possible with words or with a file', () => {
    expect(whyNotSend(ready({}))).toBeNull()
    expect(whyNotSend(ready({ text: '  ', fileCount: 1 }))).toBeNull()
    expect(whyNotSend(ready({ text: '  ' }))).toBe('')
    expect(whyNotSend(ready({ text: '', fileCount: 1, mode: 'note' }))).toBe('')
  })

  it('waits for variables, files and length, and says which', () => {
    expect(whyNotSend(ready({ text: 'Order {{order.id}}' }))).toBe('Fill in {{order.id}}')
    expect(whyNotSend(ready({ isUploading: true }))).toBe('A file is still going up')
    expect(whyNotSend(ready({ hasRefusedFile: true }))).toBe('Remove the file that was refused')
    expect(whyNotSend(ready({ text: '🙂'.repeat(5_000) }))).toBeNull()
    expect(whyNotSend(ready({ text: '🙂'.repeat(5_001) }))).toBe('1 character too long')
  })

  it('is a colleague’s while the colleague has the conversation, and a note is always possible', () => {
    const before = { step: 'takeOver', from: jonas } as const
    expect(whyNotSend(ready({ before }))).toBe('Jonas has this conversation')
    expect(whyNotSend(ready({ before, mode: 'note' }))).toBeNull()
    expect(whyNotSend(ready({ before: { step: 'take' } }))).toBeNull()
  })
})

describe('who will see it', () => {
  const customer = { contactId: 'con_maya', name: 'Maya Lindqvist', role: 'buyer' as const, isVerified: true }
  const support = { customer, with: { kind: 'support' as const, name: 'Marlow support' } }
  const vendor = { customer, with: { kind: 'vendor' as const, vendorId: 'ven_kiln', name: 'Kiln & Thread' } }

  it('is always said, for every side and mode', () => {
    expect(audienceWords('reply', 'staff', support, 'Marlow')).toBe('Maya will see this')
    expect(audienceWords('reply', 'staff', vendor, 'Marlow')).toBe('Maya and Kiln & Thread will see this')
    expect(audienceWords('note', 'staff', vendor, 'Marlow')).toBe(
      'Team only. Maya and Kiln & Thread cannot see this',
    )
    expect(audienceWords('reply', 'vendor', vendor, 'Marlow')).toBe('Maya and Marlow can see this')
  })
})

it('a draft belongs to one member, site, conversation and mode', () => {
  const who = { siteId: 's', memberId: 'm' }
  const keys = [
    draftKey(who, 'c', 'reply'),
    draftKey(who, 'c', 'note'),
    draftKey(who, 'd', 'reply'),
    draftKey({ ...who, memberId: 'n' }, 'c', 'reply'),
    draftKey({ ...who, siteId: 't' }, 'c', 'reply'),
  ]
  expect(new Set(keys).size).toBe(keys.length)
})
