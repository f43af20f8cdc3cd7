import { describe, expect, it } from 'vitest'
import { contrast, inkOn, paintsOf } from './paint.ts'

const colours = [
  '#0f6b5c',
  '#000000',
  '#ffffff',
  '#ffcc00',
  '#ff0000',
  '#0000ff',
  '#808080',
  '#2d2a8c',
  '#00ff88',
  '#767676',
]

describe('the launcher’s colours', () => {
  it.each(colours)('are readable on both themes for a site that wears %s', (colour) => {
    const { light, dark } = paintsOf(colour)
    for (const [background, ink] of [light, dark])
      expect(contrast(background, ink)).toBeGreaterThanOrEqual(4.5)
    expect(light[0]).toBe(colour)
    expect(contrast(dark[0], '#1e1d1b')).toBeGreaterThanOrEqual(3)
  })

  it('take the ink with the better contrast', () => {
    expect(inkOn('#ffcc00')).toBe('#06110e')
    expect(inkOn('#2d2a8c')).toBe('#ffffff')
  })

  it('fall back to our own where the site’s colour is none', () => {
    expect(paintsOf('red; } body { display: none').light[0]).toBe('#0f6b5c')
  })
})
