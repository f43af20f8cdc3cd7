import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { withoutKey } from '../storage/field-seal.ts'
import { fieldSealOf } from './field-seal.ts'

const said: unknown[][] = []
const sealWith = (secretKey: string, secretKeyBefore?: string) =>
  fieldSealOf(
    readConfig({
      NODE_ENV: 'test',
      SECRET_KEY: secretKey,
      ...(secretKeyBefore && { SECRET_KEY_BEFORE: secretKeyBefore }),
    }),
    { error: (...line: unknown[]) => void said.push(line) },
  )
const [before, now] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')] as const
const address = 'jane@mail.example'

describe('a sealed field', () => {
  it('opens in its own place, and what was never sealed is read as it is', () => {
    const seal = sealWith(now)
    const kept = seal.close(address, 'here')
    expect(kept).not.toContain('jane')
    expect(seal.open(kept, 'here')).toBe(address)
    expect(seal.open(kept, 'there')).toBeUndefined()
    for (const clear of [address, '', '+351 912 004 471', 'a.b']) expect(seal.open(clear, 'here')).toBe(clear)
  })

  it('that no key opens is absent, which the log of the server says once', () => {
    const kept = sealWith(before).close(address, 'here')
    said.length = 0
    const other = sealWith(now)
    expect([other.open(kept, 'here'), other.open(kept, 'here')]).toEqual([undefined, undefined])
    expect(said).toEqual([
      [{ err: expect.any(Error), context: 'here' }, expect.stringContaining('SECRET_KEY_BEFORE')],
    ])
    expect(sealWith(now, before).open(kept, 'here')).toBe(address)
  })

  it('is neither opened nor written where there is no key', () => {
    expect(withoutKey.open(sealWith(now).close(address, 'here'), 'here')).toBeUndefined()
    expect(() => withoutKey.close(address, 'here')).toThrow('SECRET_KEY')
  })
})

describe('a digest of an address', () => {
  it('is the same however the address is written, and another on another site and under another key', () => {
    const [digest] = sealWith(now).digestsOf('site_a', address)
    expect(sealWith(now).digestsOf('site_a', 'Jane@MAIL.example')).toEqual([digest])
    expect(sealWith(now).digestsOf('site_b', address)).not.toEqual([digest])
    const [other] = sealWith(before).digestsOf('site_a', address)
    expect(sealWith(now, before).digestsOf('site_a', address)).toEqual([digest, other])
    expect(other).not.toBe(digest)
  })
})
