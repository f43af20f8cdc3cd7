import { actorIdOf, authorOf } from '@parley/shared/people.ts'
import { writeAudit } from '../app/audit.ts'
import { Refused } from '../app/refused.ts'
import type { SiteCommands } from '../app/site-command.ts'
import { dropTermRules, initialTermRules, termRulesNow, versionOf } from './current-rules.ts'
import * as store from './store.ts'
import { switchLinks } from './switch-links.ts'
import { tryRules } from './try-rules.ts'

const dayMs = 86_400_000
/** A trial reads this much at most, whatever happened in its days. */
const mostConversations = 500
const mostMessages = 2_000

export const termsCommands: SiteCommands = {
  async listTermRules({ actor, input, sql }) {
    const before = input.before ?? null
    const rows = await store.termRulesOf(sql, actor.siteId, { before, limit: input.limit })
    const versions = rows.map(versionOf)
    if (rows.length === input.limit) return { versions, before: rows.at(-1)?.version ?? null }
    return { versions: [...versions, initialTermRules], before: null }
  },

  async saveTermRules({ actor, input, sql, parts, origin, afterCommit }) {
    const { siteId } = actor
    const unknown = await store.unknownVendors(sql, siteId, input.rules.linksOff.vendorIds)
    if (unknown.length > 0)
      throw new Refused('invalid', 'vendor.unknown', { field: 'rules.linksOff.vendorIds' })
    await store.lockTermRules(sql, siteId)
    const [previous] = await store.termRulesOf(sql, siteId, { before: null, limit: 1 })
    const before = previous ? versionOf(previous).rules : initialTermRules.rules
    const row = {
      version: input.from + 1,
      rules: { ...input.rules, blockedHosts: input.rules.blockedHosts ?? before.blockedHosts },
      saved_at: parts.clock.now(),
      saved_by: authorOf(actor).name,
    }
    const isFirst = await store.appendTermRules(sql, siteId, { ...row, savedById: actorIdOf(actor) })
    if (!isFirst) throw new Refused('conflict', 'termRules.changed')
    await writeAudit(sql, actor, {
      action: 'termRules.saved',
      object: `termRules:${row.version}`,
      ip: origin.ip,
      before,
      after: row.rules,
    })
    afterCommit(() => dropTermRules(parts, siteId))
    return versionOf(row)
  },

  switchLinks,

  async tryTermRules({ actor, input, sql, parts }) {
    const rows = await store.pastMessages(sql, actor.siteId, {
      since: new Date(parts.clock.now().getTime() - input.days * dayMs),
      conversations: mostConversations,
      messages: mostMessages + 1,
    })
    const { rules } = await termRulesNow(sql, actor.siteId)
    const { blockedHosts = rules.blockedHosts } = input.rules
    return tryRules({ ...input.rules, blockedHosts }, rows, mostMessages)
  },
}
