import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refused } from '../../app/refused.ts'
import { defaultSettings, dropSite } from '../../sites/index.ts'
import { installationOf, updateSettings } from '../../sites/store.ts'
import { identityPair, openIdentitySite, signIdentity, type TokenShape } from '../../testing/identity-site.ts'
import { createSiteWorld, engines, type SiteWorld } from '../../testing/site-world.ts'
import { sealKey } from '../keys/identity-key.ts'
import { insertKey, revokeKey } from '../keys/store.ts'
import { onRevoked, type Revocation } from '../revocations.ts'
import { recogniseVisitor, visitorByToken } from './recognise-visitor.ts'

const minute = 60_000
const hour = 60 * minute

describe.each(engines)('a visitor on %s', (engine) => {
  let world: SiteWorld
  beforeAll(async () => {
    world = await createSiteWorld(engine)
    await openIdentitySite(world, 'marlow')
    await openIdentitySite(world, 'other')
  })
  afterAll(() => world.close())

  const sign = (claims: Record<string, unknown>, shape?: TokenShape) => signIdentity(world, claims, shape)

  const hello = (more: { visitorToken?: string; identityToken?: string; siteKey?: string } = {}) =>
    recogniseVisitor(world.parts, { siteKey: 'marlow', ...more })

  async function refusalOf(work: Promise<unknown>) {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(Refused)
    return (error as Refused).refusal
  }

  async function setRequired(isIdentityRequired: boolean) {
    const settings = { ...defaultSettings('marlow'), isIdentityRequired }
    await updateSettings(world.parts.database, 'site_marlow', settings)
    dropSite(world.parts, 'site_marlow')
  }

  it('who is new gets a token of 256 bits that is stored only as a hash', async () => {
    const first = await hello()
    expect(first.actor).toMatchObject({ kind: 'customer', isVerified: false, name: null, orders: [] })
    expect(first.visitorToken).toMatch(/^[A-Za-z0-9_-]{43}$/)
    const rows = await world.parts.database.query<{ token_hash: string }>('select * from visitors')
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(first.visitorToken)
  })

  it('who comes back is the same contact and needs no new token', async () => {
    const first = await hello()
    const again = await hello({ visitorToken: first.visitorToken ?? '' })
    expect(again.actor).toEqual(first.actor)
    expect(again.visitorToken).toBeUndefined()
    expect(again.identityExpiresAt).toBeNull()
  })

  it('of an unknown or disabled site is refused alike', async () => {
    await openIdentitySite(world, 'closed')
    await updateSettings(world.parts.database, 'site_closed', {
      ...defaultSettings('closed'),
      isEnabled: false,
    })
    const unknown = await refusalOf(hello({ siteKey: 'nowhere' }))
    expect(unknown).toEqual({ code: 'notAllowed', reason: 'site.unknown' })
    expect(await refusalOf(hello({ siteKey: 'closed' }))).toEqual(unknown)
  })

  it('with an unknown, foreign or old token hears that the visit has ended', async () => {
    const ended = { code: 'notAllowed', reason: 'visitor.ended' }
    expect(await refusalOf(hello({ visitorToken: 'x'.repeat(43) }))).toEqual(ended)
    const { visitorToken = '' } = await hello()
    expect(await refusalOf(hello({ visitorToken, siteKey: 'other' }))).toEqual(ended)
    world.clock.advance(30 * 24 * hour - minute)
    expect((await hello({ visitorToken })).actor.isVerified).toBe(false)
    world.clock.advance(minute)
    expect(await refusalOf(hello({ visitorToken }))).toEqual(ended)
    expect(await visitorByToken(world.parts, 'marlow', visitorToken)).toBeUndefined()
  })

  it('who signs in becomes the contact of the signed sub, with a new token and the earlier contact remembered', async () => {
    const before = await hello()
    const dropped: Revocation[] = []
    const off = onRevoked(world.parts, (who) => dropped.push(who))
    const identityToken = await sign({
      sub: 'buyer-1',
      role: 'buyer',
      name: 'Marta Oliveira',
      email: 'marta@studio.example',
      email_verified: true,
      orders: [{ id: '48213', label: 'Order 48213', vendorIds: ['seller-7', 'ven_lumen', 'nobody'] }],
    })
    const after = await hello({ visitorToken: before.visitorToken ?? '', identityToken })
    off()
    expect(after.actor).toMatchObject({
      visitorId: before.actor.visitorId,
      isVerified: true,
      role: 'buyer',
      name: 'Marta Oliveira',
      orders: [{ id: '48213', label: 'Order 48213', vendorIds: ['ven_kiln', 'ven_lumen'] }],
    })
    expect(after.actor.contactId).not.toBe(before.actor.contactId)
    expect(after.visitorToken).not.toBe(before.visitorToken)
    expect(dropped).toEqual([{ visitorId: before.actor.visitorId }])
    const [row] = await world.parts.database.query(
      'select previous_contact_id from visitors where visitor_id = $1',
      [after.actor.visitorId],
    )
    expect(row).toEqual({ previous_contact_id: before.actor.contactId })
    const old = { visitorToken: before.visitorToken ?? '' }
    expect(await refusalOf(hello(old))).toMatchObject({ reason: 'visitor.ended' })
    expect(await visitorByToken(world.parts, 'marlow', old.visitorToken)).toBeUndefined()
  })

  it('is the same contact in every browser that signs the same sub', async () => {
    const one = await hello({ identityToken: await sign({ sub: 'buyer-2', name: 'Omar' }) })
    const two = await hello({ identityToken: await sign({ sub: 'buyer-2', name: 'Omar Haddad' }) })
    expect(two.actor.contactId).toBe(one.actor.contactId)
    expect(two.actor.visitorId).not.toBe(one.actor.visitorId)
    expect(two.actor.name).toBe('Omar Haddad')
  })

  it('has no name where the signed one reads like somebody of the marketplace', async () => {
    const { actor } = await hello({ identityToken: await sign({ sub: 'buyer-2b', name: 'Marlow Suppоrt' }) })
    expect(actor).toMatchObject({ isVerified: true, name: null })
  })

  it('has no address for a name, which everybody reads', async () => {
    const name = 'nora@post.example'
    const { actor } = await hello({ identityToken: await sign({ sub: 'buyer-2c', name }) })
    expect(actor).toMatchObject({ isVerified: true, name: 'n•••@p•••.example' })
  })

  it('is never merged with another sub by e-mail, verified or not', async () => {
    const same = { email: 'shared@post.example', email_verified: true }
    const one = await hello({ identityToken: await sign({ sub: 'buyer-3', ...same }) })
    const two = await hello({ identityToken: await sign({ sub: 'buyer-4', ...same }) })
    expect(two.actor.contactId).not.toBe(one.actor.contactId)
  })

  it('who is somebody else now starts anew: nothing is carried over and the earlier visit ends', async () => {
    const one = await hello({ identityToken: await sign({ sub: 'buyer-5', name: 'First' }) })
    const two = await hello({
      visitorToken: one.visitorToken ?? '',
      identityToken: await sign({ sub: 'buyer-6', name: 'Second' }),
    })
    expect(two.actor.visitorId).not.toBe(one.actor.visitorId)
    expect(two.actor.contactId).not.toBe(one.actor.contactId)
    const [row] = await world.parts.database.query(
      'select previous_contact_id from visitors where visitor_id = $1',
      [two.actor.visitorId],
    )
    expect(row).toEqual({ previous_contact_id: null })
    expect(await visitorByToken(world.parts, 'marlow', one.visitorToken ?? '')).toBeUndefined()
  })

  it('who lost the answer that carried the new token still finds the earlier contact by signing in again', async () => {
    const before = await hello()
    const visitorToken = before.visitorToken ?? ''
    await hello({ visitorToken, identityToken: await sign({ sub: 'buyer-7' }) })
    const again = await hello({ visitorToken, identityToken: await sign({ sub: 'buyer-7' }) })
    const previous = async (visitorId: string) =>
      (
        await world.parts.database.query<{ previous_contact_id: string | null }>(
          'select previous_contact_id from visitors where visitor_id = $1',
          [visitorId],
        )
      )[0]?.previous_contact_id
    expect(await previous(again.actor.visitorId)).toBe(before.actor.contactId)
    const stranger = await hello({ visitorToken, identityToken: await sign({ sub: 'buyer-8' }) })
    expect(await previous(stranger.actor.visitorId)).toBeNull()
  })

  it('who signs in from twenty tabs at once stays one contact, and every answer works', async () => {
    const { visitorToken = '' } = await hello()
    const identityToken = await sign({ sub: 'buyer-9' })
    const all = await Promise.all(Array.from({ length: 20 }, () => hello({ visitorToken, identityToken })))
    expect(new Set(all.map(({ actor }) => actor.contactId)).size).toBe(1)
    for (const { visitorToken: token = '' } of all) {
      expect((await visitorByToken(world.parts, 'marlow', token))?.isVerified).toBe(true)
    }
  })

  it('stays identified for 30 minutes after the last sign of life and 24 hours at most', async () => {
    const { visitorToken = '', identityExpiresAt } = await hello({
      identityToken: await sign({ sub: 'buyer-10' }),
    })
    expect(identityExpiresAt).toEqual(new Date(world.clock.now().getTime() + 24 * hour))
    for (let half = 0; half < 49; half += 1) {
      world.clock.advance(29 * minute)
      expect(await visitorByToken(world.parts, 'marlow', visitorToken)).toBeDefined()
    }
    world.clock.advance(24 * hour - 49 * 29 * minute)
    expect(await visitorByToken(world.parts, 'marlow', visitorToken)).toBeUndefined()

    const idle = await hello({ identityToken: await sign({ sub: 'buyer-10' }) })
    world.clock.advance(30 * minute)
    expect(await visitorByToken(world.parts, 'marlow', idle.visitorToken ?? '')).toBeUndefined()
  })

  it('who signs again as the same person keeps the token and gets 24 hours from then', async () => {
    const first = await hello({ identityToken: await sign({ sub: 'buyer-11', name: 'Ana' }) })
    const visitorToken = first.visitorToken ?? ''
    world.clock.advance(20 * minute)
    const again = await hello({ visitorToken, identityToken: await sign({ sub: 'buyer-11', name: 'Ana B' }) })
    expect(again.visitorToken).toBeUndefined()
    expect(again.actor).toMatchObject({ visitorId: first.actor.visitorId, name: 'Ana B' })
    expect(again.identityExpiresAt).toEqual(new Date(world.clock.now().getTime() + 24 * hour))
  })

  it('whose role changes gets a new token', async () => {
    const first = await hello({ identityToken: await sign({ sub: 'both-1', role: 'buyer' }) })
    const seller = await hello({
      visitorToken: first.visitorToken ?? '',
      identityToken: await sign({ sub: 'both-1', role: 'vendor', vendorId: 'seller-7' }),
    })
    expect(seller.actor).toMatchObject({ role: 'vendor', vendorId: 'ven_kiln' })
    expect(seller.visitorToken).toBeDefined()
    expect(await visitorByToken(world.parts, 'marlow', first.visitorToken ?? '')).toBeUndefined()
  })

  it('is let in by an Ed25519 key as well', async () => {
    const identityToken = await sign(
      { sub: 'buyer-12' },
      { kid: 'k2', alg: 'EdDSA', key: identityPair.privateKey },
    )
    expect((await hello({ identityToken })).actor.isVerified).toBe(true)
  })

  it('has a name of one clean line, however long the marketplace makes it', async () => {
    const identityToken = await sign({ sub: 'buyer-13', name: `A\u202Eb\n${'c'.repeat(200)}` })
    const { actor } = await hello({ identityToken })
    expect(actor.name).toBe(`A b ${'c'.repeat(76)}`)
  })

  it('may have orders that are numbered and claims that are null', async () => {
    const orders = [{ id: 48213, label: null, vendorIds: ['seller-7'], productIds: null }]
    const nothing = { name: null, email: null, email_verified: null, vendorId: null }
    const { actor } = await hello({ identityToken: await sign({ sub: 'buyer-16', orders, ...nothing }) })
    expect(actor).toMatchObject({ name: null, orders: [{ id: '48213', vendorIds: ['ven_kiln'] }] })
    const none = await hello({ identityToken: await sign({ sub: 'buyer-17', orders: null }) })
    expect(none.actor.orders).toEqual([])
  })

  it('with a token that is wrong in any way gets the same answer, and never an anonymous visit', async () => {
    const pem = identityPair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const good = { sub: 'buyer-14' }
    const valid = await sign(good)
    const [head = '', body = '', signature = ''] = valid.split('.')
    const unsigned = Buffer.from('{"alg":"none","kid":"k1"}').toString('base64url')
    const tokens = [
      '',
      'nonsense',
      'x'.repeat(20_000),
      await sign(good, { key: 'another secret that is long enough too' }),
      await sign(good, { kid: 'unknown' }),
      await sign(good, { kid: null }),
      await sign(good, { kid: 'k2' }),
      await sign(good, { kid: 'k2', key: pem }),
      await sign(good, { kid: 'k1', alg: 'HS512' }),
      await sign(good, { aud: 'somebody-else' }),
      await sign(good, { life: 601 }),
      await sign(good, { issuedAgo: 631 }),
      await sign(good, { issuedAgo: -31 }),
      await sign({}),
      await sign({ sub: '' }),
      await sign({ sub: 'x'.repeat(256) }),
      await sign({ sub: 'e\u0301' }),
      await sign({ sub: 'buyer-14', role: 'admin' }),
      await sign({ sub: 'buyer-14', orders: 'all' }),
      await sign(good, { header: { crit: ['exp'] } }).catch(() => 'not signed'),
      `${unsigned}.${body}.`,
      `${head}.${Buffer.from('{"sub":"buyer-1"}').toString('base64url')}.${signature}`,
    ]
    const visitors = () => world.parts.database.query('select visitor_id from visitors')
    const count = (await visitors()).length
    for (const identityToken of tokens) {
      expect(await refusalOf(hello({ identityToken }))).toEqual({
        code: 'notAllowed',
        reason: 'identity.refused',
      })
    }
    expect((await visitors()).length).toBe(count)
    expect((await hello({ identityToken: valid })).actor.isVerified).toBe(true)
  })

  it('is forgiven a clock that is 30 seconds off', async () => {
    expect(
      (await hello({ identityToken: await sign({ sub: 'b' }, { issuedAgo: -30 }) })).actor.isVerified,
    ).toBe(true)
    expect(
      (await hello({ identityToken: await sign({ sub: 'b' }, { issuedAgo: 629 }) })).actor.isVerified,
    ).toBe(true)
  })

  it('finds no way in with a key of another site or a revoked one', async () => {
    const { database, clock } = world.parts
    const key = 'a secret that only the other site has, long enough'
    const sealed = sealKey(world.parts, 'site_other', 'k9', key)
    const made = { created_at: clock.now(), created_by: 'Ines' }
    await insertKey(database, 'site_other', { kid: 'k9', algorithm: 'HS256', sealed_key: sealed, ...made })
    const identityToken = await sign({ sub: 'x' }, { kid: 'k9', key })
    expect((await hello({ identityToken, siteKey: 'other' })).actor.isVerified).toBe(true)
    expect(await refusalOf(hello({ identityToken }))).toMatchObject({ reason: 'identity.refused' })
    await revokeKey(database, 'site_other', 'k9', clock.now())
    expect(await refusalOf(hello({ identityToken, siteKey: 'other' }))).toMatchObject({
      reason: 'identity.refused',
    })
  })

  it('who is refused leaves a sentence for the installation page and a line in the audit log, once a minute', async () => {
    world.clock.advance(2 * minute)
    const audited = async () =>
      (await world.parts.database.query(`select reason from audit where action = 'identity.refused'`)).length
    const before = await audited()
    const identityToken = await sign({ sub: 'x' }, { key: 'a wrong secret, also long enough to be one' })
    for (let time = 0; time < 5; time += 1) await refusalOf(hello({ identityToken }))
    expect(await audited()).toBe(before + 1)
    const installed = await installationOf(world.parts.database, 'site_marlow')
    expect(installed?.identity_problem).toContain('signature')
    await hello({ identityToken: await sign({ sub: 'x' }) })
    expect((await installationOf(world.parts.database, 'site_marlow'))?.identity_problem).toBeNull()
  })

  it('without a signature is refused everywhere once the site requires one', async () => {
    const { visitorToken = '' } = await hello()
    await setRequired(true)
    const refused = { code: 'notAllowed', reason: 'identity.refused' }
    expect(await refusalOf(hello())).toEqual(refused)
    expect(await refusalOf(hello({ visitorToken }))).toEqual(refused)
    expect(await visitorByToken(world.parts, 'marlow', visitorToken)).toBeUndefined()
    const signed = await hello({ identityToken: await sign({ sub: 'buyer-15' }) })
    expect(await visitorByToken(world.parts, 'marlow', signed.visitorToken ?? '')).toBeDefined()
    await setRequired(false)
  })
})
