import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { actionsOfScope, type KeyScope, keyScopes } from '@parley/shared/policy/key-scopes.ts'
import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import { type CommandName, commandNames, commands } from '@parley/shared/protocol/commands.ts'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectDescribed, expectProblem } from '../testing/described.ts'
import { connectEverybody, type Everybody } from '../testing/everybody.ts'
import { switchRooms } from '../testing/given-kinds.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { startPostgres } from '../testing/postgres.ts'
import { post } from '../testing/second-site.ts'
import { nothing, wishes } from '../testing/wishes.ts'

interface Reply {
  status: number
  body: Record<string, unknown>
}

let count = 0
const requestId = () => {
  count += 1
  return `api-key-${count}`
}

async function call(
  url: string,
  secret: string,
  command: CommandName,
  wish: object,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const response = await fetch(`${url}/api/v1/commands/${command}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}`, ...headers },
    body: JSON.stringify(wish),
  })
  const body = (await response.json()) as Record<string, unknown>
  if (response.ok) expectDescribed(command, { ok: true, value: body })
  else expectProblem(body)
  return { status: response.status, body }
}

describe('an API key of a marketplace', () => {
  let site: Marlow
  let who: Everybody
  beforeAll(async () => {
    site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1' })
    who = await connectEverybody(site)
    await switchRooms(who.ines.person, { vendors: false, buyers: true })
    const { rules } = await who.ines.person.ask('viewVendorRules', {})
    const applications = { ...rules.applications, isOpen: true, categories: ['Home'] }
    await who.ines.person.ask('saveVendorRules', {
      requestId: requestId(),
      rules: { ...rules, applications },
    })
  })
  afterAll(() => site?.close())
  beforeEach(async () => {
    const { keys } = await who.ines.person.ask('listApiKeys', {})
    for (const { keyId, revokedAt } of keys) if (revokedAt === null) await revoke(keyId)
  })

  const make = (scopes: readonly KeyScope[], admin = who.ines.person) =>
    admin.ask('createApiKey', { requestId: requestId(), name: 'Catalogue', scopes: [...scopes] })
  const revoke = (keyId: string) => who.ines.person.ask('revokeApiKey', { requestId: requestId(), keyId })
  const ask = (secret: string, command: CommandName, wish: object, headers?: Record<string, string>) =>
    call(site.url, secret, command, wish, headers)

  it('is an admin’s business alone, shown once, kept as a hash, and told in the audit', async () => {
    for (const { person } of [who.daniel, who.priya, who.elin, who.marta])
      for (const name of ['listApiKeys', 'createApiKey', 'revokeApiKey'] as const)
        expect(await person.refusal(name, wishes[name](nothing) as never)).toEqual({ code: 'notAllowed' })
    const { keyId, secret } = await make(['vendors.read', 'products.write'])
    expect(secret).toMatch(/^pk_[A-Za-z0-9_-]{43}$/)
    const { keys } = await who.ines.person.ask('listApiKeys', {})
    expect(keys.find((key) => key.keyId === keyId)).toMatchObject({
      name: 'Catalogue',
      scopes: ['products.write', 'vendors.read'],
      createdBy: 'Ines Duarte',
      lastUsedAt: null,
      revokedAt: null,
    })
    expect((await ask(secret, 'listVendorProfiles', {})).status).toBe(200)
    const used = (await who.ines.person.ask('listApiKeys', {})).keys.find((key) => key.keyId === keyId)
    expect(used?.lastUsedAt).not.toBeNull()
    await revoke(keyId)
    const { entries } = await who.ines.person.ask('listAudit', {})
    expect(entries.filter(({ object }) => object === `apiKey:${keyId}`).map(({ action }) => action)).toEqual([
      'apiKey.revoked',
      'apiKey.created',
    ])
    const everything = [used, entries, await site.world.parts.database.query('select * from api_keys')]
    expect(JSON.stringify(everything)).not.toContain(secret.slice(3))
  })

  it('is one of two that live, also when more are made at once', async () => {
    const made = await Promise.allSettled([1, 2, 3, 4].map(() => make(['vendors.read'])))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    expect(
      await who.ines.person.refusal('createApiKey', {
        requestId: requestId(),
        name: 'Third',
        scopes: ['vendors.read'],
      }),
    ).toEqual({ code: 'conflict', reason: 'apiKey.two' })
  })

  const openTo = (scopes: readonly KeyScope[], name: CommandName) =>
    scopes.some((scope) => actionsOfScope[scope].includes(commands[name].action))

  it.each([...keyScopes.map((scope) => [scope]), keyScopes].map((scopes) => ({ scopes })))(
    'with $scopes is let in by what these name, and refused by every other command',
    async ({ scopes }) => {
      const { secret } = await make(scopes as KeyScope[])
      const about = { ...nothing, vendorId: 'ven_kiln' }
      const outcomes = []
      for (const name of commandNames)
        outcomes.push([name, (await ask(secret, name, wishes[name](about))).status !== 403])
      expect(outcomes).toEqual(commandNames.map((name) => [name, openTo(scopes as KeyScope[], name)]))
    },
    60_000,
  )

  it('hands in an application for somebody, and saves and reads what it is there for', async () => {
    const { secret } = await make(keyScopes)
    const email = 'bo@reed.example'
    const handed = await ask(secret, 'submitApplication', {
      requestId: requestId(),
      company: 'Reed & Rush',
      contactName: 'Bo Reed',
      email,
      about: 'Chairs of reed',
      categories: ['Home'],
      termsVersion: 1,
    })
    expect(handed).toMatchObject({ status: 200, body: { vendorId: expect.stringMatching(/^ven_/) } })
    const { vendorId, token } = handed.body as unknown as CommandAnswer<'submitApplication'>
    expect((await post(site, '/api/v1/applications/view', { token })).body).toMatchObject({
      state: 'applied',
    })
    const seen = await who.priya.person.ask('viewVendor', { vendorId })
    expect(seen).toMatchObject({ state: 'applied', waitsFor: 'review', application: { email } })
    expect(seen.steps).toMatchObject([
      {
        by: 'API key “Catalogue”',
        isByRule: false,
        why: 'Handed in for Bo Reed, who accepted the terms in version 1',
      },
    ])
    expect(await ask(secret, 'viewVendorStanding', { vendorId })).toMatchObject({
      status: 200,
      body: { state: 'applied', standing: { verdict: 'good' } },
    })

    // The marketplace names a vendor as it does in its signed identities.
    await who.ines.person.ask('saveVendor', {
      requestId: requestId(),
      vendorId: 'ven_kiln',
      name: 'Kiln & Thread',
      externalId: 'kiln',
    })
    const products = [{ productId: 'prd_jar', name: 'Jar' }]
    const saved = { requestId: requestId(), vendorId: 'kiln', products, isAll: true }
    expect(await ask(secret, 'saveVendorProducts', saved)).toEqual({ status: 200, body: { products: 1 } })
    expect(await ask(secret, 'saveVendorProducts', saved)).toMatchObject({
      status: 409,
      body: { reason: 'request.repeated' },
    })
    const standing = await ask(secret, 'viewVendorStanding', { vendorId: 'kiln' })
    expect(standing).toMatchObject({ status: 200, body: { vendorId: 'ven_kiln', state: 'active' } })
    const told = JSON.stringify([standing, await ask(secret, 'listVendorProfiles', {})])
    for (const personal of [email, 'Bo Reed', 'Elin', 'mem_', 'cnv_']) expect(told).not.toContain(personal)
    const { entries } = await who.ines.person.ask('listAudit', {})
    expect(entries.find(({ action }) => action === 'vendor.productsSaved')).toMatchObject({
      actor: 'API key “Catalogue”',
      object: 'vendor:ven_kiln',
    })
  })

  it('keeps to what an application by hand keeps to', async () => {
    const { secret } = await make(['applications.write'])
    const wish = wishes.submitApplication(nothing)
    const wrong = async (change: object) =>
      (await ask(secret, 'submitApplication', { ...wish, requestId: requestId(), ...change })).body
    expect(await wrong({ termsVersion: 2 })).toMatchObject({ code: 'conflict', reason: 'terms.changed' })
    expect(await wrong({ categories: ['Arms'] })).toMatchObject({ reason: 'category.unknown' })
    expect(await wrong({ siteKey: 'harbour' })).toMatchObject({ code: 'invalid', reason: 'wish.shape' })
    for (const _time of [1, 2, 3])
      expect(await wrong({ email: 'Same@fern.example' })).toHaveProperty('vendorId')
    expect(await wrong({ email: 'same@fern.example' })).toMatchObject({ reason: 'applications.tooMany' })
  })

  it('[W5] finds nothing of another site, as if it were not there', async () => {
    const { secret } = await make(keyScopes, who.secondAdmin.person)
    for (const command of ['viewVendorStanding', 'saveVendorProducts'] as const) {
      const foreign = await ask(secret, command, wishes[command]({ ...nothing, vendorId: 'ven_kiln' }))
      const absent = await ask(secret, command, wishes[command](nothing))
      expect(foreign).toMatchObject({ status: 404, body: { code: 'notFound', reason: 'vendor.unknown' } })
      expect(foreign).toEqual(absent)
    }
    expect(await ask(secret, 'listVendorProfiles', {})).toEqual({ status: 200, body: { vendors: [] } })
    const { keys } = await who.ines.person.ask('listApiKeys', {})
    expect(
      await who.secondAdmin.person.refusal('revokeApiKey', {
        requestId: requestId(),
        keyId: keys[0]?.keyId ?? '',
      }),
    ).toEqual({
      code: 'notFound',
      reason: 'apiKey.unknown',
    })
  })

  it('is not taken from a page, nor on a socket, nor anywhere but at the commands', async () => {
    const { secret } = await make(keyScopes)
    for (const headers of [
      { origin: site.url, 'parley-csrf': '1' },
      { origin: 'https://shop.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ] as Record<string, string>[])
      expect(await ask(secret, 'listVendorProfiles', {}, headers)).toMatchObject({
        status: 403,
        body: { code: 'notAllowed', reason: 'apiKey.browser' },
      })
    const authorization = `Bearer ${secret}`
    for (const [method, path] of [
      ['GET', '/api/v1/session'],
      ['POST', '/api/v1/session/ticket'],
      ['POST', '/api/v1/uploads'],
      ['GET', '/api/v1/files/fil_absent'],
      ['GET', '/api/v1/audit/export?format=csv'],
    ] as const)
      expect([
        path,
        (await fetch(`${site.url}${path}`, { method, headers: { authorization, 'parley-site': 'marlow' } }))
          .status,
      ]).toEqual([path, method === 'POST' && path.endsWith('ticket') ? 403 : 401])
    for (const auth of [
      { kind: 'member', protocol: 1, ticket: secret },
      { kind: 'visitor', protocol: 1, siteKey: secret },
      { kind: 'key', protocol: 1, key: secret },
    ]) {
      const socket = io(site.url, {
        path: '/socket',
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        auth,
        extraHeaders: { authorization },
      })
      const answered = await new Promise((resolve) => {
        socket.once('connect', () => resolve('connected'))
        socket.once('connect_error', () => resolve('refused'))
      })
      socket.disconnect()
      expect(answered).toBe('refused')
    }
  })

  it('has limits of its own, and leaves those of others alone', async () => {
    const { secret } = await make(['products.write', 'vendors.read'])
    const other = await make(['products.write'])
    const save = (key: string) =>
      ask(key, 'saveVendorProducts', { requestId: requestId(), vendorId: 'ven_absent', products: [] })
    const answers: Reply[] = []
    for (let times = 0; times < 6; times += 1)
      answers.push(...(await Promise.all(Array.from({ length: 21 }, () => save(secret)))))
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(120)
    expect(answers.at(-1)).toMatchObject({
      status: 429,
      body: { code: 'rateLimited', reason: 'limit.keyMinute' },
    })
    expect((await save(other.secret)).status).toBe(404)
    expect((await ask(secret, 'listVendorProfiles', {})).status).toBe(200)
  })

  it('stands in the description of the API, at the commands it opens and no others', async () => {
    const response = await fetch(`${site.url}/api/v1/openapi.json`)
    const api = (await response.json()) as {
      paths: Record<string, { post: { operationId: CommandName; security?: { key?: string[] }[] } }>
      components: { securitySchemes: Record<string, object> }
    }
    expect(api.components.securitySchemes.key).toMatchObject({ type: 'http', scheme: 'bearer' })
    const keyed = Object.values(api.paths).flatMap(({ post: { operationId, security } }) => {
      const scopes = (security ?? []).flatMap(({ key }) => key ?? [])
      return scopes.length === 0 ? [] : [[operationId, scopes]]
    })
    expect(keyed).toEqual(
      commandNames
        .filter((name) => openTo(keyScopes, name))
        .map((name) => [
          name,
          keyScopes.filter((scope) => actionsOfScope[scope].includes(commands[name].action)),
        ]),
    )
    expect(keyed.length).toBeGreaterThan(3)
  })
})

describe('an API key on two nodes', () => {
  it('is refused at once on both when it is revoked on one', async () => {
    const [postgres, folder] = await Promise.all([startPostgres(), mkdtemp(join(tmpdir(), 'parley-keys-'))])
    const shared = { databaseUrl: postgres.url, folder }
    const node = () => startMarlow('postgres', { DATABASE_URL: postgres.url }, shared)
    const nodes = [await node(), await node()]
    try {
      const ines = await nodes[0]?.member('ines')
      const made = await ines?.ask('createApiKey', {
        requestId: requestId(),
        name: 'Catalogue',
        scopes: ['vendors.read'],
      })
      const reads = () =>
        Promise.all(nodes.map(({ url }) => call(url, made?.secret ?? '', 'listVendorProfiles', {})))
      expect((await reads()).map(({ status }) => status)).toEqual([200, 200])
      await ines?.ask('revokeApiKey', { requestId: requestId(), keyId: made?.keyId ?? '' })
      for (const answer of await reads())
        expect(answer).toMatchObject({ status: 401, body: { code: 'notAllowed', reason: 'apiKey.refused' } })
    } finally {
      for (const one of nodes) await one.close()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    }
  }, 60_000)
})
