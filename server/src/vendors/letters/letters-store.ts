import type { Sql } from '../../storage/database.ts'
import { contactOf } from '../store.ts'

/** Who of a vendor learns what is decided about it: everybody who has not been disabled. */
export async function peopleToTell(sql: Sql, siteId: string, vendorId: string): Promise<string[]> {
  const rows = await sql.query<{ member_id: string }>(
    `select member_id from members where site_id = $1 and vendor_id = $2 and disabled_at is null order by member_id`,
    [siteId, vendorId],
  )
  return rows.map((row) => row.member_id)
}

/** Asked when it is sent: whoever has left the vendor since gets nothing. */
export async function recipientOf(
  sql: Sql,
  siteId: string,
  vendorId: string,
  memberId: string | undefined,
): Promise<{ email: string; vendor: string } | undefined> {
  const [vendor] = await sql.query<{ name: string }>(
    'select name from vendors where site_id = $1 and vendor_id = $2',
    [siteId, vendorId],
  )
  if (!vendor) return undefined
  if (memberId === undefined) {
    const contact = await contactOf(sql, siteId, vendorId)
    return contact && { email: contact.email, vendor: vendor.name }
  }
  const [member] = await sql.query<{ email: string }>(
    `select a.email from members m join accounts a on a.account_id = m.account_id
     where m.site_id = $1 and m.vendor_id = $2 and m.member_id = $3 and m.disabled_at is null`,
    [siteId, vendorId, memberId],
  )
  return member && { email: member.email, vendor: vendor.name }
}
