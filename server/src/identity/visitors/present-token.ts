import { writeAudit } from '../../app/audit.ts'
import type { Parts } from '../../app/parts.ts'
import { announceRevoked } from '../revocations.ts'
import { tokenHash } from '../token-hash.ts'
import * as store from './store.ts'
import { familyOf, isNowKept, isRenewalDue, type Standing, standingOf } from './visit-token.ts'
import { isLive } from './visitor.ts'

/** A visit that goes on, and the token it was asked for with. */
export interface Presented {
  row: store.VisitorRow
  token: string
  hash: string
  standing: Standing
}

/** Nothing for unknown, ended and expired tokens alike. One that is over ends the visit, whoever else holds it. */
export async function presentToken(
  parts: Parts,
  siteId: string,
  token: string,
): Promise<Presented | undefined> {
  const hash = tokenHash(token)
  const now = parts.clock.now()
  const row =
    (await store.visitorByHash(parts.database, siteId, hash)) ??
    (await store.visitorByFamily(parts.database, siteId, tokenHash(familyOf(token))))
  if (!row || !isLive(row, now)) return undefined
  const standing = standingOf(row, hash, now)
  if (standing === 'over') {
    await endFamily(parts, row)
    return undefined
  }
  return { row, token, hash, standing }
}

/** At a connection: what the browser keeps from now on, when it is time for that. */
export async function renewToken(parts: Parts, presented: Presented): Promise<string | undefined> {
  const { row, token, hash, standing } = presented
  const at = parts.clock.now()
  const latest = { siteId: row.site_id, latestHash: row.token_hash, at }
  if (isNowKept(row, standing, at)) await store.noteKept(parts.database, latest)
  if (!isRenewalDue(row, standing, at)) return undefined
  const successor = familyOf(token) + parts.random.token()
  const isFollowed = await store.followToken(parts.database, {
    ...latest,
    presentedHash: hash,
    newHash: tokenHash(successor),
    familyHash: tokenHash(familyOf(token)),
  })
  return isFollowed ? successor : undefined
}

async function endFamily(parts: Parts, row: store.VisitorRow): Promise<void> {
  const actor = { kind: 'system', siteId: row.site_id, rule: 'identity' } as const
  const isEnded = await parts.database.transaction(async (sql) => {
    if (!(await store.endVisitorRow(sql, row.site_id, row.visitor_id, parts.clock.now()))) return false
    await writeAudit(sql, actor, {
      action: 'visit.tokenReused',
      result: 'refused',
      object: `visitor:${row.visitor_id}`,
    })
    return true
  })
  if (!isEnded) return
  parts.logger.warn({ siteId: row.site_id, visitorId: row.visitor_id }, 'An old token of a visit was used')
  announceRevoked(parts, { visitorId: row.visitor_id })
}
