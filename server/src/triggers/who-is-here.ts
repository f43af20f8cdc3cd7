import { isStorable } from '@parley/shared/protocol/texts.ts'
import type { Parts } from '../app/parts.ts'
import { presentIn, queueOfVendor, supportQueues } from '../intake/index.ts'
import { findSite, isOpenAt, presenceMs } from '../sites/index.ts'

type YesNo = 'yes' | 'no'

/** Is it open, is support there, is this vendor: as conditions of triggers ask. Any visitor could see the same. */
export async function whoIsHere(
  parts: Parts,
  siteKey: string,
  vendorId: string,
): Promise<{ open: YesNo; support: YesNo; vendor: YesNo } | undefined> {
  const site = await findSite(parts, siteKey)
  if (!site?.isEnabled) return
  const { database, clock } = parts
  const { siteId } = site
  const now = clock.now()
  const isOpen = isOpenAt(site.hours, now)
  const isAnybodyIn = async (queueIds: string[]) =>
    queueIds.length > 0 &&
    (await presentIn(database, siteId, queueIds, new Date(now.getTime() - presenceMs))).length > 0
  const support = (await supportQueues(database, siteId)).map((queue) => queue.queueId)
  const vendor =
    isStorable(vendorId) && vendorId ? await queueOfVendor(database, siteId, vendorId) : undefined
  return {
    open: yesNo(isOpen),
    support: yesNo(isOpen && (await isAnybodyIn(support))),
    vendor: yesNo(await isAnybodyIn(vendor ? [vendor.queueId] : [])),
  }
}

function yesNo(is: boolean): YesNo {
  return is ? 'yes' : 'no'
}
