import { describe, expect, it } from 'vitest'
import { oneTimeToken } from './one-time-token.ts'

describe('the fragment of a one-time link', () => {
  it('carries an invitation or the first set-up', () => {
    expect(oneTimeToken('#invite=abc_DEF-123')).toEqual({ purpose: 'invite', token: 'abc_DEF-123' })
    expect(oneTimeToken('#setup=abc')).toEqual({ purpose: 'setup', token: 'abc' })
  })

  it('is nothing else', () => {
    for (const hash of ['', '#', '#invite=', '#other=abc', '#invite=a b', '#invite=<b>']) {
      expect(oneTimeToken(hash)).toBeUndefined()
    }
  })
})
