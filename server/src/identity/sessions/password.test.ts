import { describe, expect, it } from 'vitest'
import type { Refused } from '../../app/refused.ts'
import { checkPassword, hashPassword, isPassword } from './password.ts'

const about = ['Ines Duarte', 'ines@marlow.example', 'Marlow']

function reasonOf(password: string): string | undefined {
  try {
    checkPassword(password, about)
    return undefined
  } catch (error) {
    return (error as Refused).refusal.reason
  }
}

describe('a password', () => {
  it('has twelve characters at least, counted as people count', () => {
    expect(reasonOf('elevenchars')).toBe('password.tooShort')
    expect(reasonOf('👍'.repeat(11))).toBe('password.tooShort')
    expect(reasonOf('x'.repeat(201))).toBe('password.tooLong')
    expect(reasonOf('correct horse battery')).toBeUndefined()
  })

  it.each([
    'password1234',
    'Password1234!',
    'passwordpassword',
    'P@ssw0rd2026!',
    'qwertyuiop12',
    'qwertyqwerty',
    '123456789012',
    'abcdefghijkl',
    'aaaaaaaaaaaa',
    'abababababab',
    'letmein12345',
    'welcome2026!!',
    'iloveyou2026',
    'Summer2026!!!',
    'adminadmin12',
    '1q2w3e4r5t6y',
    '098765432109',
    'parley-demo-password',
  ])('that everybody tries is refused: %s', (password) => {
    expect(reasonOf(password)).toBe('password.common')
  })

  it.each(['ines.duarte12', 'Marlow-Marlow-26', 'duarte!2026!!'])(
    'of the own name is refused: %s',
    (password) => {
      expect(reasonOf(password)).toBe('password.personal')
    },
  )

  it.each([
    'marlow likes tall green ships',
    'tr0mbone-kelp-vasten',
    'Zwölf Boxkämpfer jagen',
    '密码很长很安全没有人知道的句子',
  ])('of one’s own making is fine: %s', (password) => {
    expect(reasonOf(password)).toBeUndefined()
  })

  it('is known again by its hash, also when typed in another Unicode form, and by no other', async () => {
    const stored = await hashPassword('Zwölf Boxkämpfer')
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await isPassword('Zwo\u0308lf Boxka\u0308mpfer', stored)).toBe(true)
    expect(await isPassword('Zwolf Boxkampfer', stored)).toBe(false)
  })

  it('of nobody is never right, not even the one that is compared with', async () => {
    expect(await isPassword('the password of nobody', undefined)).toBe(false)
    expect(await isPassword('the password of nobody', null)).toBe(false)
  })
})
