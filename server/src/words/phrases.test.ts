import { describe, expect, it } from 'vitest'
import { compilePhrases, findPhrases, literalPhrases } from './phrases.ts'
import { spanOf, tightReading, wordsOf } from './reading.ts'

function found(list: string, text: string): string[] {
  const reading = tightReading(text)
  return findPhrases(wordsOf(reading.folded), compilePhrases(list)).map(({ start, end, label }) => {
    const span = spanOf(reading, start, end)
    return `${label}:${text.slice(span.start, span.end)}`
  })
}

describe('a phrase', () => {
  it('takes either of several words, beginnings, pairs, gaps and classes', () => {
    const list = '{who} = me|us\n[pay]\npay* ...2 {who}|our_bank now?\n[bye]\nso long'
    expect(found(list, 'Please paying it to us, now! So long')).toEqual([
      'pay:paying it to us, now',
      'bye:So long',
    ])
    expect(found(list, 'pay to our bank')).toEqual(['pay:pay to our bank'])
    expect(found(list, 'pay it all back to me')).toEqual([])
  })

  it('does not run over the end of a sentence', () => {
    expect(found('pay ...2 me', 'I will pay. Tell me')).toEqual([])
    expect(found('pay ...2 me', 'pay v1.2 me')).toEqual([':pay v1.2 me'])
  })

  it('counts for nothing where an exception matches', () => {
    expect(found('on whatsapp\n! saw ...3 whatsapp', 'I saw it on WhatsApp')).toEqual([])
    expect(found('on whatsapp\n! saw ...3 whatsapp', 'We are on WhatsApp')).toHaveLength(1)
  })

  it('is found however it is drawn, marked or widened', () => {
    for (const text of [
      'überweise',
      'ÜBERWEISE',
      'ｕｂｅｒｗｅｉｓｅ',
      'u b e r w e i s e',
      'über\u200bweise',
    ])
      expect(found('überweise', text)).toHaveLength(1)
    expect(found('złodziej', 'ZŁODZIEJ')).toHaveLength(1)
  })

  it('of a site has no signs of its own', () => {
    const reading = tightReading('a|b* ...3 and five-stars')
    const phrases = literalPhrases(['five stars', '! x', '[y]', '{z} = q'])
    expect(findPhrases(wordsOf(reading.folded), phrases)).toHaveLength(1)
  })

  it('that no list can mean is told when it is compiled', () => {
    expect(() => compilePhrases('{nobody} me')).toThrow('no {nobody}')
    expect(() => compilePhrases('...2 me')).toThrow('begins with a word')
  })
})

it('a reading leads back to what was written, also past what nobody sees', () => {
  const text = 'a\u200bｂ ﬁ ٤ x'
  const reading = tightReading(text)
  expect(reading.folded).toBe('ab fi 4 x')
  const at = reading.folded.indexOf('fi')
  expect(text.slice(...Object.values(spanOf(reading, at, at + 2)))).toBe('ﬁ')
})
