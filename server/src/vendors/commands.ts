import type { VendorSettings } from '@parley/shared/protocol/settings.ts'
import { writeAudit } from '../app/audit.ts'
import { Refused } from '../app/refused.ts'
import type { SiteCommands } from '../app/site-command.ts'
import * as store from './store.ts'

export const vendorCommands: SiteCommands = {
  async listVendors({ actor, sql }) {
    return { vendors: (await store.vendorsOf(sql, actor.siteId)).map(settingsOf) }
  },

  /** A new vendor gets its own queue, which its members serve. */
  async saveVendor({ actor, input, sql, parts, origin }) {
    const { siteId } = actor
    const { name, externalId, isActive } = input
    const vendorId = input.vendorId ?? parts.random.id('ven')
    if (input.vendorId !== null && !(await store.vendorById(sql, siteId, vendorId))) {
      throw new Refused('notFound', 'vendor.unknown')
    }
    if (await store.isNameTaken(sql, siteId, externalId, vendorId)) {
      throw new Refused('conflict', 'vendor.externalId', { field: 'externalId' })
    }
    const given = { vendorId, externalId, name, isActive }
    if (input.vendorId !== null) await store.updateVendor(sql, siteId, given)
    else await store.insertVendor(sql, siteId, { ...given, queueId: parts.random.id('que') })
    await writeAudit(sql, parts.clock, actor, {
      action: input.vendorId === null ? 'vendor.added' : 'vendor.saved',
      object: `vendor:${vendorId}`,
      reason: isActive ? 'active' : 'not active',
      ip: origin.ip,
    })
    const saved = await store.vendorById(sql, siteId, vendorId)
    if (!saved) throw new Error('A vendor that was just saved is not there')
    return settingsOf(saved)
  },
}

function settingsOf(row: store.VendorRow): VendorSettings {
  return {
    vendorId: row.vendor_id,
    name: row.name,
    externalId: row.external_id,
    isActive: row.is_active,
    queueId: row.queue_id,
  }
}
