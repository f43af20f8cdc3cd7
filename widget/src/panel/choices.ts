import type { Choice } from '@parley/shared/protocol/reading.ts'
import type { PanelSite } from '@parley/shared/protocol/site.ts'
import type { PageContext } from '../channel.ts'
import { say } from '../i18n/words.ts'
import { clock, opening, span } from './when.ts'

const supportFirst = /refund|payment|registration|checkout|account|safety/

/** Who can be asked, before the server has been heard: from the document and the page alone. */
export function firstChoices(site: PanelSite, context: PageContext): Choice[] {
  const about = context.product ?? context.order
  const support: Choice = {
    id: 'support',
    with: { kind: 'support', name: say('support', site.branding.name) },
    purpose: say('supportPurpose'),
    present: [],
    rating: null,
    standing: null,
    form: site.intake.support,
    ...site.support,
  }
  if (!about?.vendorId) return [support]
  const vendor: Choice = {
    ...support,
    id: about.vendorId,
    with: { kind: 'vendor', vendorId: about.vendorId, name: about.vendorName ?? say('vendor') },
    purpose: say('vendorPurpose'),
    isAvailable: true,
    usualReplyMs: null,
    opensAt: null,
    closesAt: null,
    form: site.intake.vendor,
  }
  return supportFirst.test(context.intent ?? '') ? [support, vendor] : [vendor, support]
}

/** The same beside a name, where there is little room. */
export function brief(choice: Choice, now: Date): string {
  const { isAvailable, opensAt, usualReplyMs, waitFromMs, waitToMs } = choice
  const wait = waitToMs ?? waitFromMs
  if (!isAvailable && !opensAt) return say('awayState')
  if (!isAvailable) return availability(choice, now)
  if (wait) return say('waitAbout', span(wait))
  return usualReplyMs ? say('replies', span(usualReplyMs)) : availability(choice, now)
}

/** One line on when an answer can be expected: never more than is known. */
export function availability(choice: Choice, now: Date): string {
  const { isAvailable, opensAt, closesAt, usualReplyMs, waitFromMs, waitToMs } = choice
  if (!isAvailable) {
    if (opensAt) return say('opens', opening(opensAt, now))
    return usualReplyMs ? say('away', span(usualReplyMs)) : say('closed')
  }
  const wait = waitToMs ?? waitFromMs
  if (closesAt && wait) return say('openWait', clock(closesAt), span(wait))
  if (wait) return say('waitAbout', span(wait))
  if (usualReplyMs) return say('onlineReplies', span(usualReplyMs))
  return closesAt ? say('openUntil', clock(closesAt)) : say('online')
}
