import type { IntakeField } from '@parley/shared/protocol/reading.ts'
import { describe, expect, it } from 'vitest'
import { checkIntake, choicesFrom } from './check-intake.ts'
import { freshId } from './field-id.ts'

const field = (more: Partial<IntakeField>): IntakeField => ({
  id: 'a',
  label: 'A',
  type: 'text',
  isRequired: false,
  isPrivate: false,
  ...more,
})

describe('the id of a new question', () => {
  it('is made of its first words, without accents', () => {
    expect(freshId('Numéro de commande', [])).toBe('numeroDeCommande')
    expect(freshId('What is wrong with the parcel today?', [])).toBe('whatIsWrongWith')
  })

  it('is free, and always in the shape the protocol asks for', () => {
    expect(freshId('Name', ['name', 'name2'])).toBe('name3')
    for (const label of ['', '订单', '12 months', '!!!', 'x'.repeat(200)]) {
      expect(freshId(label, [])).toMatch(/^[a-z][A-Za-z0-9]{0,39}$/)
    }
  })
})

describe('a form that cannot be saved', () => {
  it('names the choice question with fewer than two choices, or with two alike', () => {
    const few = { fields: [field({ type: 'choice', choices: [{ id: 'a', label: 'A' }] })] }
    expect(Object.keys(checkIntake(few, 'intake.support'))).toEqual(['intake.support.fields.0.choices'])
    const alike = [
      { id: 'a', label: 'Red' },
      { id: 'b', label: 'red ' },
    ]
    expect(checkIntake({ fields: [field({ type: 'choice', choices: alike })] }, 'x')).toHaveProperty([
      'x.fields.0.choices',
    ])
  })

  it('names the second of two questions for the same answer', () => {
    const twice = {
      fields: [field({ type: 'order' }), field({ id: 'b' }), field({ id: 'c', type: 'order' })],
    }
    expect(Object.keys(checkIntake(twice, 'x'))).toEqual(['x.fields.2.type'])
    const names = { fields: [field({ filledBy: 'name' }), field({ id: 'b', filledBy: 'name' })] }
    expect(Object.keys(checkIntake(names, 'x'))).toEqual(['x.fields.1.type'])
    expect(checkIntake({ fields: [field({}), field({ id: 'b' })] }, 'x')).toEqual({})
  })
})

describe('choices written one on each line', () => {
  const before = [
    { id: 'red', label: 'Red' },
    { id: 'blue', label: 'Blue' },
  ]

  it('keep their ids when they are moved or relabelled', () => {
    expect(choicesFrom('Blue\nRed', before)).toEqual([before[1], before[0]])
    expect(choicesFrom('Crimson\nBlue', before)).toEqual([{ id: 'red', label: 'Crimson' }, before[1]])
  })

  it('get a new id when they are new, never one in use', () => {
    expect(choicesFrom('Red\nBlue\nGreen tea', before)[2]).toEqual({ id: 'green-tea', label: 'Green tea' })
    const ids = choicesFrom('Red\nBlue\nRed!\nRed?', before).map((choice) => choice.id)
    expect(new Set(ids).size).toBe(4)
  })

  it('skip empty lines', () => {
    expect(choicesFrom('\nRed\n\n  \nBlue\n', before)).toEqual(before)
  })
})
