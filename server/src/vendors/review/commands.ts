import type { SiteCommands } from '../../app/site-command.ts'
import { takeApplication } from './apply.ts'
import { eraseCommands } from './erase-applicant.ts'
import { reviewCommands } from './review-vendor.ts'

export const applicationCommands: SiteCommands = {
  ...reviewCommands,
  ...eraseCommands,

  /** Limits of a site and of an address hold as for whoever applies by hand. */
  async submitApplication({ actor, input, sql, parts, origin }) {
    const { requestId: _, ...told } = input
    const { siteId } = actor
    const vendorId = parts.random.id('ven')
    const taken = await takeApplication(parts, sql, { siteId, vendorId, told, actor, ip: origin.ip })
    return { vendorId, ...taken }
  },
}
