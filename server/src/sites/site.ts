import type { SiteSettings } from '@parley/shared/protocol/settings.ts'
import { isStorable } from '@parley/shared/protocol/texts.ts'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import type { Database, Sql } from '../storage/database.ts'
import { siteById, siteByKey } from './store.ts'

/** Frozen: it is shared by everyone who asks until it is saved again. */
export type Site = Readonly<SiteSettings>

/** A change on another node shows within this time even when no hint of it arrives; on this node at once. */
const freshMs = 3_000
const sitesKept = 500

interface Kept {
  site: Site
  readAt: number
}

class SiteCache {
  private readonly byKey = new Map<string, Kept>()
  private readonly byId = new Map<string, Kept>()

  keep(site: Site, readAt: number): Site {
    if (this.byId.size >= sitesKept) {
      this.byKey.clear()
      this.byId.clear()
    }
    this.byKey.set(site.siteKey, { site, readAt })
    this.byId.set(site.siteId, { site, readAt })
    return site
  }

  find(name: 'byKey' | 'byId', id: string, now: number): Site | undefined {
    const kept = this[name].get(id)
    return kept && now - kept.readAt < freshMs ? kept.site : undefined
  }

  drop(siteId: string): void {
    const kept = this.byId.get(siteId)
    if (kept) this.byKey.delete(kept.site.siteKey)
    this.byId.delete(siteId)
  }
}

const caches = new WeakMap<Database, SiteCache>()

function cacheOf(parts: Pick<Parts, 'database'>): SiteCache {
  const cache = caches.get(parts.database) ?? new SiteCache()
  caches.set(parts.database, cache)
  return cache
}

/** The site of a key, enabled or not; unknown keys are not remembered, so nobody can fill the memory with them. */
export async function findSite(parts: Parts, siteKey: string): Promise<Site | undefined> {
  if (!isStorable(siteKey)) return undefined
  const cache = cacheOf(parts)
  const now = parts.clock.now().getTime()
  const kept = cache.find('byKey', siteKey, now)
  if (kept) return kept
  const site = await siteByKey(parts.database, siteKey)
  return site && cache.keep(site, now)
}

/** Inside a transaction pass its `sql`: the embedded database answers nobody else until it ends. */
export async function loadSite(parts: Parts, siteId: string, sql: Sql = parts.database): Promise<Site> {
  const cache = cacheOf(parts)
  const now = parts.clock.now().getTime()
  const kept = cache.find('byId', siteId, now)
  if (kept) return kept
  const site = await siteById(sql, siteId)
  if (!site) throw new Refused('notFound', 'site.unknown')
  // What a transaction sees may never be committed.
  return sql === parts.database ? cache.keep(site, now) : site
}

type Listener = (siteId: string) => void
const listenersOf = new WeakMap<Database, Set<Listener>>()

/** After the commit of a change. */
export function dropSite(parts: Pick<Parts, 'database'>, siteId: string): void {
  forgetSite(parts, siteId)
  for (const listener of listenersOf.get(parts.database) ?? []) listener(siteId)
}

/** Read it anew: it was changed on another node. */
export function forgetSite(parts: Pick<Parts, 'database'>, siteId: string): void {
  cacheOf(parts).drop(siteId)
}

/** A site was changed on this node. */
export function onSiteDropped(parts: Pick<Parts, 'database'>, listener: Listener): () => void {
  const listeners = listenersOf.get(parts.database) ?? new Set()
  listenersOf.set(parts.database, listeners)
  listeners.add(listener)
  return () => listeners.delete(listener)
}
