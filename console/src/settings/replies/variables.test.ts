import { describe, expect, it } from 'vitest'
import { unknownVariables, withExamples } from './variables.ts'

describe('the variables of a canned reply', () => {
  it('are filled with examples, unknown ones stay as written', () => {
    expect(withExamples('Hello {{customer.firstName}}, order {{ order.id }}: {{parcel}}')).toBe(
      'Hello Marta, order 48213: {{parcel}}',
    )
  })

  it('are named once each when nothing fills them', () => {
    expect(unknownVariables('{{parcel}} {{customer.name}} {{parcel}} {{}}')).toEqual(['parcel', ''])
    expect(unknownVariables('{{agent.name}}, {single}')).toEqual([])
  })
})
