import { describe, expect, it } from 'vitest'
import { createCleanWords } from './clean-words.ts'

describe('clean words', () => {
  const asked: string[] = []
  const words = createCleanWords((text) => {
    asked.push(text)
    return /f.?ck|double trouble/s.test(text)
  })

  it('make a text clean when each of them is, and are looked through once', () => {
    expect(words.areAll('the cup has\na chip')).toBe(true)
    const before = asked.length
    expect(words.areAll('a chip has the cup')).toBe(true)
    expect(asked.length).toBe(before)
  })

  it.each(['f-ck', 'the f ck of it', 'f\nck', 'double trouble', `${'x'.repeat(41)} cup`])(
    'do not vouch for %j',
    (text) => {
      expect(words.areAll(text)).toBe(false)
    },
  )
})
