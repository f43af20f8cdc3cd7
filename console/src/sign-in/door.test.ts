import { describe, expect, it } from 'vitest'
import { checkCode, checkEmail, checkNewPassword } from './check-credentials.ts'
import { sessionWords } from './session-words.ts'
import { ssoWords } from './sso.tsx'

describe('what is checked before asking the server', () => {
  it('is that an address is whole', () => {
    expect(checkEmail('')).toBe('Write your e-mail address.')
    expect(checkEmail('ines@marlow')).toMatch(/Example/)
    expect(checkEmail(' ines@marlow.example ')).toBeUndefined()
  })

  it('is that a new password has twelve characters, counted as people count them', () => {
    expect(checkNewPassword('eleven char')).toMatch(/1 more to go/)
    expect(checkNewPassword('🔑'.repeat(11))).toMatch(/1 more to go/)
    expect(checkNewPassword('twelve chars')).toBeUndefined()
  })

  it('is that a code is six digits, spaces allowed', () => {
    expect(checkCode('123 456')).toBeUndefined()
    expect(checkCode('12345')).toMatch(/six digits/)
    expect(checkCode('12345a')).toMatch(/six digits/)
  })
})

describe('a refusal at the door', () => {
  it('says when the limit ends, and at which time when it takes minutes', () => {
    const now = new Date(2026, 10, 22, 14, 0, 0)
    const limited = (retryAfterMs: number) => sessionWords({ code: 'rateLimited', retryAfterMs }, now)
    expect(limited(40_000)).toBe('Too many tries. Try again in 40 seconds.')
    expect(limited(180_000)).toBe('Too many tries. Try again in 3 minutes, at 14:03.')
  })

  it('does not tell whether the address or the password was wrong', () => {
    const words = sessionWords({ code: 'notAllowed', reason: 'signIn.wrong' })
    expect(words).toMatch(/do not match/)
  })

  it('tells a password that was stolen somewhere from one that anybody would guess', () => {
    const said = (reason: string) => sessionWords({ code: 'invalid', reason, field: 'password' })
    expect(said('password.leaked')).toBe('This password is on lists of stolen ones. Choose another.')
    expect(said('password.common')).toBe('This password is easy to guess. Choose another.')
  })

  it('says that the server cannot be reached', () => {
    expect(sessionWords({ code: 'unavailable' })).toMatch(/connection/)
  })

  it('says why the provider of single sign-on led back here, and nothing else that stands in the address', () => {
    expect(ssoWords('?sso=unknown')).toMatch(/Ask an admin/)
    expect(ssoWords('?sso=away&from=/console/inbox')).toMatch(/cannot be reached/)
    expect(ssoWords('?sso=Give+us+your+password')).toBeUndefined()
    expect(ssoWords('')).toBeUndefined()
  })
})
