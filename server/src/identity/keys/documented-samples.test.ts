import { execFile, execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../clock.ts'
import { createSiteWorld, givenSite, type SiteWorld } from '../../testing/site-world.ts'
import { sealKey } from './identity-key.ts'
import { insertKey } from './store.ts'
import { verifyIdentity } from './verify-identity.ts'

const run = promisify(execFile)
const siteId = 'sit_marlow'
const person = {
  id: 'nora-7',
  name: 'Nora Ødegård "N"',
  email: 'nora@example.com',
  emailConfirmed: true,
  orders: [{ id: '48213', label: 'Order 48213', vendorIds: ['kiln', 'nobody'] }],
}

let world: SiteWorld
let folder: string
let samples: { language: string; code: string }[]
const pair = generateKeyPairSync('ed25519', {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const secret = 'q1w2e3r4t5z6u7i8o9p0-asdfghjklyxcvbnm_QWERTZ'
const environment = {
  ...{ PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' },
  PARLEY_KEY_SECRET: secret,
  PARLEY_PRIVATE_KEY: pair.privateKey,
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-samples-'))
  world = await createSiteWorld('postgres', {}, systemClock)
  await givenSite(world.parts, siteId)
  await world.parts.database.query(
    `insert into vendors (site_id, vendor_id, external_id, name) values ($1, 'ven_1', 'kiln', 'Kiln & Thread')`,
    [siteId],
  )
  for (const [kid, algorithm, key] of [
    ['key_text', 'HS256', secret],
    ['key_pair', 'EdDSA', pair.publicKey],
  ] as const) {
    await insertKey(world.parts.database, siteId, {
      kid,
      algorithm,
      sealed_key: sealKey(world.parts, siteId, kid, key),
      created_at: world.parts.clock.now(),
      created_by: 'Ada',
    })
  }
  const page = await readFile(new URL('../../../../docs/identity.md', import.meta.url), 'utf8')
  samples = [...page.matchAll(/^```(js|php|python)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', code = '']) => ({
      language,
      code,
    }),
  )
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

async function signedBy(language: string, kid: string, index = 0): Promise<string> {
  const { code } = samples.filter((sample) => sample.language === language)[index] ?? {}
  if (code === undefined) throw new Error(`The page has no sample for ${language}`)
  const input = JSON.stringify(person)
  const calls = {
    js: ['sample.mjs', process.execPath, `console.log(identityToken(${input}))`],
    python: ['sample.py', 'python3', `print(identity_token(json.loads(${JSON.stringify(input)})))`],
    php: [
      'sample.php',
      'php',
      `echo parley_identity_token(json_decode(${JSON.stringify(input).replace(/\$/g, '\\$')}, true));`,
    ],
  } as const
  const [name, program, call] = calls[language as keyof typeof calls]
  const path = join(folder, name)
  await writeFile(path, `${code}\n${call}\n`)
  const { stdout } = await run(program, [path], { env: { ...environment, PARLEY_KEY_ID: kid } })
  return stdout.trim()
}

function has(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const nora = {
  ok: true,
  identity: {
    sub: 'nora-7',
    role: 'buyer',
    name: 'Nora Ødegård "N"',
    email: 'nora@example.com',
    isEmailVerified: true,
    orders: [{ id: '48213', label: 'Order 48213', vendorIds: ['ven_1'] }],
    vendorId: null,
  },
}

describe('the samples of docs/identity.md', () => {
  test('are there for Node, PHP and Python, and for a key pair', () => {
    expect(samples.map((sample) => sample.language)).toEqual(['js', 'php', 'python', 'js'])
  })

  test('make a token in Node that is accepted', async () => {
    expect(await verifyIdentity(world.parts, siteId, await signedBy('js', 'key_text'))).toEqual(nora)
  })

  test.runIf(has('python3'))('make a token in Python that is accepted', async () => {
    expect(await verifyIdentity(world.parts, siteId, await signedBy('python', 'key_text'))).toEqual(nora)
  })

  test.runIf(has('php'))('make a token in PHP that is accepted', async () => {
    expect(await verifyIdentity(world.parts, siteId, await signedBy('php', 'key_text'))).toEqual(nora)
  })

  test('make a token with a key pair that is accepted', async () => {
    const verdict = await verifyIdentity(world.parts, siteId, await signedBy('js', 'key_pair', 1))
    expect(verdict).toMatchObject({
      ok: true,
      identity: { sub: 'nora-7', isEmailVerified: false, orders: [] },
    })
  })

  test('make a token that another key does not accept', async () => {
    expect(await verifyIdentity(world.parts, siteId, await signedBy('js', 'key_pair'))).toMatchObject({
      ok: false,
    })
    expect(await verifyIdentity(world.parts, siteId, await signedBy('js', 'key_gone'))).toMatchObject({
      ok: false,
    })
  })
})
