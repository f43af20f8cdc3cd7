import type { VendorState } from '@parley/shared/vendors/life-cycle.ts'
import type { Sql } from '../storage/database.ts'
import { openWays } from './review/applicant-ways.ts'

export interface VendorRow {
  vendor_id: string
  external_id: string
  name: string
  state: VendorState
  is_active: boolean
  queue_id: string
}

const vendor = `select v.vendor_id, v.external_id, v.name, v.state, v.is_active, q.queue_id
  from vendors v
  join queues q on q.site_id = v.site_id and q.vendor_id = v.vendor_id and q.removed_at is null
  where v.site_id = $1`

export async function vendorsOf(sql: Sql, siteId: string): Promise<VendorRow[]> {
  return sql.query<VendorRow>(`${vendor} order by v.name, v.vendor_id`, [siteId])
}

export async function vendorById(sql: Sql, siteId: string, vendorId: string): Promise<VendorRow | undefined> {
  const [row] = await sql.query<VendorRow>(`${vendor} and v.vendor_id = $2`, [siteId, vendorId])
  return row
}

/** By our id or by the marketplace's own; no name means two vendors (see `isNameTaken`). */
export async function vendorIdNamed(sql: Sql, siteId: string, name: string): Promise<string | undefined> {
  const [row] = await sql.query<{ vendor_id: string }>(
    'select vendor_id from vendors where site_id = $1 and (vendor_id = $2 or external_id = $2)',
    [siteId, name],
  )
  return row?.vendor_id
}

/** An external id is taken when it names another vendor in either of the two ways a signed identity may. */
export async function isNameTaken(
  sql: Sql,
  siteId: string,
  externalId: string,
  exceptVendorId: string,
): Promise<boolean> {
  await sql.query('select site_id from sites where site_id = $1 for update', [siteId])
  const rows = await sql.query(
    `select 1 as one from vendors
     where site_id = $1 and vendor_id <> $3 and (external_id = $2 or vendor_id = $2) limit 1`,
    [siteId, externalId, exceptVendorId],
  )
  return rows.length > 0
}

export async function insertVendor(
  sql: Sql,
  siteId: string,
  given: { vendorId: string; externalId: string; name: string; queueId: string; at: Date },
): Promise<void> {
  await sql.query(
    'insert into vendors (site_id, vendor_id, external_id, name, state_since) values ($1, $2, $3, $4, $5)',
    [siteId, given.vendorId, given.externalId, given.name, given.at],
  )
  await sql.query(
    `insert into queues (site_id, queue_id, name, kind, vendor_id) values ($1, $2, $3, 'vendor', $4)`,
    [siteId, given.queueId, given.name, given.vendorId],
  )
}

/** The queue carries the vendor's name, so that lists agree. */
export async function updateVendor(
  sql: Sql,
  siteId: string,
  given: { vendorId: string; externalId: string; name: string },
): Promise<void> {
  await sql.query('update vendors set external_id = $3, name = $4 where site_id = $1 and vendor_id = $2', [
    siteId,
    given.vendorId,
    given.externalId,
    given.name,
  ])
  await sql.query('update queues set name = $3 where site_id = $1 and vendor_id = $2', [
    siteId,
    given.vendorId,
    given.name,
  ])
}

/** Whom letters to a vendor go to: who applied for it, else its first member. */
export async function contactOf(
  sql: Sql,
  siteId: string,
  vendorId: string,
): Promise<{ name: string; email: string } | undefined> {
  const rows = await sql.query<{ name: string; email: string; turn: number }>(
    `select name, email, turn from (
       select contact_name as name, email, 0 as turn from vendor_applications
       where site_id = $1 and vendor_id = $2 and email <> ''
       union all
       select m.name, a.email, 1 from members m join accounts a on a.account_id = m.account_id
       where m.site_id = $1 and m.vendor_id = $2 and m.disabled_at is null) as known
     order by turn, name limit 2`,
    [siteId, vendorId],
  )
  return rows
    .map(({ name, email, turn }) => ({
      name,
      email: turn > 0 ? email : openWays(sql.seal, { siteId, vendorId }, { email, phone: null }).email,
    }))
    .find(({ email }) => email !== '')
}
