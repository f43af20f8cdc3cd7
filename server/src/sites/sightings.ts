import type { Parts } from '../app/parts.ts'
import type { Database } from '../storage/database.ts'
import { findSite } from './site.ts'
import { setIdentityProblem, setIdentitySeen, setLoaderSeen, setOriginSeen } from './store.ts'

/** What the installation page tells may be a minute old: no page view costs a write of its own. */
const quietMs = 60_000
const remembered = 10_000

const lastNoted = new WeakMap<Database, Map<string, number>>()

function isDue(parts: Parts, what: string): boolean {
  const noted = lastNoted.get(parts.database) ?? new Map<string, number>()
  lastNoted.set(parts.database, noted)
  const now = parts.clock.now().getTime()
  if (now - (noted.get(what) ?? Number.NEGATIVE_INFINITY) < quietMs) return false
  if (noted.size >= remembered) noted.clear()
  noted.set(what, now)
  return true
}

export async function noteLoaderServed(parts: Parts, siteKey: string): Promise<void> {
  await quietly(parts, async () => {
    const site = await findSite(parts, siteKey)
    if (!site || !isDue(parts, `loader:${site.siteId}`)) return
    await setLoaderSeen(parts.database, site.siteId, parts.clock.now())
  })
}

/** `origin` is of the page that opened the panel, as the browser names it. */
export async function notePanelOpened(parts: Parts, siteKey: string, origin: string): Promise<void> {
  await quietly(parts, async () => {
    const site = await findSite(parts, siteKey)
    if (!site || !/^https?:\/\/[A-Za-z0-9.:[\]-]{1,255}$/.test(origin)) return
    if (!isDue(parts, `origin:${site.siteId}:${origin}`)) return
    await setOriginSeen(parts.database, site.siteId, origin, parts.clock.now())
  })
}

/** Nobody waits for these notes: no page fails because one could not be written. */
async function quietly(parts: Parts, note: () => Promise<void>): Promise<void> {
  try {
    await note()
  } catch (error) {
    parts.logger.warn({ err: error }, 'What an installation did could not be noted')
  }
}

export async function noteIdentitySeen(parts: Parts, siteId: string): Promise<void> {
  if (isDue(parts, `identity:${siteId}`)) await setIdentitySeen(parts.database, siteId, parts.clock.now())
}

/** True when it was noted: the caller audits refusals no more often than they are noted. */
export async function noteIdentityProblem(parts: Parts, siteId: string, problem: string): Promise<boolean> {
  if (!isDue(parts, `problem:${siteId}:${problem}`)) return false
  await setIdentityProblem(parts.database, siteId, problem)
  lastNoted.get(parts.database)?.delete(`identity:${siteId}`)
  return true
}
