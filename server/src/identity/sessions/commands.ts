import { askingMember } from '../../app/asking-member.ts'
import { writeAudit } from '../../app/audit.ts'
import { Refused } from '../../app/refused.ts'
import type { SiteCommands } from '../../app/site-command.ts'
import { announceRevoked } from '../revocations.ts'
import { describeMember } from './me.ts'
import { saveKeyboard } from './save-keyboard.ts'
import { liveSince } from './session.ts'
import * as store from './store.ts'

export const sessionCommands: SiteCommands = {
  saveKeyboard,

  async describeMe({ actor, sql, parts }) {
    // Whoever had to enrol first would not have been heard.
    return describeMember(parts, sql, askingMember(actor), false)
  },

  async listSessions({ actor, sql, parts, origin }) {
    const { createdAfter, seenAfter } = liveSince(parts)
    const rows = await store.sessionsOf(sql, askingMember(actor).accountId, createdAfter, seenAfter)
    return {
      sessions: rows.map((row) => ({
        sessionId: row.session_id,
        memberName: row.name,
        createdAt: row.created_at.toISOString(),
        lastSeenAt: row.last_seen_at.toISOString(),
        userAgent: row.user_agent,
        isCurrent: row.session_id === origin.sessionId,
      })),
    }
  },

  async endSession({ actor, input, sql, parts, origin, afterCommit }) {
    const member = askingMember(actor)
    const { sessionId } = input
    // Only sessions of the own account are found; whose another id is, nobody learns.
    const isEnded = await store.deleteSession(sql, member.accountId, sessionId)
    if (!isEnded) throw new Refused('notFound', 'session.unknown')
    await writeAudit(sql, member, {
      action: 'session.ended',
      object: `session:${sessionId}`,
      ip: origin.ip,
    })
    afterCommit(() => announceRevoked(parts, { sessionId }))
    return {}
  },
}
