import type { KeyActor } from '@parley/shared/people.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import { tokenHash } from '../token-hash.ts'
import * as store from './store.ts'

/** A marketplace rotates by letting the old and the new key live side by side. */
export const liveKeysAllowed = 2

const prefix = 'pk_'

export function newSecret(parts: Pick<Parts, 'random'>): string {
  return `${prefix}${parts.random.token()}`
}

/** Longer than a visitor's token, which may begin with these letters by chance. */
const shape = /^pk_[A-Za-z0-9_-]{43}$/

export function looksLikeKey(bearer: string): boolean {
  return shape.test(bearer)
}

/** Asked of the database at each request: a revoked key opens nothing from the commit on, on any node. */
export async function recogniseKey(parts: Parts, secret: string): Promise<KeyActor> {
  const row = await store.liveKeyByHash(parts.database, tokenHash(secret))
  if (!row) throw new Refused('notAllowed', 'apiKey.refused')
  await store.touchKey(parts.database, row.site_id, row.key_id, parts.clock.now())
  return { kind: 'key', siteId: row.site_id, keyId: row.key_id, name: row.name, scopes: row.scopes }
}
