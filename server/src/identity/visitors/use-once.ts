import type { Parts } from '../../app/parts.ts'
import type { OneUse } from '../keys/verify-identity.ts'
import { tokenHash } from '../token-hash.ts'
import * as store from './store.ts'

/**
 * A token that names itself is good for the visit it was first used in: its tabs and connections say it again. Of any number
 * of others, on any node, the first wins. Who shows what opened that visit before its person signed in is still that browser.
 */
export async function mayUse(
  parts: Parts,
  siteId: string,
  use: OneUse | undefined,
  visit: { visitorId: string; visitorToken: string | undefined },
): Promise<boolean> {
  if (use === undefined) return true
  const { visitorId, visitorToken } = visit
  const { useHash, expiresAt } = use
  const now = parts.clock.now()
  const given = { siteId, useHash, visitorId, expiresAt, now }
  if (await store.claimIdentity(parts.database, given)) return true
  if (visitorToken === undefined) return false
  return store.isClaimedBefore(parts.database, siteId, useHash, tokenHash(visitorToken))
}
