import { describe, expect, test } from 'vitest'
import { writeAnswer } from './answer-letter.ts'
import { type MailedConversation, pageOf, unreadBy } from './mailed-conversation.ts'
import { ines, lena, mailed, nora, Story } from './sample-conversation.ts'

const known = { address: 'nora@example.com', isVerified: true }
const unknown = { address: 'nora@example.com', isVerified: false }

describe('a letter about an answer', () => {
  const story = new Story().begins().says(nora, 'Hello?').says(lena, 'Here I am').says(ines, 'And I')

  test('holds what was answered and the way back', () => {
    const conversation = mailed(story)
    const letter = writeAnswer(conversation, unreadBy(conversation, 0), known)
    expect(letter.subject).toBe('You have an answer from Marlow')
    expect(letter.text).toContain('Lena (Marlow)\n  Here I am')
    expect(letter.text).not.toContain('Hello?')
    expect(letter.text).toContain('Open the chat to reply:\nhttps://marlow.example/lamps/oak?ref=mail\n')
    expect(letter.html).toContain('href="https://marlow.example/lamps/oak?ref=mail"')
  })

  test('leaves out what was read, what the customer has seen while writing, and what was mailed before', () => {
    const positions = (more: Partial<MailedConversation>, after = 0) =>
      unreadBy(mailed(story, more), after).map((event) => event.position)
    expect(positions({})).toEqual([3, 4])
    expect(positions({ readTo: 'msg_3' })).toEqual([4])
    expect(positions({ readTo: 'msg_4' })).toEqual([])
    expect(positions({}, 3)).toEqual([4])
    const replied = new Story().begins().says(lena, 'Hi').says(nora, 'Hi').says(ines, 'Hello')
    expect(unreadBy(mailed(replied), 0).map((event) => event.position)).toEqual([4])
  })

  test.each([
    ['a page of somebody else', 'https://evil.example/login'],
    ['a page that begins like the site', 'https://marlow.example.evil.example/'],
    ['a script', 'javascript:alert(1)//https://marlow.example'],
    ['no address', 'lamps'],
  ])('never links to %s', (_what, url) => {
    expect(pageOf(mailed(new Story().begins(url)), known)).toBe('https://marlow.example/')
    expect(pageOf(mailed(new Story().begins(url), { allowedOrigins: [] }), known)).toBeUndefined()
  })

  test('tells an unproven address nothing of the query, and nobody the fragment or credentials', () => {
    expect(pageOf(mailed(story), unknown)).toBe('https://marlow.example/lamps/oak')
    const withPassword = new Story().begins('https://a:b@marlow.example/x#token=1')
    expect(pageOf(mailed(withPassword), known)).toBe('https://marlow.example/x')
  })
})
