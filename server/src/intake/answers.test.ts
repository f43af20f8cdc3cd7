import type { CustomerActor } from '@parley/shared/people.ts'
import type { IntakeField, IntakeForm } from '@parley/shared/protocol/reading.ts'
import { describe, expect, it } from 'vitest'
import { checkAnswers } from './answers.ts'

const visitor: CustomerActor = {
  kind: 'customer',
  siteId: 'site_test',
  visitorId: 'vis_1',
  contactId: 'con_1',
  role: 'buyer',
  isVerified: false,
  name: null,
  orders: [],
  vendorId: null,
}
const marta: CustomerActor = { ...visitor, isVerified: true, name: 'Marta Oliveira' }
const field = (id: string, type: IntakeField['type'], more: Partial<IntakeField> = {}): IntakeField => ({
  id,
  label: id,
  type,
  isRequired: false,
  isPrivate: false,
  ...more,
})
const form = {
  fields: [
    field('name', 'text', { isRequired: true, filledBy: 'name' }),
    field('email', 'email', { isPrivate: true, filledBy: 'email' }),
    field('topic', 'topic', { isRequired: true }),
    field('size', 'choice', { topics: ['fit'], isRequired: true, choices: [{ id: 's', label: 'Small' }] }),
    field('iban', 'text', { isPrivate: true }),
    field('description', 'longText', { isRequired: true }),
  ],
}
const topics = [
  { id: 'fit', label: 'Fit', queueId: null, for: 'both' as const },
  { id: 'other', label: 'Other', queueId: null, for: 'both' as const },
]
const given = { name: 'M', topic: 'other', description: 'Does it fit?' }
const check = (
  asked: IntakeForm,
  actor: CustomerActor,
  answers: Record<string, string>,
  firstMessage?: string,
) => checkAnswers(asked, topics, actor, answers, { marketplace: 'Marlow', firstMessage })
const refusal = (reason: string, where: string) => ({ refusal: { code: 'invalid', reason, field: where } })

describe('checking what was answered', () => {
  it('keeps private answers apart from those everyone may see', () => {
    const checked = check(form, visitor, { ...given, email: 'm@post.example', iban: 'PT50' })
    expect(checked).toMatchObject({
      email: 'm@post.example',
      description: 'Does it fit?',
      topic: { id: 'other' },
    })
    expect(checked.hidden).toEqual([{ fieldId: 'iban', label: 'iban', value: 'PT50' }])
    expect(JSON.stringify(checked.shown)).not.toContain('PT50')
  })

  it('does not ask again what the signed identity tells, nor believe the page about it', () => {
    const checked = check(form, marta, {
      ...given,
      name: 'Somebody Else',
      email: 'x@y.example',
    })
    expect(checked).toMatchObject({ name: 'Marta Oliveira', email: null })
  })

  it('takes no address for a name: everybody reads that', () => {
    expect(check(form, visitor, { ...given, name: 'marta@studio.example' }).name).toBe('m•••@s•••.example')
  })

  it('keeps what was chosen in words', () => {
    const asking = { fields: [...form.fields, field('role', 'role')] }
    const shown = (role: string) => check(asking, visitor, { ...given, role }).shown
    expect(shown('vendor')).toEqual([{ fieldId: 'role', label: 'role', value: 'Selling' }])
    expect(shown('buyer')).toEqual([{ fieldId: 'role', label: 'role', value: 'Buying' }])
  })

  it('asks a question only for its topics', () => {
    expect(() => check(form, visitor, { ...given, topic: 'fit' })).toThrow(
      expect.objectContaining(refusal('field.required', 'size')),
    )
    const checked = check(form, visitor, { ...given, topic: 'fit', size: 's' })
    expect(checked.shown).toEqual([{ fieldId: 'size', label: 'size', value: 'Small' }])
  })

  it('takes a first message for the description, and loses neither when both are there', () => {
    const { description: _description, ...rest } = given
    expect(check(form, visitor, rest, 'Does it fit?').description).toBeNull()
    expect(check(form, visitor, given, 'And another thing.').shown).toEqual([
      { fieldId: 'description', label: 'description', value: 'Does it fit?' },
    ])
  })

  it.each([
    ['a missing answer', { name: 'M', description: 'x' }, 'field.required', 'topic'],
    ['an unknown field', { ...given, admin: 'true' }, 'field.unknown', 'admin'],
    ['an unknown topic', { ...given, topic: 'nope' }, 'topic.unknown', 'topic'],
    ['a broken address', { ...given, email: 'm@' }, 'email.shape', 'email'],
    ['U+0000', { ...given, name: 'M\u0000' }, 'text.unstorable', 'name'],
    ['a bidi override in a name', { ...given, name: 'M\u202e' }, 'text.unstorable', 'name'],
    ['the name of somebody of ours', { ...given, name: 'Marlow Suppоrt' }, 'terms.staffName', 'name'],
    ['2,001 characters', { ...given, description: 'x'.repeat(2_001) }, 'text.tooLong', 'description'],
  ])('refuses %s by its field', (_what, answers, reason, where) => {
    expect(() => check(form, visitor, answers)).toThrow(expect.objectContaining(refusal(reason, where)))
  })
})
