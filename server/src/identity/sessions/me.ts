import type { Me } from '@parley/shared/protocol/reading.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import { isOnForAnybody } from '../../rollout/index.ts'
import { areRoomsOnFor } from '../../rooms/index.ts'
import { loadSite } from '../../sites/index.ts'
import type { Sql } from '../../storage/database.ts'
import { meOf, sitesOf } from './store.ts'

/** What the console shows about the person who is signed in, in the site the session is for. */
export async function describeMember(
  parts: Parts,
  sql: Sql,
  member: { siteId: string; memberId: string },
  /** As their session has it; by default what the site asks of somebody who came with a password. */
  mustEnrolTotp?: boolean,
): Promise<Me> {
  const row = await meOf(sql, member.siteId, member.memberId)
  if (!row) throw new Refused('notAllowed', 'signIn.needed')
  const sites = await sitesOf(sql, row.account_id)
  const { totpRoles } = await loadSite(parts, row.site_id, sql)
  return {
    memberId: row.member_id,
    accountId: row.account_id,
    siteId: row.site_id,
    siteName: row.site_name,
    name: row.name,
    email: row.email,
    role: row.role,
    vendorId: row.vendor_id,
    vendorName: row.vendor_name,
    vendorState: row.vendor_state,
    availability: row.availability,
    capacity: row.capacity,
    queueIds: row.queue_ids,
    hasTotp: row.has_totp,
    mustEnrolTotp: mustEnrolTotp ?? (!row.has_totp && totpRoles.includes(row.role)),
    typingPreview: await isOnForAnybody(parts, row.site_id, 'moderation.typingPreview', sql),
    keyboard: row.keyboard,
    areRoomsOn: await areRoomsOnFor(parts, sql, row.site_id, row.vendor_id),
    sites: sites.map((site) => ({ siteId: site.site_id, name: site.name, role: site.role })),
  }
}
