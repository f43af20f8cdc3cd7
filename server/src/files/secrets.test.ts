import { describe, expect, test } from 'vitest'
import { holdsSecret, isNamedLikeSecret } from './secrets.ts'

const har = JSON.stringify({
  log: { entries: [{ request: { headers: [{ name: 'Cookie', value: 'sid=31d4d96e407aad42' }] } }] },
})

describe('secrets in files', () => {
  test.each([
    ['a recording of requests with cookies', har],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE…'],
    ['a private key without a kind', 'note\n-----BEGIN PRIVATE KEY-----'],
    ['an OpenSSH key', '-----BEGIN OPENSSH PRIVATE KEY-----'],
    ['a PGP key', '-----BEGIN PGP PRIVATE KEY BLOCK-----'],
    ['settings with a password', 'PORT=3000\nDB_PASSWORD=hunter2hunter2\n'],
    ['an exported API key', '  export STRIPE_API_KEY="sk_live_abcdef"'],
    ['a log line with a bearer token', '> Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.x'],
    ['a log line with a cookie', 'Set-Cookie: sid=31d4d96e407aad42; Path=/'],
    ['a cloud access key', `key ${'AKIA'}${'IOSFODNN7'}${'ABCDEFG'}`],
  ])('are found in %s', (_what, text) => {
    expect(holdsSecret(text)).toBe(true)
  })
  test.each([
    [
      'a letter',
      'Dear Oakline, the password field on your page does not work. The cookie jar arrived broken.',
    ],
    ['a recording of requests without headers', JSON.stringify({ log: { entries: [] } })],
    ['settings without secrets', 'PORT=3000\nHOST=127.0.0.1'],
    ['a public key', '-----BEGIN PUBLIC KEY-----'],
    ['an order list', 'TOKENS=5\nORDER=1042'],
  ])('are not seen in %s', (_what, text) => {
    expect(holdsSecret(text)).toBe(false)
  })
  test.each([
    'session.har',
    'server.pem',
    '.env',
    '.env.production',
    'id_rsa',
    'id_ed25519.txt',
    'vault.kdbx',
  ])('are expected in a file called %s', (name) => {
    expect(isNamedLikeSecret(name)).toBe(true)
  })
  test.each(['environment.txt', 'keyboard.png', 'har.txt', 'lamp.key.jpg'])(
    'are not expected in %s',
    (name) => {
      expect(isNamedLikeSecret(name)).toBe(false)
    },
  )
  test('are looked for in linear time, whatever the text', () => {
    const hostile = [
      'SECRET_'.repeat(700_000),
      '\n'.repeat(5_000_000),
      `${'cookie: '.repeat(10)}${'x'.repeat(5_000_000)}`,
      '"log" '.repeat(800_000),
      '-----BEGIN '.repeat(450_000),
      `cookie:${'a'.repeat(5_000_000)}`,
    ]
    const started = performance.now()
    for (const text of hostile) expect(holdsSecret(text)).toBe(false)
    expect(performance.now() - started).toBeLessThan(8_000)
  })
})
