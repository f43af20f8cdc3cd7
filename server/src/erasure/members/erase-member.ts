import type { MemberId } from '@parley/shared/ids.ts'
import { writeAudit } from '../../app/audit.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import type { SiteContext } from '../../app/site-command.ts'
import { erasePersonFromAudit } from '../../audit/index.ts'
import type { Log } from '../../conversations/index.ts'
import { announceRevoked } from '../../identity/index.ts'
import { sweep } from '../companion.ts'
import * as store from './member-store.ts'

const eraseMemberJob = 'eraseMember'
const atOnce = 500
/** Well within the lease of a timer: the rest is another turn. */
const longestTurnMs = 20_000
/** By then every node has noticed that they may nothing any more (A3): what named them meanwhile is found. */
const lookAgainMs = 90_000

interface Job {
  siteId: string
  memberId: MemberId
  /** Conversations up to this id are done. */
  after: string
  isAgain?: boolean
}

/** Who they were is gone with its commit; in conversations, which may be many, it is promised. */
export async function eraseMember({
  actor,
  input,
  sql,
  parts,
  origin,
  afterCommit,
}: SiteContext<'eraseMember'>): Promise<Record<string, never>> {
  const { siteId } = actor
  const { memberId, reason } = input
  const row = await store.lockMember(sql, siteId, memberId)
  if (!row) throw new Refused('notFound', 'member.unknown')
  if (row.erased_at) throw new Refused('conflict', 'person.erased')
  // Whoever is switched off is not the last admin, nor oneself, and nothing waits for them.
  if (!row.disabled_at) throw new Refused('conflict', 'member.active')
  const names = await store.namesOf(sql, siteId, memberId)
  const sessionIds = await store.endSessions(sql, memberId)
  await store.removeOwn(sql, siteId, memberId, row.email)
  await store.blankWordsAbout(sql, siteId, memberId)
  await store.blankSignatures(sql, siteId, memberId, names)
  if (row.vendor_id !== null)
    await store.blankContact(sql, siteId, row.vendor_id, { email: row.email, names })
  await sweep(parts, sql, siteId, await store.takeUnsent(sql, siteId, memberId))
  const at = parts.clock.now()
  await store.blankMember(sql, siteId, memberId, { accountId: parts.random.id('acc'), at })
  await store.removeAccount(sql, row.account_id)
  const object = `member:${memberId}`
  await erasePersonFromAudit(sql, { siteId, actorId: memberId, objects: [object] })
  await writeAudit(sql, actor, { action: 'member.erased', object, reason, ip: origin.ip })
  await parts.timers.set(sql, eraseMemberJob, memberId, at, { siteId, memberId, after: '' })
  afterCommit(() => {
    announceRevoked(parts, { memberId })
    for (const sessionId of sessionIds) announceRevoked(parts, { sessionId })
  })
  return {}
}

/** Runs once across all nodes and goes on where it was, whatever stops. */
export function registerMemberErasure(
  { database, clock, timers }: Pick<Parts, 'clock' | 'timers' | 'database'>,
  log: Pick<Log, 'append'>,
): void {
  timers.on(eraseMemberJob, async ({ key, payload }) => {
    const { siteId, memberId, after, isAgain } = payload as Job
    const from = clock.now().getTime()
    const goOn = (job: Job, ms: number) =>
      timers.set(database, eraseMemberJob, key, new Date(clock.now().getTime() + ms), job)
    let place = after
    for (;;) {
      const { upTo, conversationIds } = await store.conversationsNaming(
        database,
        siteId,
        memberId,
        place,
        atOnce,
      )
      for (const conversationId of conversationIds) await tell(log, { siteId, conversationId, memberId })
      if (upTo === null) break
      place = upTo
      if (clock.now().getTime() - from > longestTurnMs)
        return goOn({ siteId, memberId, after: place, ...(isAgain && { isAgain }) }, 0)
    }
    if (!isAgain) await goOn({ siteId, memberId, after: '', isAgain: true }, lookAgainMs)
  })
}

async function tell(
  log: Pick<Log, 'append'>,
  { siteId, conversationId, memberId }: { siteId: string; conversationId: string; memberId: MemberId },
): Promise<void> {
  await log.append({
    actor: { kind: 'system', siteId, rule: 'erasure' },
    conversationId,
    requestId: null,
    content: null,
    decide: (held) => (held ? [{ type: 'memberErased', payload: { memberId } }] : []),
  })
}
