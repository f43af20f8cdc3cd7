import { writeAudit } from '../../app/audit.ts'
import { Refused } from '../../app/refused.ts'
import type { SiteCommands } from '../../app/site-command.ts'
import { vendorById, vendorIdNamed } from '../store.ts'
import { countProducts, dropOtherProducts, saveProducts } from './products-store.ts'

export const productCommands: SiteCommands = {
  async saveVendorProducts({ actor, input, sql, parts, origin }) {
    const { siteId } = actor
    const { isAll } = input
    const vendorId = await vendorIdNamed(sql, siteId, input.vendorId)
    if (vendorId === undefined || !(await vendorById(sql, siteId, vendorId)))
      throw new Refused('notFound', 'vendor.unknown')
    const products = [...new Map(input.products.map((one) => [one.productId, one])).values()]
    await saveProducts(sql, siteId, vendorId, products, parts.clock.now())
    if (isAll)
      await dropOtherProducts(
        sql,
        siteId,
        vendorId,
        products.map(({ productId }) => productId),
      )
    await writeAudit(sql, actor, {
      action: 'vendor.productsSaved',
      object: `vendor:${vendorId}`,
      reason: `${products.length} products${isAll ? ', all of them' : ''}`,
      ip: origin.ip,
    })
    return { products: await countProducts(sql, siteId, vendorId) }
  },
}
