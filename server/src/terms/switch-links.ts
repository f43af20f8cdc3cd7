import { actorIdOf, authorOf } from '@parley/shared/people.ts'
import type { TermRules } from '@parley/shared/protocol/terms.ts'
import { writeAudit } from '../app/audit.ts'
import { Refused } from '../app/refused.ts'
import type { SiteCommand } from '../app/site-command.ts'
import { dropTermRules, termRulesNow, versionOf } from './current-rules.ts'
import { maskCards } from './mask.ts'
import * as store from './store.ts'

type LinksOff = TermRules['linksOff']
/** As many as the rules can be saved with. */
const mostVendors = 1_000

/** Pressed in a hurry: it waits for whoever saves the rules this moment and changes nothing else of them. */
export const switchLinks: SiteCommand<'switchLinks'> = async (context) => {
  const { actor, input, sql, parts, origin, afterCommit } = context
  const { siteId } = actor
  const { vendorId, isOff } = input
  if (vendorId !== null && (await store.unknownVendors(sql, siteId, [vendorId])).length > 0)
    throw new Refused('notFound', 'vendor.unknown')
  await store.lockTermRules(sql, siteId)
  const current = await termRulesNow(sql, siteId)
  const linksOff = turned(current.rules.linksOff, vendorId, isOff)
  if (linksOff === current.rules.linksOff) return current
  if (linksOff.vendorIds.length > mostVendors) throw new Refused('conflict', 'linksOff.full')
  const row = {
    version: current.version + 1,
    rules: { ...current.rules, linksOff },
    saved_at: parts.clock.now(),
    saved_by: authorOf(actor).name,
  }
  const isFirst = await store.appendTermRules(sql, siteId, { ...row, savedById: actorIdOf(actor) })
  if (!isFirst) throw new Refused('conflict', 'termRules.changed')
  await writeAudit(sql, actor, {
    action: isOff ? 'links.switchedOff' : 'links.switchedOn',
    object: `termRules:${row.version} of ${vendorId === null ? `site:${siteId}` : `vendor:${vendorId}`}`,
    reason: maskCards(input.reason),
    ip: origin.ip,
    before: current.rules,
    after: row.rules,
  })
  afterCommit(() => dropTermRules(parts, siteId))
  return versionOf(row)
}

/** The same value where nothing changes. */
function turned(linksOff: LinksOff, vendorId: string | null, isOff: boolean): LinksOff {
  const isOffNow = vendorId === null ? linksOff.vendors : linksOff.vendorIds.includes(vendorId)
  if (isOffNow === isOff) return linksOff
  if (vendorId === null) return { ...linksOff, vendors: isOff }
  const others = linksOff.vendorIds.filter((one) => one !== vendorId)
  return { ...linksOff, vendorIds: isOff ? [...others, vendorId] : others }
}
