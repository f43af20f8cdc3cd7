import type { Actor } from '@parley/shared/people.ts'
import type { MemberExport, WrittenByMember } from '@parley/shared/protocol/privacy.ts'
import { auditRead } from '../../app/audit-reads.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import type { Sql } from '../../storage/database.ts'
import { filesBy } from '../store.ts'
import * as store from './export-store.ts'

const mostWritten = 50_000
const mostFiles = 10_000

/** For whoever may erase; on record before anything is given. */
export async function takeMember(
  parts: Parts,
  sql: Sql,
  actor: Actor,
  memberId: string,
  from: { ip: string; sessionId: string | null },
): Promise<MemberExport> {
  const { siteId } = actor
  const row = await store.findMember(sql, siteId, memberId)
  if (!row) throw new Refused('notFound', 'member.unknown')
  await auditRead(parts, actor, { action: 'member.exported', object: `member:${memberId}`, ...from })
  const [sessions, written, mentions, watches, reviews, certificates, attempts, files] = await Promise.all([
    store.sessionsOf(sql, memberId),
    store.writtenBy(sql, siteId, memberId, mostWritten),
    store.mentionsOf(sql, siteId, memberId),
    store.watchesOf(sql, siteId, memberId),
    store.reviewsAbout(sql, siteId, memberId),
    store.certificatesOf(sql, siteId, memberId),
    store.attemptsOf(sql, siteId, memberId),
    filesBy(sql, siteId, memberId, mostFiles),
  ])
  return {
    parley: 'member',
    exportedAt: parts.clock.now().toISOString(),
    siteId,
    member: {
      memberId: row.member_id,
      name: row.name,
      role: row.role,
      vendorId: row.vendor_id,
      availability: row.availability,
      capacity: row.capacity,
      isInvited: row.is_invited,
      disabledAt: iso(row.disabled_at),
      queues: row.queues,
    },
    account: {
      email: row.email,
      createdAt: row.created_at.toISOString(),
      hasPassword: row.has_password,
      hasTotp: row.has_totp,
      hasSingleSignOn: row.has_sso,
      keyboard: row.keyboard,
    },
    sessions: sessions.map((session) => ({
      createdAt: session.created_at.toISOString(),
      lastSeenAt: session.last_seen_at.toISOString(),
      userAgent: session.user_agent,
      isSingleSignOn: session.is_sso,
    })),
    conversations: byConversation(written),
    mentions: mentions.map((one) => ({ conversationId: one.conversation_id, readAt: iso(one.read_at) })),
    watches: watches.map((watch) => ({
      conversationId: watch.conversation_id,
      startedAt: watch.started_at.toISOString(),
      endedAt: iso(watch.ended_at),
      reason: watch.reason,
    })),
    reviews: reviews.map(({ conversation_id, finished_at, ...review }) => ({
      conversationId: conversation_id,
      finishedAt: iso(finished_at),
      ...review,
    })),
    certificates: certificates.map((one) => ({
      module: one.title,
      version: one.version,
      givenAt: one.given_at.toISOString(),
      expiresAt: one.expires_at.toISOString(),
    })),
    attempts: attempts.map(({ title, at, ...attempt }) => ({
      module: title,
      at: at.toISOString(),
      ...attempt,
    })),
    files,
    isCut: written.length >= mostWritten || files.length >= mostFiles,
  }
}

function byConversation(written: readonly store.WrittenRow[]): MemberExport['conversations'] {
  const found = new Map<store.WrittenRow['conversation_id'], WrittenByMember[]>()
  for (const { conversation_id, type, at, text, files } of written) {
    const wrote = found.get(conversation_id) ?? []
    wrote.push({ at: at.toISOString(), type, text, files })
    found.set(conversation_id, wrote)
  }
  return [...found].map(([conversationId, wrote]) => ({ conversationId, wrote }))
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null
}
