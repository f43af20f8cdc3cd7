import { askingMember } from '../../app/asking-member.ts'
import { Refused } from '../../app/refused.ts'
import type { SiteCommands } from '../../app/site-command.ts'
import { vendorIdNamed } from '../store.ts'
import { describeOwnVendor, describeStanding, describeVendor, summaryOf } from './describe-vendor.ts'
import { profilesOf } from './profile-store.ts'

export const profileCommands: SiteCommands = {
  async listVendorProfiles({ actor, sql }) {
    return { vendors: (await profilesOf(sql, actor.siteId)).map(summaryOf) }
  },

  async viewVendor({ actor, input, sql, parts }) {
    return describeVendor(parts, sql, actor.siteId, input.vendorId)
  },

  async viewVendorStanding({ actor, input, sql, parts }) {
    const vendorId = await vendorIdNamed(sql, actor.siteId, input.vendorId)
    if (vendorId === undefined) throw new Refused('notFound', 'vendor.unknown')
    return describeStanding(parts, sql, actor.siteId, vendorId)
  },

  async viewOwnVendor({ actor, sql, parts }) {
    const { siteId, vendorId } = askingMember(actor)
    if (vendorId === null) throw new Refused('notFound')
    return describeOwnVendor(parts, sql, siteId, vendorId)
  },
}
