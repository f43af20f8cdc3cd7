import type { Sql } from '../../storage/database.ts'

/** A product belongs to one vendor: naming it for another moves it there. */
export async function saveProducts(
  sql: Sql,
  siteId: string,
  vendorId: string,
  products: readonly { productId: string; name: string }[],
  at: Date,
): Promise<void> {
  await sql.query(
    `insert into vendor_products (site_id, product_id, vendor_id, name, saved_at)
     select $1, product_id, $2, name, $5 from unnest($3::text[], $4::text[]) as given (product_id, name)
     on conflict (site_id, product_id) do update set vendor_id = excluded.vendor_id, name = excluded.name,
       saved_at = excluded.saved_at`,
    [siteId, vendorId, products.map(({ productId }) => productId), products.map(({ name }) => name), at],
  )
}

export async function dropOtherProducts(
  sql: Sql,
  siteId: string,
  vendorId: string,
  kept: readonly string[],
): Promise<void> {
  await sql.query(
    'delete from vendor_products where site_id = $1 and vendor_id = $2 and product_id <> all($3::text[])',
    [siteId, vendorId, kept],
  )
}

export async function countProducts(sql: Sql, siteId: string, vendorId: string): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    'select count(*) as count from vendor_products where site_id = $1 and vendor_id = $2',
    [siteId, vendorId],
  )
  return row?.count ?? 0
}

export interface Ownership {
  /** The site has told us whose its products are, at least this vendor's. */
  isTold: boolean
  ownerId: string | null
}

export async function ownershipOf(
  sql: Sql,
  siteId: string,
  vendorId: string,
  productId: string,
): Promise<Ownership> {
  const [row] = await sql.query<{ is_told: boolean; owner: string | null }>(
    `select exists (select from vendor_products where site_id = $1 and vendor_id = $2) as is_told,
       (select vendor_id from vendor_products where site_id = $1 and product_id = $3) as owner`,
    [siteId, vendorId, productId],
  )
  return { isTold: row?.is_told === true, ownerId: row?.owner ?? null }
}
