import { describe, expect, it } from 'vitest'
import { markupOf, plainOf } from './training-draft.ts'

describe('a training text', () => {
  it('is typed as paragraphs and comes back as it was typed', () => {
    for (const typed of ['One line', 'One\nTwo', 'One\n\nTwo\nThree', 'If a < b'])
      expect(plainOf(markupOf(typed))).toBe(typed)
    expect(markupOf('One\nTwo\n\nThree')).toBe('<p>One<br>Two</p><p>Three</p>')
  })

  it('keeps markup that somebody wrote themselves', () => {
    const markup = '<p>Send it <b>back</b></p><ul><li>free</li></ul>'
    expect(markupOf(markup)).toBe(markup)
    expect(plainOf(markup)).toBe(markup)
  })
})
