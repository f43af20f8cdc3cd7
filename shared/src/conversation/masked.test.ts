import { describe, expect, it } from 'vitest'
import type { EventPayloads } from '../protocol/events.ts'
import { maskedAddress, maskedAnswer, maskedAnswers, maskedPayload, withoutAddresses } from './masked.ts'

describe('an address', () => {
  it.each([
    ['jane@mail.example', 'j•••@m•••.example'],
    ['a@b.co.uk', 'a•••@b•••.uk'],
    ['jane.doe+tag@long.host.name.example', 'j•••@l•••.example'],
    ['m…@studio.example', 'm•••@s•••.example'],
    ['jane@localhost', 'j•••@l•••'],
    ['👍x@mail.example', '👍•••@m•••.example'],
    ['no address', 'n•••'],
    ['', ''],
  ])('%s is shown as %s', (whole, masked) => {
    expect(maskedAddress(whole)).toBe(masked)
    expect(maskedAddress(masked)).toBe(masked)
  })

  it('within words is masked and leaves them as they are', () => {
    expect(withoutAddresses('Write to jane@mail.example, or José.P@méxico.example!')).toBe(
      'Write to j•••@m•••.example, or J•••@m•••.example!',
    )
    expect(withoutAddresses('At 5 @ the door, 2@3')).toBe('At 5 @ the door, 2@3')
  })

  it('is looked for in time that grows with the length', () => {
    const hostile = `${'a'.repeat(60)}@${'b.'.repeat(90)}`.repeat(80)
    const from = performance.now()
    withoutAddresses(hostile)
    expect(performance.now() - from).toBeLessThan(500)
  })
})

describe('an answer', () => {
  const answer = (label: string, value: string) => maskedAnswer({ fieldId: 'f', label, value })

  it.each([
    ['Phone', '912 004 471', '•••71'],
    ['Telefonnummer', '030 1234567', '•••67'],
    ['How do we reach you?', '+351 912 004 471', '•••71'],
    ['How do we reach you?', '(030) 123 45 67', '•••67'],
    ['Anything else', 'Mail me: jane@mail.example', 'Mail me: j•••@m•••.example'],
    ['Delivery address', '4 Mill Lane', '•••'],
    ['Adresse', 'Hauptstr. 4', '•••'],
  ])('to “%s” that is a way to somebody is masked: %s', (label, value, masked) => {
    expect(answer(label, value)).toEqual({ fieldId: 'f', label, value: masked, isMasked: true })
  })

  it.each([
    ['Order number', '0048213991'],
    ['Which phone is the case for?', 'Model 15'],
    ['Size', '42'],
    ['When', '2026-11-27'],
    ['IBAN', 'PT50 0002 0123 1234 5678 9015 4'],
    ['Delivery address', ''],
  ])('to “%s” that is none stays as it is: %s', (label, value) => {
    expect(answer(label, value)).toEqual({ fieldId: 'f', label, value })
  })

  it('that is masked already is not masked again', () => {
    const once = maskedAnswers([{ fieldId: 'f', label: 'Phone', value: '912 004 471' }])
    expect(maskedAnswers(once)[0]?.value).toBe('•••71')
  })
})

describe('an event, for those who answer', () => {
  it('holds no way to the customer', () => {
    expect(
      maskedPayload('contactDetailsGiven', {
        email: 'jane@mail.example',
        answers: [{ fieldId: 'phone', label: 'Phone', value: '912 004 471' }],
      }),
    ).toEqual({
      email: 'j•••@m•••.example',
      answers: [{ fieldId: 'phone', label: 'Phone', value: '•••71', isMasked: true }],
    })
    expect(maskedPayload('transcriptRequested', { to: 'j…@mail.example' })).toEqual({
      to: 'j•••@m•••.example',
    })
  })

  it('is the same object where there is none, so that one frame serves everybody', () => {
    const started = { answers: [{ fieldId: 'f', label: 'Size', value: '42' }] }
    const payload = started as unknown as EventPayloads['conversationStarted']
    expect(maskedPayload('conversationStarted', payload)).toBe(payload)
    const message: EventPayloads['messageSent'] = { messageId: 'msg_1', text: 'Hello', files: [] }
    expect(maskedPayload('messageSent', message)).toBe(message)
  })
})
