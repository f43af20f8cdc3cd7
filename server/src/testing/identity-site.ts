import { generateKeyPairSync } from 'node:crypto'
import { SignJWT } from 'jose'
import { sealKey } from '../identity/keys/identity-key.ts'
import { insertKey } from '../identity/keys/store.ts'
import { defaultSettings } from '../sites/index.ts'
import { insertSite } from '../sites/store.ts'
import type { SiteWorld } from './site-world.ts'

export const identitySecret = 'a shared secret of the marketplace, long enough'
export const identityPair = generateKeyPairSync('ed25519')

/** A site with two vendors and two keys: k1 for HS256, k2 for EdDSA. */
export async function openIdentitySite(world: SiteWorld, siteKey: string): Promise<void> {
  const { database, clock } = world.parts
  const siteId = `site_${siteKey}`
  const at = clock.now()
  await insertSite(database, { siteId, siteKey, settings: defaultSettings(siteKey), at })
  const made = { created_at: at, created_by: 'Ines' }
  const seal = (kid: string, key: string) => sealKey(world.parts, siteId, kid, key)
  await insertKey(database, siteId, {
    kid: 'k1',
    algorithm: 'HS256',
    sealed_key: seal('k1', identitySecret),
    ...made,
  })
  const pem = identityPair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  await insertKey(database, siteId, { kid: 'k2', algorithm: 'EdDSA', sealed_key: seal('k2', pem), ...made })
  for (const [vendorId, externalId] of [
    ['ven_kiln', 'seller-7'],
    ['ven_lumen', 'seller-9'],
  ]) {
    await database.query(
      'insert into vendors (site_id, vendor_id, external_id, name) values ($1, $2, $3, $2)',
      [siteId, vendorId, externalId],
    )
  }
}

export interface TokenShape {
  kid?: string | null
  key?: string | typeof identityPair.privateKey
  alg?: string
  aud?: string
  life?: number
  issuedAgo?: number
  header?: Record<string, unknown>
}

/** What a marketplace's server would sign; `shape` bends it. */
export function signIdentity(
  world: SiteWorld,
  claims: Record<string, unknown>,
  shape: TokenShape = {},
): Promise<string> {
  const now = Math.floor(world.clock.now().getTime() / 1000) - (shape.issuedAgo ?? 0)
  const { kid = 'k1' } = shape
  const key = shape.key ?? identitySecret
  return new SignJWT(claims)
    .setProtectedHeader({ alg: shape.alg ?? 'HS256', ...(kid === null ? {} : { kid }), ...shape.header })
    .setAudience(shape.aud ?? 'parley')
    .setIssuedAt(now)
    .setExpirationTime(now + (shape.life ?? 600))
    .sign(typeof key === 'string' ? new TextEncoder().encode(key) : key)
}
