import { describe, expect, test } from 'vitest'
import { isMailable } from './mail-address.ts'
import { wayTo } from './mailed-conversation.ts'
import { lena, mailed, nora, Story } from './sample-conversation.ts'

describe('an address', () => {
  test.each(['nora@example.com', "o'brien+shop@mail.example.co.uk", 'a@xn--bcher-kva.example', 'x_1@a-b.pt'])(
    'may be written to: %s',
    (address) => {
      expect(isMailable(address)).toBe(true)
    },
  )
  test.each([
    ['a quoted local part', '"nora@evil.example x"@example.com'],
    ['a quoted local part without blanks', '"a"@example.com'],
    ['a second header', 'nora@example.com\r\nBcc: victim@example.com'],
    ['two addresses', 'nora@example.com,victim@example.com'],
    ['two addresses by semicolon', 'nora@example.com;victim@example.com'],
    ['a name before it', 'Nora <nora@example.com>'],
    ['a comment', 'nora@example.com(victim)'],
    ['two at signs', 'nora@evil.example@example.com'],
    ['a group', 'all:nora@example.com;'],
    ['no domain', 'nora@'],
    ['a bare host', 'nora@localhost'],
    ['a numbered host', 'nora@[127.0.0.1]'],
    ['a number for a domain', 'nora@127.0.0.1'],
    ['dots in a row', 'no..ra@example.com'],
    ['letters that only look the same', 'nоra@example.com'],
    ['a null byte', 'nora\u0000@example.com'],
    ['a command line', '-oQ/tmp@exa mple.com'],
    [
      'too many characters',
      `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}`,
    ],
  ])('may not be written to with %s', (_what, address) => {
    expect(isMailable(address)).toBe(false)
  })
})

describe('the way to a customer', () => {
  const given = new Story().begins().gives('given@example.com')
  test('is the address that the signed identity proves', () => {
    expect(wayTo(mailed(given))).toEqual({ address: 'nora@example.com', isVerified: true })
  })
  test('is otherwise the address the customer gave here last', () => {
    const story = new Story().begins().gives('first@example.com').gives('given@example.com')
    const contact = { email: 'label@example.com', isEmailVerified: false }
    expect(wayTo(mailed(story, { contact }))).toEqual({ address: 'given@example.com', isVerified: false })
  })
  test('is never an unproven address of the contact, nor one that somebody else gave', () => {
    const contact = { email: 'label@example.com', isEmailVerified: false }
    expect(wayTo(mailed(new Story().begins(), { contact }))).toBeUndefined()
    const byLena = new Story().begins().gives('victim@example.com', lena)
    expect(wayTo(mailed(byLena, { contact }))).toBeUndefined()
    const byStranger = new Story().begins().gives('victim@example.com', { ...nora, id: 'con_before' })
    expect(wayTo(mailed(byStranger, { contact }))).toBeUndefined()
  })
  test('does not exist when the address cannot be written to', () => {
    const contact = { email: '"a@evil.example"@example.com', isEmailVerified: true }
    expect(wayTo(mailed(given, { contact }))).toBeUndefined()
  })
})
