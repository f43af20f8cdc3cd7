import type { Sql } from '../storage/database.ts'

export interface VendorOfSite {
  site_id: string
  vendor_id: string
}

export async function vettingOver(sql: Sql, now: Date): Promise<VendorOfSite[]> {
  return sql.query<VendorOfSite>(
    'select site_id, vendor_id from vendors where is_active and vetted_until <= $1 order by site_id, vendor_id',
    [now],
  )
}

export async function onProbation(sql: Sql): Promise<VendorOfSite[]> {
  return sql.query<VendorOfSite>(
    `select site_id, vendor_id from vendors where state = 'probation' order by site_id, vendor_id`,
  )
}

export async function admittedVendors(sql: Sql, siteId: string): Promise<string[]> {
  const rows = await sql.query<{ vendor_id: string }>(
    'select vendor_id from vendors where site_id = $1 and is_active order by vendor_id',
    [siteId],
  )
  return rows.map((row) => row.vendor_id)
}

/** Vendors that may not answer and still have something open. */
export async function strandedVendors(sql: Sql): Promise<VendorOfSite[]> {
  return sql.query<VendorOfSite>(
    `select v.site_id, v.vendor_id from vendors v where not v.is_active and exists (
       select from conversations c where c.site_id = v.site_id and c.vendor_id = v.vendor_id and c.status <> 'closed')`,
  )
}
