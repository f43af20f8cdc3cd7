import type { Sql } from '../../storage/database.ts'
import { ownershipOf } from './products-store.ts'

/**
 * May this vendor be asked about this product? Where the marketplace has told whose its products are, that decides and
 * the page's word does not; where it has not, a product is a label.
 */
export async function sellsProduct(
  sql: Sql,
  siteId: string,
  vendorId: string,
  productId: string,
): Promise<boolean> {
  const { isTold, ownerId } = await ownershipOf(sql, siteId, vendorId, productId)
  return ownerId === null ? !isTold : ownerId === vendorId
}
