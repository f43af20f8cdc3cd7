import { describe, expect, it } from 'vitest'
import { createSeal } from './seal.ts'

const seal = createSeal('a secret key of more than thirty-two bytes')

describe('a sealed secret', () => {
  it('opens again in the place it belongs to', () => {
    const sealed = seal.close('the identity secret ✓', 'identityKey:site_a:key_1')
    expect(sealed).not.toContain('identity')
    expect(seal.open(sealed, 'identityKey:site_a:key_1')).toBe('the identity secret ✓')
  })

  it('does not open when its row was moved to another site', () => {
    const sealed = seal.close('secret', 'identityKey:site_a:key_1')
    expect(() => seal.open(sealed, 'identityKey:site_b:key_1')).toThrow()
  })

  it('does not open when one character was changed', () => {
    const sealed = seal.close('secret', 'here')
    const changed = sealed.slice(0, -3) + (sealed.at(-3) === 'A' ? 'B' : 'A') + sealed.slice(-2)
    expect(() => seal.open(changed, 'here')).toThrow()
  })

  it('says so when SECRET_KEY has changed', () => {
    const sealed = seal.close('secret', 'here')
    const other = createSeal('another secret key of more than thirty-two')
    expect(() => other.open(sealed, 'here')).toThrow('another SECRET_KEY')
  })

  it('is different each time, so equal secrets do not look equal', () => {
    expect(seal.close('secret', 'here')).not.toBe(seal.close('secret', 'here'))
  })
})
