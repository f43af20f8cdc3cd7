import { describe, expect, it } from 'vitest'
import { content, type Dissatisfaction, dissatisfactionAt, evolveDissatisfaction } from './dissatisfaction.ts'
import { languages } from './languages.ts'
import { readTone } from './read-tone.ts'

describe('the tone of a message', () => {
  it.each([
    ['Where is my order?', 'calm', []],
    ['you are a scammer', 'upset', ['accusation']],
    ['still waiting...', 'tense', ['impatience']],
    ['😡😡', 'upset', ['emoji']],
    ['Das ist eine Frechheit', 'upset', ['anger']],
    ['je suis déçue', 'tense', ['disappointment']],
    ['это мошенничество', 'upset', ['accusation']],
    ['PLEASE ANSWER ANY OF US', 'tense', ['capitals']],
    ['still waiting!!!', 'upset', ['impatience', 'marks']],
  ] as const)('%j is %s because of %j', (text, level, reasons) => {
    expect(readTone(text)).toMatchObject({ level, reasons })
  })

  it('turns with a negation', () => {
    expect(readTone('I am angry with you').level).toBe('upset')
    for (const text of [
      'I am not angry with you',
      'nicht schlecht',
      'das ist nicht schlimm',
      'je ne suis pas déçue',
    ])
      expect([text, readTone(text).level]).toEqual([text, 'calm'])
    expect(readTone('not happy').level).toBe('tense')
  })

  it('does not take the words of one language for those of another', () => {
    expect(readTone('Passt die Lampe auch ins Bad?').level).toBe('calm')
    expect(readTone('This looks bad').level).toBe('tense')
  })

  it('is not raised by thanks in capitals, abbreviations or faces that laugh', () => {
    for (const text of ['THANK YOU SO MUCH!!!', 'USB or HDMI?', 'lol the cat 😂', 'I LOVE IT!!!'])
      expect([text, readTone(text).level]).toEqual([text, 'calm'])
  })

  it('is read in at least eight languages, each with every kind of reason', () => {
    expect(languages.length).toBeGreaterThanOrEqual(8)
    const kinds = ['threat', 'accusation', 'anger', 'disappointment', 'impatience', 'repeating', 'thanks']
    for (const { phrases } of languages) {
      const all = [...phrases.byWord.values(), ...phrases.byBeginning.values()].flat()
      const labels = new Set(all.map(({ label }) => label))
      expect([...labels].sort()).toEqual([...kinds].sort())
    }
  })

  it('names reasons and never words of the message', () => {
    const { reasons } = readTone('You thief, I hate sam@kiln.example')
    expect(reasons.join()).not.toMatch(/thief|sam/)
  })

  it('of hostile texts takes no longer than of others', () => {
    for (const text of [
      'a '.repeat(10_000),
      '!'.repeat(20_000),
      'not '.repeat(5_000),
      'aaaa'.repeat(5_000),
    ]) {
      const startedAt = performance.now()
      readTone(text)
      expect(performance.now() - startedAt).toBeLessThan(2_000)
    }
  })
})

describe('how dissatisfied a customer seems', () => {
  const start = Date.parse('2026-11-23T10:00:00Z')
  const at = (minute: number) => new Date(start + minute * 60_000).toISOString()
  type Step = [minute: number, text: string | null]
  const fold = (...steps: Step[]): Dissatisfaction =>
    steps.reduce<Dissatisfaction>(
      (before, [minute, text]) =>
        evolveDissatisfaction(
          before,
          text === null
            ? { by: 'answering', at: at(minute) }
            : { by: 'customer', at: at(minute), text, tone: readTone(text) },
        ),
      content,
    )

  it('is nothing after a friendly question', () => {
    expect(fold([0, 'Hello, do you have it in blue?'])).toMatchObject({
      estimate: 0,
      trend: 'steady',
      reasons: [],
    })
  })

  it('rises with the tone, and says why', () => {
    const upset = fold([0, 'Where is my order?'], [1, null], [2, 'This is ridiculous, you are liars!!!'])
    expect(upset.estimate).toBeGreaterThan(40)
    expect(upset).toMatchObject({ trend: 'rising', reasons: ['tone'] })
    expect(upset.points.map(({ estimate }) => estimate)).toEqual([0, upset.estimate])
  })

  it('rises with the third message without an answer, with repeating and with capitals', () => {
    const twice = fold([0, 'Where is my parcel now'], [0, 'The blue cup'])
    expect(twice.estimate).toBe(0)
    const thrice = fold([0, 'Where is my parcel now'], [0, 'The blue cup'], [0, 'Please tell me'])
    expect(thrice.reasons).toEqual(['unanswered'])
    const again = fold([0, 'Where is my parcel now'], [0, 'where is my parcel now?'])
    expect(again.reasons).toEqual(['repeating'])
    expect(fold([0, 'WHERE IS MY PARCEL NOW']).reasons).toContain('capitals')
  })

  it('grows while somebody waits, not beyond its share, and stops with the answer', () => {
    const waiting = fold([0, 'Where is my parcel now'])
    expect(dissatisfactionAt(waiting, at(15))).toBe(10)
    expect(dissatisfactionAt(waiting, at(600))).toBe(20)
    const answered = fold([0, 'Where is my parcel now'], [20, null])
    expect(dissatisfactionAt(answered, at(600))).toBe(0)
  })

  it('falls again when the customer is calm and thankful', () => {
    const settled = fold(
      [0, 'This is ridiculous, you are liars!!!'],
      [1, null],
      [2, 'Thank you, that is perfect'],
      [3, null],
      [4, 'Thanks, great'],
    )
    expect(settled.trend).toBe('falling')
    expect(settled.estimate).toBeLessThan(15)
  })

  it('stays between 0 and 100 and keeps few points, whatever is said', () => {
    const steps = Array.from(
      { length: 60 },
      (_, minute): Step => [minute * 60, 'LIARS!!! SCAMMERS, I HATE YOU 😡'],
    )
    const worst = fold(...steps)
    expect(worst.estimate).toBe(100)
    expect(worst.points).toHaveLength(20)
    expect(worst.recent).toHaveLength(5)
  })
})
