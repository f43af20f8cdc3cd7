import { actorIdOf } from '@parley/shared/people.ts'
import { stateAfter } from '@parley/shared/vendors/life-cycle.ts'
import { writeAudit } from '../../app/audit.ts'
import { Refused } from '../../app/refused.ts'
import type { SiteCommands } from '../../app/site-command.ts'
import { erasePersonFromAudit } from '../../audit/index.ts'
import { sweep } from '../../erasure/index.ts'
import { moveVendor } from '../states/move-vendor.ts'
import { lockState } from '../states/states-store.ts'
import { findApplication } from './application-store.ts'
import { applicantOf } from './apply.ts'
import { blankApplicant, hasMembers, takeDocuments } from './erase-store.ts'

/** For good: what they wrote, gave and were called. That somebody applied, and what was decided, stays. */
export const eraseCommands: SiteCommands = {
  async eraseApplicant({ actor, input, sql, parts, origin }) {
    const { siteId } = actor
    const { vendorId, reason } = input
    const standing = await lockState(sql, siteId, vendorId)
    const application = standing && (await findApplication(sql, siteId, vendorId))
    if (!standing || !application) throw new Refused('notFound', 'vendor.unknown')
    if (application.is_erased) throw new Refused('conflict', 'person.erased')
    if (await hasMembers(sql, siteId, vendorId)) throw new Refused('conflict', 'vendor.members')
    if (stateAfter(standing.state, 'refuse') !== undefined)
      await moveVendor(parts, sql, actor, {
        vendorId,
        act: 'refuse',
        why: 'Asked to be erased',
        ip: origin.ip,
      })
    const fileIds = await takeDocuments(sql, siteId, vendorId)
    await sweep(parts, sql, siteId, fileIds)
    await blankApplicant(sql, siteId, vendorId)
    const object = `vendor:${vendorId}`
    await erasePersonFromAudit(sql, {
      siteId,
      actorId: actorIdOf(applicantOf(siteId, vendorId)),
      objects: [object],
    })
    await writeAudit(sql, actor, { action: 'applicant.erased', object, reason, ip: origin.ip })
    return { documents: fileIds.length }
  },
}
