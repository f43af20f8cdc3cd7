import type { Actor } from '@parley/shared/people.ts'
import type { NewEvent } from '@parley/shared/protocol/events.ts'
import { localeOf } from '../identity/index.ts'
import { loadTermRules, refuseBlockedHosts } from '../terms/index.ts'
import type { Parts } from './parts.ts'

/** Made before the lock, asked under it: the same events, or a refusal where they would send somebody to a blocked host. */
export async function hostsGuard(
  parts: Parts,
  actor: Actor,
): Promise<(events: readonly NewEvent[]) => readonly NewEvent[]> {
  const { blockedHosts } = (await loadTermRules(parts, actor.siteId)).rules
  const locale = blockedHosts.length > 0 ? await localeFor(parts, actor) : null
  return (events) => {
    refuseBlockedHosts(events, blockedHosts, locale)
    return events
  }
}

/** Of a customer's browser; members read English. */
export async function localeFor(parts: Parts, actor: Actor): Promise<string | null> {
  return actor.kind === 'customer' ? localeOf(parts.database, actor.siteId, actor.visitorId) : null
}
