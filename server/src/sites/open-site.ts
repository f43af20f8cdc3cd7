import type { Parts } from '../app/parts.ts'
import type { Sql } from '../storage/database.ts'
import { defaultSettings, type StoredSettings } from './default-settings.ts'
import { insertQueue } from './queues-store.ts'
import { hasAnySite, insertSite, siteById } from './store.ts'

export function hasSites(sql: Sql): Promise<boolean> {
  return hasAnySite(sql)
}

export function newSiteKey(parts: Parts): string {
  // A key is public: it names the site, it opens nothing.
  return parts.random.id('key').slice('key_'.length).replace(/[-_]/g, '0').slice(0, 16)
}

/** A site with sensible settings and one support queue, whose id it answers. */
export async function openSite(
  parts: Parts,
  sql: Sql,
  site: { siteId: string; name: string; siteKey?: string; settings?: StoredSettings; queueId?: string },
): Promise<string> {
  const queueId = site.queueId ?? parts.random.id('que')
  await insertSite(sql, {
    siteId: site.siteId,
    siteKey: site.siteKey ?? newSiteKey(parts),
    settings: site.settings ?? defaultSettings(site.name),
    at: parts.clock.now(),
  })
  await insertQueue(sql, site.siteId, {
    queueId,
    name: 'Support',
    kind: 'support',
    vendorId: null,
    mode: 'offer',
    offerSeconds: 45,
  })
  return queueId
}

export async function siteKeyOf(sql: Sql, siteId: string): Promise<string> {
  const site = await siteById(sql, siteId)
  if (!site) throw new Error(`The site ${siteId} is not there`)
  return site.siteKey
}
