import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const key = '8d1f62a05c7be93401234567fedcba9889abcdef765432100f1e2d3c4b5a6978'
const read = (env: Record<string, string>) => readConfig({ DATA_DIR: join(folder, 'data'), ...env })
const refusal = (env: Record<string, string>) => {
  try {
    read(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return undefined
}
const file = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('configuration', () => {
  it('needs nothing to start on the machine of a developer', () => {
    const { secretKey, ...config } = read({})
    expect(config).toMatchObject({
      environment: 'development',
      production: false,
      port: 3000,
      host: '127.0.0.1',
      dataDir: join(folder, 'data'),
      publicUrl: 'http://localhost:3000',
      databaseUrl: undefined,
      redisUrl: undefined,
      smtpUrl: undefined,
      mailFrom: 'Parley <parley@localhost>',
      trustProxy: 0,
      logLevel: 'info',
      metricsToken: undefined,
    })
    expect(secretKey).toHaveLength(32)
  })

  it('listens on every address in production only', () => {
    expect(read({ NODE_ENV: 'production' }).host).toBe('0.0.0.0')
    expect(read({ NODE_ENV: 'production', HOST: '127.0.0.1' }).host).toBe('127.0.0.1')
  })

  it('cannot be changed', () => {
    const config = read({}) as { port: number }
    expect(() => {
      config.port = 1
    }).toThrow(TypeError)
  })

  it.each<[Record<string, string>, string]>([
    [{ PORT: 'http' }, 'PORT must be a whole number from 0 to 65535.'],
    [{ PORT: '70000' }, 'PORT must be a whole number from 0 to 65535.'],
    [{ NODE_ENV: 'prod' }, 'NODE_ENV must be development, test or production.'],
    [{ PUBLIC_URL: 'chat.example' }, 'PUBLIC_URL must be an address that starts with http:// or https://.'],
    [
      { DATABASE_URL: 'mysql://db' },
      'DATABASE_URL must be an address that starts with postgres:// or postgresql://.',
    ],
    [
      { TRUST_PROXY: 'true' },
      'TRUST_PROXY must be the number of proxies in front of the server, from 0 to 10.',
    ],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent.'],
    [{ METRICS_TOKEN: 'short' }, 'METRICS_TOKEN must have at least 16 characters.'],
    [
      { OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'parley' },
      'OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together: set all three or none.',
    ],
    [{ MAIL_FROM: 'us' }, 'MAIL_FROM must be an e-mail address.'],
    [
      { LEAKED_PASSWORDS_URL: 'http://leaked.example' },
      'LEAKED_PASSWORDS_URL must be an address that starts with https://.',
    ],
    [
      { LEAKED_PASSWORDS_URL: 'http://127.0.0.1:8080', NODE_ENV: 'production' },
      'LEAKED_PASSWORDS_URL must be an address that starts with https://.',
    ],
    [
      { LEAKED_PASSWORDS_URL: 'https://leaked.example/?range=' },
      'LEAKED_PASSWORDS_URL must be what stands before /range/, such as https://api.pwnedpasswords.com.',
    ],
  ])('says in one sentence what is wrong with %j', (env, sentence) => {
    expect(refusal(env)).toBe(sentence)
  })

  it('never repeats a secret in what it says', () => {
    expect(refusal({ DATABASE_URL: 'hunter2' })).not.toContain('hunter2')
    expect(refusal({ SECRET_KEY: 'hunter2' })).not.toContain('hunter2')
  })

  it('refuses Redis without PostgreSQL, with the reason', () => {
    expect(refusal({ REDIS_URL: 'redis://localhost' })).toContain('REDIS_URL is set without DATABASE_URL')
    expect(refusal({ REDIS_URL: 'redis://localhost', DATABASE_URL: 'postgres://db/parley' })).toBeUndefined()
  })

  it('reads a secret from a file, and counts an empty variable as absent', () => {
    const config = read({ SECRET_KEY: ' ', SECRET_KEY_FILE: file('key', `${key}\n`) })
    expect(Buffer.from(config.secretKey).toString('hex')).toBe(key)
    expect(refusal({ METRICS_TOKEN_FILE: join(folder, 'nowhere') })).toContain('METRICS_TOKEN_FILE names')
    expect(refusal({ METRICS_TOKEN_FILE: file('empty', '\n') })).toContain('which is empty')
    expect(refusal({ SECRET_KEY: key, SECRET_KEY_FILE: file('twice', key) })).toContain('are both set')
  })

  it('makes a secret key once, readable by its owner alone', () => {
    const dataDir = join(folder, 'fresh')
    const first = read({ NODE_ENV: 'production', DATA_DIR: dataDir })
    const path = join(dataDir, 'secret.key')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readFileSync(path, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/)
    expect(read({ NODE_ENV: 'production', DATA_DIR: dataDir }).secretKey).toEqual(first.secretKey)
  })

  it('requires a secret key where several servers may share a database', () => {
    const env = { NODE_ENV: 'production', DATABASE_URL: 'postgres://db/parley' }
    expect(refusal(env)).toContain('SECRET_KEY is missing')
    expect(refusal({ ...env, SECRET_KEY: key })).toBeUndefined()
  })

  it.each([
    'short',
    'a'.repeat(64),
    'change-me-change-me-change-me-change-me',
    'my-default-password-my-default-password',
  ])('refuses %j as a secret key', (secret) => {
    expect(refusal({ SECRET_KEY: secret })).toMatch(/at least 32 bytes|easy to guess/)
  })

  it('says where nothing can be written', () => {
    const path = file('not-a-folder', '')
    expect(refusal({ DATA_DIR: join(path, 'data') })).toContain('where nothing can be written')
  })

  it('takes a host of their own for files, that is none of its own and no less safe', () => {
    const env = { PUBLIC_URL: 'https://chat.example' }
    expect(read(env).filesUrl).toBeUndefined()
    expect(read({ ...env, FILES_URL: 'https://files.example/' }).filesUrl).toBe('https://files.example')
    for (const [FILES_URL, says] of [
      ['https://chat.example', 'another host than PUBLIC_URL'],
      ['http://files.example', 'starts with https://'],
      ['https://files.example/here', 'a host alone'],
      ['ftp://files.example', 'starts with'],
    ] as const)
      expect([FILES_URL, refusal({ ...env, FILES_URL })]).toEqual([FILES_URL, expect.stringContaining(says)])
  })
})
