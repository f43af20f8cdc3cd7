import { describe, expect, it } from 'vitest'
import { asHexColour, contrast, inkOn, judgeColour } from './contrast.ts'

describe('contrast', () => {
  it('is 21 for black on white, 1 for a colour on itself, and the same both ways', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrast('#0f6b5c', '#0f6b5c')).toBe(1)
    expect(contrast('#0f6b5c', '#ffffff')).toBe(contrast('#ffffff', '#0f6b5c'))
  })

  it('agrees with the published figure for #767676 on white', () => {
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
  })

  it('chooses the ink that reads better', () => {
    expect(inkOn('#0f6b5c')).toBe('#ffffff')
    expect(inkOn('#ffd400')).toBe('#1c1b19')
  })
})

describe('the verdict on a colour', () => {
  it('is clear for the colour Parley comes with', () => {
    expect(judgeColour('#0f6b5c')).toMatchObject({ isTextClear: true, isLauncherClear: true })
  })

  it('warns that a yellow launcher is hard to see on white although its text is clear', () => {
    expect(judgeColour('#ffd400')).toMatchObject({ isTextClear: true, isLauncherClear: false })
  })

  it('warns about a middle grey on which neither ink is clear, and never rounds up to the limit', () => {
    const verdict = judgeColour('#7a7a7a')
    expect(verdict.isTextClear).toBe(false)
    expect(Number.parseFloat(verdict.textRatio)).toBeLessThan(4.5)
  })
})

describe('a typed colour', () => {
  it('is completed when it is short or lacks its sign, and kept as typed when it is none', () => {
    expect(asHexColour('0F6B5C')).toBe('#0f6b5c')
    expect(asHexColour(' #abc ')).toBe('#aabbcc')
    expect(asHexColour('green')).toBe('green')
  })
})
