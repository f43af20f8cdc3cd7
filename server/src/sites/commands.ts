import { isDeepStrictEqual } from 'node:util'
import { writeAudit } from '../app/audit.ts'
import { Refused } from '../app/refused.ts'
import type { SiteCommands } from '../app/site-command.ts'
import { cannedReplyCommands } from './canned-replies.ts'
import { checkSettings } from './check-settings.ts'
import type { StoredSettings } from './default-settings.ts'
import { newSiteKey } from './open-site.ts'
import { queueCommands } from './queues.ts'
import { queuesOf } from './queues-store.ts'
import { dropSite, loadSite } from './site.ts'
import * as store from './store.ts'

const settingsCommands: SiteCommands = {
  async viewSite({ actor, sql, parts }) {
    return loadSite(parts, actor.siteId, sql)
  },

  async saveSite({ actor, input, sql, parts, origin, afterCommit }) {
    const { siteId } = actor
    const before = await store.lockedSettings(sql, siteId)
    const queues = (await queuesOf(sql, siteId)).filter((queue) => queue.kind === 'support')
    const settings = checkSettings(
      input.settings as StoredSettings,
      queues.map((queue) => queue.queue_id),
    )
    await store.updateSettings(sql, siteId, settings)
    const reason = changesBetween(before, settings)
    await writeAudit(sql, actor, {
      action: 'site.saved',
      object: `site:${siteId}`,
      reason,
      ip: origin.ip,
      before,
      after: settings,
    })
    afterCommit(() => dropSite(parts, siteId))
    const saved = await store.siteById(sql, siteId)
    if (!saved) throw new Refused('notFound', 'site.unknown')
    return saved
  },

  async replaceSiteKey({ actor, sql, parts, origin, afterCommit }) {
    const { siteId } = actor
    const siteKey = newSiteKey(parts)
    await store.updateSiteKey(sql, siteId, siteKey)
    await writeAudit(sql, actor, {
      action: 'site.keyReplaced',
      object: `site:${siteId}`,
      ip: origin.ip,
    })
    afterCommit(() => dropSite(parts, siteId))
    return { siteKey }
  },

  async checkInstallation({ actor, sql, parts }) {
    const site = await loadSite(parts, actor.siteId, sql)
    const seen = await store.installationOf(sql, actor.siteId)
    const origins = await store.originsSeen(sql, actor.siteId)
    return {
      loaderSeenAt: seen?.loader_seen_at?.toISOString() ?? null,
      origins: origins.map(({ origin, seen_at }) => ({
        origin,
        seenAt: seen_at.toISOString(),
        isAllowed: site.allowedOrigins.includes(origin),
      })),
      identitySeenAt: seen?.identity_seen_at?.toISOString() ?? null,
      identityProblem: seen?.identity_problem ?? null,
    }
  },
}

/** Names of what changed: the values may hold what has no place in the audit log. */
function changesBetween(before: StoredSettings, after: StoredSettings): string {
  const names = Object.keys(after) as (keyof StoredSettings)[]
  const changed = names.filter((name) => !isDeepStrictEqual(before[name], after[name]))
  return changed.join(', ') || 'nothing'
}

export const siteCommands: SiteCommands = { ...settingsCommands, ...queueCommands, ...cannedReplyCommands }
