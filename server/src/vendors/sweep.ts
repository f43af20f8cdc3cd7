import type { Actor } from '@parley/shared/people.ts'
import { isAdmitted } from '@parley/shared/vendors/life-cycle.ts'
import type { Parts } from '../app/parts.ts'
import type { Log } from '../conversations/index.ts'
import { readSwitch } from '../rollout/index.ts'
import { canMail, planLetter, planNotice } from './letters/letters.ts'
import { answeredSince } from './profile/profile-store.ts'
import { loadRules, sitesWithVendors } from './rules/rules-store.ts'
import { casesBehind, standingAt } from './standing/figures.ts'
import { loadCases } from './standing/load-cases.ts'
import { nextStep } from './standing/next-step.ts'
import { keepStanding, openCure } from './standing/standing-store.ts'
import { mostNamed } from './standing/walk-past.ts'
import { announceMember } from './states/access.ts'
import { follow } from './states/discipline.ts'
import { handBack } from './states/hand-back.ts'
import { moveVendor } from './states/move-vendor.ts'
import { lockState } from './states/states-store.ts'
import * as store from './sweep-store.ts'
import { certificatesOver, heldWithoutTraining, tellEnding } from './training/training-store.ts'
import { vendorWeigh } from './weigh-soon.ts'

const dayMs = 24 * 60 * 60 * 1000
/** Access that has run out by the clock is refused at once; connections and lists follow within this time. */
const sweepMs = 20_000
const weighMs = 10 * 60_000
const vendorSweep = 'vendorSweep'

type Asking = Pick<Log, 'append'>

/** What time alone does to vendors; once in a cluster. */
export function registerVendorTimers(parts: Parts, log: Asking): void {
  let sweptTo = new Date(0)
  parts.timers.on(vendorSweep, async () => {
    const now = parts.clock.now()
    await sweepVendors(parts, log, sweptTo)
    sweptTo = now
    await parts.timers.set(parts.database, vendorSweep, 'all', new Date(now.getTime() + sweepMs))
  })
  parts.timers.on(vendorWeigh, async () => {
    await weighVendors(parts, log)
    const next = new Date(parts.clock.now().getTime() + weighMs)
    await parts.timers.set(parts.database, vendorWeigh, 'all', next)
  })
}

/** Set again at each start: a job that a stopped node left behind goes on. */
export async function planVendorTimers(parts: Parts): Promise<void> {
  const now = parts.clock.now()
  await parts.timers.set(parts.database, vendorSweep, 'all', new Date(now.getTime() + sweepMs))
  await parts.timers.set(parts.database, vendorWeigh, 'all', new Date(now.getTime() + sweepMs * 2))
}

/** Vetting and training that ran out, probations that are over, and whatever is still with vendors that may not answer. */
export async function sweepVendors(parts: Parts, log: Asking, sweptTo: Date): Promise<void> {
  const now = parts.clock.now()
  for (const { site_id: siteId, vendor_id: vendorId } of await store.vettingOver(parts.database, now)) {
    const isLapsed = await parts.database.transaction(async (sql) => {
      const row = await lockState(sql, siteId, vendorId)
      if (!row || !isAdmitted(row.state) || row.vetted_until === null || row.vetted_until > now) return false
      const why = 'What was checked is too old and has to be checked again'
      await moveVendor(parts, sql, system(siteId), { vendorId, act: 'lapse', why })
      await planNotice(parts, sql, { siteId, vendorId, act: 'lapse', words: why })
      return true
    })
    if (isLapsed) await follow(parts, log, siteId, vendorId, false)
  }
  for (const over of await certificatesOver(parts.database, sweptTo, now))
    announceMember(parts, over.member_id)
  if (canMail(parts)) await tellOfEndings(parts, now)
  await freeUntrained(parts, log, now)
  await endProbations(parts, now)
  for (const row of await store.strandedVendors(parts.database))
    await handBack(parts, log, row.site_id, row.vendor_id)
}

/** Once for each certificate; what is noted as told and the letter share the transaction. */
async function tellOfEndings(parts: Parts, now: Date): Promise<void> {
  await parts.database.transaction(async (sql) => {
    for (const row of await tellEnding(sql, now))
      await planLetter(parts, sql, {
        siteId: row.site_id,
        vendorId: row.vendor_id,
        memberId: row.member_id,
        matter: { kind: 'trainingEnds', title: row.title, endsAt: row.expires_at.toISOString() },
        words: '',
      })
  })
}

/** Back into the vendor's own line: a colleague may have the training. */
async function freeUntrained(parts: Parts, log: Asking, now: Date): Promise<void> {
  for (const { conversation_id: conversationId, member_id } of await heldWithoutTraining(parts.database, now))
    await log.append({
      actor: system(''),
      conversationId,
      requestId: null,
      content: null,
      decide(held) {
        const conversation = held?.conversation
        if (!conversation || conversation.status === 'closed') return []
        if (conversation.offer?.to.memberId === member_id)
          return [{ type: 'offerLapsed', payload: { to: conversation.offer.to, why: 'unavailable' } }]
        if (conversation.assignee?.memberId !== member_id) return []
        return [{ type: 'transferred', payload: { with: conversation.with, queue: conversation.queue } }]
      },
    })
}

async function endProbations(parts: Parts, now: Date): Promise<void> {
  for (const { site_id: siteId, vendor_id: vendorId } of await store.onProbation(parts.database))
    await parts.database.transaction(async (sql) => {
      const { probation } = (await loadRules(sql, siteId)).rules
      const row = await lockState(sql, siteId, vendorId)
      if (row?.state !== 'probation') return
      const since = row.state_since
      if (probation.days !== null && now.getTime() - since.getTime() < probation.days * dayMs) return
      const wanted = probation.conversations
      if (wanted !== null && (await answeredSince(sql, siteId, vendorId, since)) < wanted) return
      await moveVendor(parts, sql, system(siteId), {
        vendorId,
        act: 'endProbation',
        why: 'The probation is over',
      })
    })
}

/** Every vendor's figures anew, and what the site's rules say to them. */
export async function weighVendors(parts: Parts, log: Asking): Promise<void> {
  for (const siteId of await sitesWithVendors(parts.database)) {
    const now = parts.clock.now()
    const rules = (await loadRules(parts.database, siteId)).rules.standing
    const since = new Date(now.getTime() - rules.windowDays * dayMs)
    const areRulesFor = await readSwitch(parts, siteId, 'standingRules')
    for (const vendorId of await store.admittedVendors(parts.database, siteId)) {
      // One at a time: what a whole site has heard in its window may be more than one statement or one memory should hold.
      const own = await loadCases(parts.database, siteId, vendorId, since, now)
      const standing = standingAt(own, rules, now)
      const after = await parts.database.transaction(async (sql) => {
        const row = await lockState(sql, siteId, vendorId)
        if (!row) return undefined
        await keepStanding(sql, siteId, vendorId, standing)
        if (!areRulesFor({ vendorId })) return undefined
        const cure = await openCure(sql, siteId, vendorId)
        const looked = {
          state: row.state,
          cureUntil: cure?.until ?? null,
          isByPerson: cure?.isByPerson ?? false,
        }
        const step = nextStep(looked, standing, rules, now)
        if (!step) return undefined
        const moved = await moveVendor(parts, sql, system(siteId), {
          vendorId,
          act: step.act,
          why: step.why,
          untilAt: step.untilAt,
          conversationIds: casesBehind(own, standing, mostNamed).map((one) => one.conversationId),
          ...(step.act === 'restrict'
            ? { limits: { capacity: rules.restrictedCapacity, closedTopics: [], areLinksOff: true } }
            : {}),
        })
        await planNotice(parts, sql, {
          siteId,
          vendorId,
          act: step.act,
          words: step.why,
          untilAt: step.untilAt,
        })
        return moved.after
      })
      if (after !== undefined) await follow(parts, log, siteId, vendorId, isAdmitted(after))
    }
  }
}

function system(siteId: string): Actor {
  return { kind: 'system', siteId, rule: 'vendors' }
}
