import type { Choice, Choices, IntakeField } from '@parley/shared/protocol/reading.ts'
import type { Topic } from '@parley/shared/protocol/settings.ts'
import { describe, expect, it } from 'vitest'
import { enForm } from '../i18n/en-form.ts'
import { addWords } from '../i18n/words.ts'
import { canSkip, fault, firstMessage, questions } from './intake.ts'

addWords(enForm)

const field = (id: string, more: Partial<IntakeField> = {}): IntakeField => ({
  id,
  label: id,
  type: 'text',
  isRequired: true,
  isPrivate: false,
  ...more,
})
const fields = [
  field('role', { type: 'role', filledBy: 'role' }),
  field('name', { filledBy: 'name' }),
  field('email', { type: 'email', filledBy: 'email', isRequired: false }),
  field('topic', { type: 'topic' }),
  field('order', { type: 'order', filledBy: 'order', topics: ['delivery'] }),
  field('description', { type: 'longText' }),
]
const choice = { with: { kind: 'support', name: 'Marlow support' }, form: { fields } } as Choice
const topics: Topic[] = [
  { id: 'delivery', label: 'Delivery', queueId: null, for: 'both' },
  { id: 'payment', label: 'Payment', queueId: null, for: 'support' },
]
const visitor: Choices['me'] = {
  contactId: 'c',
  name: null,
  email: null,
  role: 'buyer',
  isVerified: false,
  orders: [],
}
const marta: Choices['me'] = {
  ...visitor,
  name: 'Marta',
  email: 'marta@studio.example',
  isVerified: true,
  orders: [{ id: '48213', label: 'Order 48213' }],
}
const ids = (asked: IntakeField[]) => asked.map(({ id }) => id)

describe('the form', () => {
  it('asks an unknown visitor everything that belongs to the topic', () => {
    expect(ids(questions(choice, topics, visitor, {}, {}))).toEqual([
      'role',
      'name',
      'email',
      'topic',
      'description',
    ])
    expect(ids(questions(choice, topics, visitor, {}, { topic: 'delivery' }))).toContain('order')
    expect(ids(questions(choice, topics, visitor, {}, { topic: 'payment' }))).not.toContain('order')
  })

  it('does not ask what a signed identity tells', () => {
    expect(ids(questions(choice, topics, marta, {}, {}))).toEqual(['topic', 'description'])
  })

  it('asks for an order that the signed identity does not know', () => {
    const answers = { topic: 'delivery' }
    expect(ids(questions(choice, topics, marta, { order: { id: '48213' } }, answers))).not.toContain('order')
    expect(ids(questions(choice, topics, marta, { order: { id: '99999' } }, answers))).toContain('order')
  })

  it('believes no name of an unverified visitor', () => {
    expect(ids(questions(choice, topics, { ...visitor, name: 'Marta' }, {}, {}))).toContain('name')
  })

  it('is skipped when only the message is left, for the composer asks that', () => {
    expect(canSkip([field('description', { type: 'longText' })])).toBe(true)
    expect(canSkip([])).toBe(true)
    expect(canSkip([field('name'), field('description', { type: 'longText' })])).toBe(false)
  })

  it('takes the first long answer as the first message', () => {
    expect(firstMessage(fields, { name: 'Marta', description: '  It is late.  ' })).toBe('It is late.')
    expect(firstMessage(fields, { name: 'Marta' })).toBe('')
  })
})

describe('an answer', () => {
  const email = field('email', { type: 'email' })
  it('that is missing is asked for, unless it may be', () => {
    expect(fault(field('name'), '  ')).toBe('Please fill this in.')
    expect(fault(field('topic', { type: 'topic' }), '')).toBe('Please choose one.')
    expect(fault(field('name', { isRequired: false }), '')).toBeUndefined()
  })

  it('that is no address is shown a right example', () => {
    expect(fault(email, 'marta@studio')).toBe('The end is missing. Example: marta@studio.com')
    expect(fault(email, 'marta')).toBe('This is not an email address. Example: marta@studio.com')
    expect(fault(email, 'two words@studio.com')).toMatch(/^This is not an email address/)
    for (const right of ['marta@studio.com', ' o.h+x@post.co.uk ', 'لیلا@example.com'])
      expect(fault(email, right), right).toBeUndefined()
  })

  it('that is too long is counted as people count', () => {
    expect(fault(field('name'), '😀'.repeat(200))).toBeUndefined()
    expect(fault(field('name'), 'a'.repeat(201))).toBe('This is 201 characters. It can be up to 200.')
    expect(fault(field('d', { type: 'longText' }), 'a'.repeat(5_001))).toBe(
      'This is 5001 characters. It can be up to 5000.',
    )
  })
})
