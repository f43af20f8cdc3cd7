import { describe, expect, it } from 'vitest'
import { countsLine, liftLine, quietLine } from './report-words.ts'

describe('what a rule did, in words', () => {
  it('says how often it was shown and what followed', () => {
    expect(countsLine({})).toBe('Not shown')
    expect(countsLine({ shown: 40, accepted: 9, dismissed: 3, started: 6 })).toBe(
      'Shown 40, accepted 9 (23 %), “Not now” 3, chats 6',
    )
  })

  it('says why it stayed quiet, the commonest reason first', () => {
    expect(quietLine({ shown: 3 })).toBeUndefined()
    expect(quietLine({ typing: 2, cooling: 5 })).toBe('Stayed quiet: said “Not now” 5, was typing 2')
  })

  it('tells a difference only from enough people, and only one that is clear', () => {
    expect(liftLine({}, false)).toBeUndefined()
    expect(liftLine({ heldOut: 12 }, true)).toBe('Held out 12. The difference is told from 30 held out on.')
    expect(liftLine({ shown: 400, started: 40, heldOut: 400, heldStarted: 38 }, true)).toMatch(/^No clear/)
    expect(liftLine({ shown: 70, reached: 56, heldOut: 80, heldReached: 48 }, true)).toBe(
      '+20.0 points more goals than held out (+5.2 to +33.4)',
    )
  })
})
