import type { Parts } from '../app/parts.ts'
import { keepNotice } from './notices-store.ts'

const mostRemembered = 1_000
const versions = new WeakMap<Parts, Map<string, number>>()

/** The version of a site's notice with these words. */
export async function noticeVersion(parts: Parts, siteId: string, words: string): Promise<number> {
  const known = versions.get(parts) ?? new Map<string, number>()
  versions.set(parts, known)
  const key = JSON.stringify([siteId, words])
  const version = known.get(key) ?? (await keepNotice(parts.database, siteId, words, parts.clock.now()))
  if (known.size >= mostRemembered) known.clear()
  known.set(key, version)
  return version
}
