import { keptByDefault, type Retention } from '@parley/shared/protocol/retention.ts'
import { writeAudit } from '../app/audit.ts'
import type { SiteCommands } from '../app/site-command.ts'
import { countOld } from '../audit/index.ts'
import * as store from './store.ts'

const dayMs = 24 * 60 * 60_000
const mostCounted = 100_000

export const retentionCommands: SiteCommands = {
  async viewRetention({ actor, sql }) {
    return { ...keptByDefault, ...(await store.retentionOf(sql, actor.siteId)) }
  },

  async countRetention({ actor, input, sql, parts }) {
    const { siteId } = actor
    const now = parts.clock.now().getTime()
    const { conversationDays, fileDays, personDays, auditDays } = input.retention
    const count = (days: number | null, find: (before: Date) => Promise<number>) =>
      days === null ? 0 : find(new Date(now - days * dayMs))
    const [conversations, files, people, auditLines, held] = await Promise.all([
      count(
        conversationDays,
        async (before) => (await store.conversationsOver(sql, siteId, before, mostCounted)).length,
      ),
      count(fileDays, async (before) => (await store.filesOver(sql, siteId, before, mostCounted)).length),
      count(personDays, async (before) => (await store.peopleOver(sql, siteId, before, mostCounted)).length),
      count(auditDays, (before) => countOld(sql, siteId, before, mostCounted)),
      count(conversationDays, (before) => store.countHeld(sql, siteId, before, mostCounted)),
    ])
    return { conversations, files, people, auditLines, held }
  },

  async saveRetention({ actor, input, sql, origin }) {
    const { siteId } = actor
    const before = { ...keptByDefault, ...(await store.retentionOf(sql, siteId)) }
    await store.saveRetention(sql, siteId, input.retention)
    await writeAudit(sql, actor, {
      action: 'retention.saved',
      object: `site:${siteId}`,
      reason: inWords(input.retention),
      ip: origin.ip,
      before,
      after: input.retention,
    })
    return input.retention
  },
}

function inWords({ conversationDays, fileDays, personDays, auditDays }: Retention): string {
  const days = (what: string, count: number | null) => (count === null ? [] : [`${what} ${count} days`])
  const set = [
    ...days('conversations', conversationDays),
    ...days('files', fileDays),
    ...days('people', personDays),
    ...days('audit', auditDays),
  ]
  return set.length === 0 ? 'nothing goes by itself' : set.join(', ')
}
