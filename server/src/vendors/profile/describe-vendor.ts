import type {
  OwnVendor,
  Standing,
  StandingCase,
  VendorAppeal,
  VendorProfile,
  VendorRulesContent,
  VendorStanding,
  VendorStep,
  VendorSummary,
} from '@parley/shared/protocol/vendors.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import type { Sql } from '../../storage/database.ts'
import { canMail } from '../letters/letters.ts'
import { applicationOf } from '../review/describe-application.ts'
import { documentsOf } from '../review/documents-store.ts'
import { loadRules } from '../rules/rules-store.ts'
import { casesBehind, standingAt } from '../standing/figures.ts'
import { loadCases } from '../standing/load-cases.ts'
import { type StepRow, stepsOf } from '../states/states-store.ts'
import * as store from './profile-store.ts'

const dayMs = 24 * 60 * 60 * 1000
const mostCases = 50

export function summaryOf(row: store.ProfileRow): VendorSummary {
  return {
    vendorId: row.vendor_id,
    name: row.name,
    externalId: row.external_id,
    state: row.state,
    sinceAt: row.state_since.toISOString(),
    untilAt: row.state_until?.toISOString() ?? null,
    members: row.members,
    rating: row.rating === null ? null : { average: row.rating, count: row.ratings },
    verdict: row.verdict,
    waitsFor: row.has_appeal
      ? 'appeal'
      : row.state === 'applied' || (row.state === 'underReview' && row.has_answered)
        ? 'review'
        : null,
  }
}

export async function describeVendor(
  parts: Parts,
  sql: Sql,
  siteId: string,
  vendorId: string,
): Promise<VendorProfile> {
  const row = await loadRow(sql, siteId, vendorId)
  const now = parts.clock.now()
  const { rules } = await loadRules(sql, siteId)
  const steps = await stepsOf(sql, siteId, vendorId)
  const certificates = await store.certificatesOfVendor(sql, siteId, vendorId)
  const decisive = steps.findLast(isDecision)
  return {
    ...summaryOf(row),
    queueId: row.queue_id,
    vettedUntilAt: row.vetted_until?.toISOString() ?? null,
    limits: limitsOf(row),
    probation: await probationOf(sql, siteId, row, rules),
    steps: steps.map(stepFrom),
    application: await applicationOf(sql, siteId, vendorId),
    documents: await documentsOf(sql, siteId, vendorId),
    people: (await store.peopleOf(sql, siteId, vendorId)).map((person) => ({
      memberId: person.member_id,
      name: person.name,
      isDisabled: person.is_disabled,
      isInvited: person.is_invited,
      certificates: certificates
        .filter((one) => one.member_id === person.member_id)
        .map((one) => ({
          moduleId: one.module_id,
          title: one.title,
          expiresAt: one.expires_at.toISOString(),
          isCurrent: one.expires_at > now,
        })),
    })),
    ...(await weigh(sql, siteId, vendorId, rules, now)),
    appeal: appealFrom(await store.latestAppeal(sql, siteId, vendorId)),
    decidedBy: decisive && !decisive.is_by_rule ? decisive.by_id : null,
    products: row.products,
  }
}

/** For the marketplace's own server: the vendor, and nobody in it. */
export async function describeStanding(
  parts: Parts,
  sql: Sql,
  siteId: string,
  vendorId: string,
): Promise<VendorStanding> {
  const row = await loadRow(sql, siteId, vendorId)
  const { rules } = await loadRules(sql, siteId)
  const { standing } = await weigh(sql, siteId, vendorId, rules, parts.clock.now())
  return {
    ...summaryOf(row),
    limits: limitsOf(row),
    probation: await probationOf(sql, siteId, row, rules),
    standing,
  }
}

/** As its own people see it: what they were told, not who told it. */
export async function describeOwnVendor(
  parts: Parts,
  sql: Sql,
  siteId: string,
  vendorId: string,
): Promise<OwnVendor> {
  const row = await loadRow(sql, siteId, vendorId)
  const now = parts.clock.now()
  const { rules } = await loadRules(sql, siteId)
  const steps = await stepsOf(sql, siteId, vendorId)
  const appeal = appealFrom(await store.latestAppeal(sql, siteId, vendorId))
  const isOpenToAppeal = row.state === 'suspended' || row.state === 'restricted'
  return {
    vendorId,
    name: row.name,
    state: row.state,
    sinceAt: row.state_since.toISOString(),
    untilAt: row.state_until?.toISOString() ?? null,
    limits: limitsOf(row),
    probation: await probationOf(sql, siteId, row, rules),
    notices: steps
      .map(stepFrom)
      .reverse()
      .slice(0, 50)
      .map(({ at, act, to, why, untilAt, conversationIds }) => ({
        at,
        act,
        to,
        why,
        untilAt,
        conversationIds,
      })),
    ...(await weigh(sql, siteId, vendorId, rules, now)),
    appeal: appeal && {
      ...appeal,
      decision: appeal.decision && { ...appeal.decision, by: 'The marketplace' },
    },
    mayAppeal: isOpenToAppeal && !isAppealed(steps),
    hasMail: canMail(parts),
  }
}

/** One appeal for each decision: a kept one is not asked again until something new was decided. */
function isAppealed(steps: readonly StepRow[]): boolean {
  const decided = steps.findLastIndex(isDecision)
  return steps.slice(decided + 1).some(({ act }) => act === 'appeal')
}

export function isDecision({ act }: Pick<StepRow, 'act'>): boolean {
  return act === 'restrict' || act === 'suspend'
}

async function weigh(
  sql: Sql,
  siteId: string,
  vendorId: string,
  rules: VendorRulesContent,
  now: Date,
): Promise<{ standing: Standing; cases: StandingCase[] }> {
  const since = new Date(now.getTime() - rules.standing.windowDays * dayMs)
  const cases = await loadCases(sql, siteId, vendorId, since, now)
  const standing = standingAt(cases, rules.standing, now)
  const bad = casesBehind(cases, standing, mostCases)
  const others = [...cases].reverse().filter((one) => !bad.includes(one))
  return { standing, cases: [...bad, ...others].slice(0, mostCases) }
}

async function loadRow(sql: Sql, siteId: string, vendorId: string): Promise<store.ProfileRow> {
  const row = await store.profileRow(sql, siteId, vendorId)
  if (!row) throw new Refused('notFound', 'vendor.unknown')
  return row
}

function limitsOf(row: store.ProfileRow): VendorProfile['limits'] {
  return {
    capacity: row.capacity_limit,
    closedTopics: row.closed_topics,
    areLinksOff: row.links_off,
  }
}

async function probationOf(
  sql: Sql,
  siteId: string,
  row: store.ProfileRow,
  { probation }: VendorRulesContent,
): Promise<VendorProfile['probation']> {
  if (row.state !== 'probation') return null
  return {
    conversations: probation.conversations,
    conversationsDone: await store.answeredSince(sql, siteId, row.vendor_id, row.state_since),
    endsAt:
      probation.days === null
        ? null
        : new Date(row.state_since.getTime() + probation.days * dayMs).toISOString(),
  }
}

function stepFrom(row: StepRow): VendorStep {
  return {
    at: row.at.toISOString(),
    by: row.by_name,
    isByRule: row.is_by_rule,
    act: row.act,
    from: row.from_state,
    to: row.to_state,
    why: row.why,
    untilAt: row.until?.toISOString() ?? null,
    conversationIds: row.conversation_ids,
  }
}

function appealFrom(row: store.AppealRow | undefined): VendorAppeal | null {
  if (!row) return null
  const { decided_at: decidedAt, verdict } = row
  return {
    at: row.at.toISOString(),
    by: row.by_name,
    text: row.text,
    decision:
      decidedAt === null || verdict === null
        ? null
        : { at: decidedAt.toISOString(), by: row.decided_by_name ?? '', verdict, reason: row.reason ?? '' },
  }
}
