import type { CustomerActor } from '@parley/shared/people.ts'
import type { Parts } from '../../app/parts.ts'
import type { VisitorRow } from './store.ts'
import { touchVisitor } from './store.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** An anonymous browser finds its own chats for this long; it reads nothing else. */
const anonymousLifeMs = 30 * dayMs
const identifiedIdleMs = 30 * minuteMs
const identifiedLifeMs = dayMs

export function actorOf(row: VisitorRow): CustomerActor {
  const isVerified = row.identified_at !== null && row.sub !== null
  return {
    kind: 'customer',
    siteId: row.site_id,
    visitorId: row.visitor_id,
    contactId: row.contact_id,
    role: isVerified ? row.role : 'buyer',
    isVerified,
    name: row.name,
    orders: isVerified ? row.orders : [],
    vendorId: isVerified ? row.vendor_id : null,
    ...(row.blocked_at === null ? {} : { isBlocked: true }),
  }
}

export function isLive(row: VisitorRow, now: Date): boolean {
  return row.ended_at === null && row.expires_at > now
}

/** Anonymous: 30 days from the first visit. Identified: 30 minutes from the last sign of life, 24 hours in all. */
export function expiryOf(since: { createdAt: Date; identifiedAt: Date | null }, now: Date): Date {
  const end = endOf(since).getTime()
  if (since.identifiedAt === null) return new Date(end)
  return new Date(Math.min(now.getTime() + identifiedIdleMs, end))
}

/** After this a fresh identity token is needed, whatever happens until then. */
export function identityEndOf(identifiedAt: Date | null): Date | null {
  return identifiedAt && new Date(identifiedAt.getTime() + identifiedLifeMs)
}

function endOf(since: { createdAt: Date; identifiedAt: Date | null }): Date {
  return identityEndOf(since.identifiedAt) ?? new Date(since.createdAt.getTime() + anonymousLifeMs)
}

/** A sign of life, written at most once a minute. */
export async function keepAlive(parts: Parts, row: VisitorRow): Promise<void> {
  const now = parts.clock.now()
  if (now.getTime() - row.last_seen_at.getTime() < minuteMs) return
  const expiresAt = expiryOf({ createdAt: row.created_at, identifiedAt: row.identified_at }, now)
  await touchVisitor(parts.database, row.site_id, row.visitor_id, now, expiresAt)
}
