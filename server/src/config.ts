import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type AllowList, isLoopback, readAllowList } from './outbound/addresses.ts'

/** One clear sentence for the person who starts the server. */
export class ConfigError extends Error {}

export type Config = Readonly<{
  environment: 'development' | 'test' | 'production'
  production: boolean
  port: number
  host: string
  dataDir: string
  /** Where backups of the embedded database go, how often, and how many are kept. */
  backups: { folder: string; everyHours: number; keep: number }
  publicUrl: string
  /** A host of their own for files that people sent, at which nobody has a cookie. */
  filesUrl: string | undefined
  databaseUrl: string | undefined
  redisUrl: string | undefined
  smtpUrl: string | undefined
  mailFrom: string
  /** A ClamAV daemon that looks at every file before anybody can have it. */
  clamdUrl: string | undefined
  /** Hosts and networks that requests to addresses people gave may reach although they are not public. */
  outboundAllow: AllowList
  /** How many proxies of ours stand in front: that many entries of X-Forwarded-For are believed. */
  trustProxy: number
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  metricsToken: string | undefined
  /** The OpenID Connect provider at which members may sign in. */
  sso: Readonly<{ issuer: string; clientId: string; clientSecret: string; name: string }> | undefined
  /** A server that knows leaked passwords by the first signs of their hashes. */
  leakedPasswordsUrl: string | undefined
  /** Multiplies every rate limit: above 1 for load tests and for many people behind one address. */
  limitFactor: number
  /** 32 bytes: encrypts what sites keep with us and signs short-lived links. */
  secretKey: Uint8Array
  /** Still opens what it has sealed; nothing new is sealed with it. */
  secretKeyBefore: Uint8Array | undefined
}>

const SECRETS = [
  'DATABASE_URL',
  'REDIS_URL',
  'SMTP_URL',
  'METRICS_TOKEN',
  'SECRET_KEY',
  'SECRET_KEY_BEFORE',
  'OIDC_CLIENT_SECRET',
]
const LEAST_SECRET = 32
const LEAST_TOKEN = 16
const TELLTALE = /change.?me|example|password|default|placeholder|your.?secret/i

const address = (protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  })

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((number) => number >= least && number <= most)

const shape = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'], { error: 'must be development, test or production' })
    .default('development'),
  PORT: whole(0, 65_535).prefault('3000'),
  HOST: z.string().min(1).optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  BACKUP_DIR: z.string().min(1).optional(),
  BACKUP_EVERY_HOURS: whole(0, 8_760).prefault('24'),
  BACKUP_KEEP: whole(1, 1_000).prefault('7'),
  PUBLIC_URL: address(['http:', 'https:']).optional(),
  FILES_URL: address(['http:', 'https:']).optional(),
  DATABASE_URL: address(['postgres:', 'postgresql:']).optional(),
  REDIS_URL: address(['redis:', 'rediss:']).optional(),
  SMTP_URL: address(['smtp:', 'smtps:']).optional(),
  MAIL_FROM: z
    .string()
    .includes('@', { error: 'must be an e-mail address' })
    .default('Parley <parley@localhost>'),
  CLAMD_URL: address(['tcp:']).optional(),
  OUTBOUND_ALLOW: z.string().default(''),
  TRUST_PROXY: whole(0, 10).prefault('0'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
  METRICS_TOKEN: z
    .string()
    .min(LEAST_TOKEN, { error: `must have at least ${LEAST_TOKEN} characters` })
    .optional(),
  OIDC_ISSUER: address(['https:', 'http:']).optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_NAME: z.string().min(1).max(40).default('single sign-on'),
  LEAKED_PASSWORDS_URL: address(['https:', 'http:']).optional(),
  RATE_LIMIT_FACTOR: whole(1, 1_000_000).prefault('1'),
  SECRET_KEY: z.string().optional(),
  SECRET_KEY_BEFORE: z.string().optional(),
})

const RANGES: Readonly<Record<string, string>> = {
  PORT: 'must be a whole number from 0 to 65535',
  BACKUP_EVERY_HOURS: 'must be a whole number from 0, which means never, to 8760',
  BACKUP_KEEP: 'must be a whole number from 1 to 1000',
  RATE_LIMIT_FACTOR: 'must be a whole number from 1 to 1000000',
  TRUST_PROXY: 'must be the number of proxies in front of the server, from 0 to 10',
}

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = shape.safeParse(withFiles(env))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const name = String(issue?.path[0])
    throw new ConfigError(`${name} ${RANGES[name] ?? issue?.message ?? 'is not valid'}.`)
  }
  const read = parsed.data
  if (read.REDIS_URL && !read.DATABASE_URL) {
    throw new ConfigError(
      'REDIS_URL is set without DATABASE_URL: several servers need one PostgreSQL, because the embedded database belongs to a single process.',
    )
  }
  const production = read.NODE_ENV === 'production'
  const publicUrl = (read.PUBLIC_URL ?? `http://localhost:${read.PORT}`).replace(/\/+$/, '')
  return Object.freeze({
    environment: read.NODE_ENV,
    production,
    port: read.PORT,
    host: read.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    dataDir: read.DATA_DIR,
    backups: {
      folder: read.BACKUP_DIR ?? join(read.DATA_DIR, 'backups'),
      everyHours: read.BACKUP_EVERY_HOURS,
      keep: read.BACKUP_KEEP,
    },
    publicUrl,
    filesUrl: filesUrl(read.FILES_URL, publicUrl),
    databaseUrl: read.DATABASE_URL,
    redisUrl: read.REDIS_URL,
    smtpUrl: read.SMTP_URL,
    mailFrom: read.MAIL_FROM,
    clamdUrl: read.CLAMD_URL,
    outboundAllow: allowList(read.OUTBOUND_ALLOW),
    trustProxy: read.TRUST_PROXY,
    logLevel: read.LOG_LEVEL,
    metricsToken: read.METRICS_TOKEN,
    sso: ssoOf(read, production),
    leakedPasswordsUrl: leakedPasswordsUrl(read.LEAKED_PASSWORDS_URL, production),
    limitFactor: read.RATE_LIMIT_FACTOR,
    secretKey: secretKey(read.SECRET_KEY, read.DATABASE_URL, read.DATA_DIR, production),
    secretKeyBefore:
      read.SECRET_KEY_BEFORE === undefined
        ? undefined
        : strongKey(read.SECRET_KEY_BEFORE, 'SECRET_KEY_BEFORE'),
  })
}

function filesUrl(given: string | undefined, publicUrl: string): string | undefined {
  if (given === undefined) return undefined
  const { origin, host, protocol, pathname, search } = new URL(given)
  if (pathname !== '/' || search !== '')
    throw new ConfigError('FILES_URL must be a host alone, such as https://files.example.')
  if (host === new URL(publicUrl).host)
    throw new ConfigError('FILES_URL must be another host than PUBLIC_URL: a file must not see its cookies.')
  if (publicUrl.startsWith('https:') && protocol !== 'https:')
    throw new ConfigError('FILES_URL must be an address that starts with https:// as PUBLIC_URL does.')
  return origin
}

function ssoOf(read: z.output<typeof shape>, production: boolean): Config['sso'] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = read
  if (!issuer && !clientId && !clientSecret) return undefined
  if (!issuer || !clientId || !clientSecret)
    throw new ConfigError(
      'OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together: set all three or none.',
    )
  if (production && !issuer.startsWith('https:'))
    throw new ConfigError('OIDC_ISSUER must be an address that starts with https:// in production.')
  return { issuer, clientId, clientSecret, name: read.OIDC_NAME }
}

function leakedPasswordsUrl(given: string | undefined, production: boolean): string | undefined {
  if (given === undefined) return undefined
  const { protocol, hostname, username, password, search, hash } = new URL(given)
  const isHere = hostname === 'localhost' || isLoopback(hostname.replace(/^\[|\]$/g, ''))
  if (protocol === 'http:' && (production || !isHere))
    throw new ConfigError('LEAKED_PASSWORDS_URL must be an address that starts with https://.')
  if (username !== '' || password !== '' || search !== '' || hash !== '')
    throw new ConfigError(
      'LEAKED_PASSWORDS_URL must be what stands before /range/, such as https://api.pwnedpasswords.com.',
    )
  return given.replace(/\/+$/, '')
}

function allowList(text: string): AllowList {
  try {
    return readAllowList(text.split(/[\s,]+/).filter(Boolean))
  } catch (error) {
    throw new ConfigError(
      `OUTBOUND_ALLOW names ${(error as Error).message}, which is no host name, address or range such as 10.1.0.0/16.`,
    )
  }
}

/** An empty variable counts as absent, as compose files write them; `NAME_FILE` names a file that holds the value. */
function withFiles(env: NodeJS.ProcessEnv): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of Object.keys(shape.shape)) {
    const text = env[name]?.trim()
    if (text) found[name] = text
  }
  for (const name of SECRETS) {
    const path = env[`${name}_FILE`]?.trim()
    if (!path) continue
    if (found[name]) throw new ConfigError(`${name} and ${name}_FILE are both set: keep one.`)
    try {
      found[name] = readFileSync(path, 'utf8').trim()
    } catch {
      throw new ConfigError(`${name}_FILE names ${path}, which cannot be read.`)
    }
    if (!found[name]) throw new ConfigError(`${name}_FILE names ${path}, which is empty.`)
  }
  return found
}

function secretKey(
  given: string | undefined,
  databaseUrl: string | undefined,
  dataDir: string,
  production: boolean,
) {
  if (given) return strongKey(given, 'SECRET_KEY')
  if (databaseUrl && production) {
    throw new ConfigError(
      'SECRET_KEY is missing: with DATABASE_URL every server needs the same key. Make one with "openssl rand -hex 32".',
    )
  }
  return storedKey(dataDir)
}

function storedKey(dataDir: string): Uint8Array {
  const path = join(dataDir, 'secret.key')
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    writeFileSync(path, `${randomBytes(LEAST_SECRET).toString('hex')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new ConfigError(`DATA_DIR is ${dataDir}, where nothing can be written.`)
    }
  }
  try {
    return strongKey(readFileSync(path, 'utf8').trim(), path)
  } catch (error) {
    if (error instanceof ConfigError) throw error
    throw new ConfigError(`The secret key in ${path} cannot be read.`)
  }
}

/** Hex or base64 when it looks like it, otherwise the characters themselves. */
function strongKey(text: string, where: string): Uint8Array {
  const bytes = /^(?:[0-9a-f]{2})+$/i.test(text)
    ? Buffer.from(text, 'hex')
    : /^[\w+/-]{43,}={0,2}$/.test(text)
      ? Buffer.from(text, 'base64')
      : Buffer.from(text)
  if (bytes.length < LEAST_SECRET) {
    throw new ConfigError(
      `${where} must have at least ${LEAST_SECRET} bytes. Make one with "openssl rand -hex 32".`,
    )
  }
  if (TELLTALE.test(text) || new Set(bytes).size < LEAST_SECRET / 4) {
    throw new ConfigError(`${where} is easy to guess. Make one with "openssl rand -hex 32".`)
  }
  return new Uint8Array(bytes)
}
