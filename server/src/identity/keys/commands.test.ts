import { generateKeyPairSync } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { marlow } from '../../demo/cast.ts'
import { seedDemo } from '../../demo/seed.ts'
import { type Asker, createAskers } from '../../testing/ask-site.ts'
import { createSiteWorld, type SiteWorld } from '../../testing/site-world.ts'
import { recogniseVisitor } from '../index.ts'

describe('the identity keys of a site', () => {
  let world: SiteWorld
  let ines: Asker
  let priya: Asker
  beforeAll(async () => {
    world = await createSiteWorld()
    await seedDemo(world.parts)
    const asker = createAskers(world)
    ;[ines, priya] = await Promise.all([asker('ines'), asker('priya')])
  })
  afterAll(() => world.close())

  async function enter(kid: string, alg: string, key: Parameters<SignJWT['sign']>[0]) {
    const now = Math.floor(world.clock.now().getTime() / 1000)
    const identityToken = await new SignJWT({ sub: 'buyer-1', role: 'buyer' })
      .setProtectedHeader({ alg, kid })
      .setAudience('parley')
      .setIssuedAt(now)
      .setExpirationTime(now + 600)
      .sign(key)
    return recogniseVisitor(world.parts, { siteKey: marlow.siteKey, identityToken })
  }

  it('are an admin’s business alone', async () => {
    expect(await priya.refusal('listIdentityKeys')).toEqual({ code: 'notAllowed' })
    expect(await priya.refusal('createIdentityKey', { algorithm: 'HS256' })).toEqual({ code: 'notAllowed' })
    expect(await priya.refusal('revokeIdentityKey', { kid: 'demo-1' })).toEqual({ code: 'notAllowed' })
  })

  it('show their secret once; it is stored sealed and appears in no list, log or row', async () => {
    const { kid, secret } = await ines.ask('createIdentityKey', { algorithm: 'HS256' })
    expect(Buffer.from(secret ?? '', 'base64url')).toHaveLength(32)
    expect((await enter(kid, 'HS256', new TextEncoder().encode(secret ?? ''))).actor.isVerified).toBe(true)
    const listed = await ines.ask('listIdentityKeys')
    expect(listed.keys.find((key) => key.kid === kid)).toEqual({
      kid,
      algorithm: 'HS256',
      createdAt: world.clock.now().toISOString(),
      createdBy: 'Ines Duarte',
      lastUsedAt: world.clock.now().toISOString(),
      revokedAt: null,
    })
    const everything = [
      listed,
      await ines.ask('listAudit', {}),
      await world.parts.database.query('select * from identity_keys'),
    ]
    expect(JSON.stringify(everything)).not.toContain(secret)
  })

  it('are two at a time, also when two are made at once, so that one can be rotated out', async () => {
    const full = { code: 'conflict', reason: 'identityKey.two' }
    expect(await ines.refusal('createIdentityKey', { algorithm: 'HS256' })).toEqual(full)
    const [oldest] = (await ines.ask('listIdentityKeys')).keys.filter((key) => key.kid === 'demo-1')
    await ines.ask('revokeIdentityKey', { kid: oldest?.kid ?? '' })
    await expect(enter('demo-1', 'HS256', new TextEncoder().encode(marlow.identitySecret))).rejects.toThrow(
      'identity.refused',
    )
    const both = await Promise.allSettled([
      ines.ask('createIdentityKey', { algorithm: 'HS256' }),
      ines.ask('createIdentityKey', { algorithm: 'HS256' }),
    ])
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect(await ines.refusal('revokeIdentityKey', { kid: 'demo-1' })).toEqual({
      code: 'notFound',
      reason: 'identityKey.unknown',
    })
  })

  it('may be a public Ed25519 key, and nothing else that looks like one', async () => {
    for (const { kid, revokedAt } of (await ines.ask('listIdentityKeys')).keys) {
      if (revokedAt === null) await ines.ask('revokeIdentityKey', { kid })
    }
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const spki = (key: typeof publicKey) => key.export({ type: 'spki', format: 'pem' }).toString()
    const wrong = [
      undefined,
      'nonsense',
      privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      spki(generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey),
      spki(generateKeyPairSync('x25519').publicKey),
      '-----BEGIN PUBLIC KEY-----\nnonsense\n-----END PUBLIC KEY-----',
    ]
    for (const pem of wrong) {
      const wish = { algorithm: 'EdDSA' as const, ...(pem === undefined ? {} : { publicKey: pem }) }
      expect(await ines.refusal('createIdentityKey', wish)).toEqual({
        code: 'invalid',
        reason: 'identityKey.publicKey',
        field: 'publicKey',
      })
    }
    const made = await ines.ask('createIdentityKey', { algorithm: 'EdDSA', publicKey: spki(publicKey) })
    expect(made.secret).toBeNull()
    expect((await enter(made.kid, 'EdDSA', privateKey)).actor.isVerified).toBe(true)
  })
})
