import type {
  ReviewComment,
  ReviewReason,
  ReviewRules,
  ReviewState,
} from '@parley/shared/protocol/reviews.ts'
import type { Criterion, Marks } from '@parley/shared/review/rubric.ts'
import type { Sql } from '../storage/database.ts'

export interface RubricRow {
  version: number
  criteria: Criterion[]
}

export async function latestRubric(sql: Sql, siteId: string): Promise<RubricRow | undefined> {
  const [row] = await sql.query<RubricRow>(
    'select version, criteria from review_rubrics where site_id = $1 order by version desc limit 1',
    [siteId],
  )
  return row
}

export async function rubricOf(sql: Sql, siteId: string, version: number): Promise<RubricRow | undefined> {
  const [row] = await sql.query<RubricRow>(
    'select version, criteria from review_rubrics where site_id = $1 and version = $2',
    [siteId, version],
  )
  return row
}

/** False when another has saved that version meanwhile. */
export async function insertRubric(
  sql: Sql,
  siteId: string,
  rubric: RubricRow,
  at: Date,
  by: string,
): Promise<boolean> {
  const rows = await sql.query(
    `insert into review_rubrics (site_id, version, criteria, saved_at, saved_by) values ($1, $2, $3::jsonb, $4, $5)
     on conflict do nothing returning version`,
    [siteId, rubric.version, JSON.stringify(rubric.criteria), at, by],
  )
  return rows.length > 0
}

export async function rulesOf(sql: Sql, siteId: string): Promise<ReviewRules | undefined> {
  const [row] = await sql.query<{ rules: ReviewRules }>('select rules from review_rules where site_id = $1', [
    siteId,
  ])
  return row?.rules
}

export async function saveRules(sql: Sql, siteId: string, rules: ReviewRules): Promise<void> {
  await sql.query(
    `insert into review_rules (site_id, rules) values ($1, $2::jsonb)
     on conflict (site_id) do update set rules = excluded.rules`,
    [siteId, JSON.stringify(rules)],
  )
}

export async function countStaff(sql: Sql, siteId: string, memberIds: readonly string[]): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    `select count(*) as n from members where site_id = $1 and member_id = any($2::text[]) and role <> 'vendor'`,
    [siteId, memberIds],
  )
  return row?.n ?? 0
}

export async function closedOfVendorBefore(
  sql: Sql,
  siteId: string,
  vendorId: string,
  conversationId: string,
  limit: number,
): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    `select count(*) as n from (
       select from conversations where site_id = $1 and vendor_id = $2 and status = 'closed' and conversation_id <> $3
       limit $4) as counted`,
    [siteId, vendorId, conversationId, limit],
  )
  return row?.n ?? 0
}

export async function chosenForAgentSince(
  sql: Sql,
  siteId: string,
  memberId: string,
  since: Date,
): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    'select count(*) as n from reviews where site_id = $1 and about_member = $2 and chosen_at > $3',
    [siteId, memberId, since],
  )
  return row?.n ?? 0
}

/** Recognised by a rule or reported by somebody, and not dismissed since. */
export async function wasFlagged(sql: Sql, conversationId: string): Promise<boolean> {
  const rows = await sql.query(
    `select 1 as one from events e
     where e.conversation_id = $1 and e.type in ('messageFlagged', 'conversationReported')
       and not exists (select from events r where r.conversation_id = e.conversation_id and r.type = 'flagsResolved'
         and r.seq > e.seq and r.payload->>'verdict' = 'dismissed'
         and r.payload->>'messageId' is not distinct from e.payload->>'messageId')
     limit 1`,
    [conversationId],
  )
  return rows.length > 0
}

export interface Chosen {
  siteId: string
  reviewId: string
  conversationId: string
  aboutMember: string
  vendorId: string | null
  reasons: readonly ReviewReason[]
  rubricVersion: number
  chosenAt: Date
  closedAt: string
}

/** A conversation is reviewed once; a reason found later joins the others while nobody has finished. */
export async function insertReview(sql: Sql, chosen: Chosen): Promise<{ reviewId: string; isNew: boolean }> {
  const [row] = await sql.query<{ review_id: string }>(
    `insert into reviews (site_id, review_id, conversation_id, about_member, vendor_id, reasons, state, chosen_at,
       closed_at, rubric_version)
     values ($1, $2, $3, $4, $5, $6::text[], 'waiting', $7, $8, $9)
     on conflict (site_id, conversation_id) do update
       set reasons = array(select distinct unnest(reviews.reasons || excluded.reasons))
     returning review_id`,
    [
      chosen.siteId,
      chosen.reviewId,
      chosen.conversationId,
      chosen.aboutMember,
      chosen.vendorId,
      chosen.reasons,
      chosen.chosenAt,
      chosen.closedAt,
      chosen.rubricVersion,
    ],
  )
  const reviewId = row?.review_id ?? chosen.reviewId
  return { reviewId, isNew: reviewId === chosen.reviewId }
}

export interface StoredReview {
  review_id: string
  conversation_id: string
  about_member: string
  about_name: string
  vendor_id: string | null
  vendor_name: string | null
  reasons: ReviewReason[]
  state: ReviewState
  closed_at: Date
  reviewer_id: string | null
  reviewer_name: string | null
  customer_name: string
  topic: string | null
  rating: number | null
  rubric_version: number
  marks: Marks
  comments: ReviewComment[]
  summary: string
  score: number | null
  finished_at: Date | null
  dispute: string | null
  disputed_at: Date | null
  decision: string | null
  is_upheld: boolean | null
  decided_at: Date | null
}

const stored = `select r.review_id, r.conversation_id, r.about_member, coalesce(m.name, '') as about_name, r.vendor_id,
    v.name as vendor_name, r.reasons, r.state, r.closed_at, r.reviewer_id, reviewer.name as reviewer_name,
    c.state->'customer'->>'name' as customer_name, c.state->'topic'->>'label' as topic, c.rating, r.rubric_version,
    r.marks, r.comments, r.summary, r.score, r.finished_at, r.dispute, r.disputed_at, r.decision, r.is_upheld,
    r.decided_at
  from reviews r
  join conversations c on c.site_id = r.site_id and c.conversation_id = r.conversation_id
  left join members m on m.site_id = r.site_id and m.member_id = r.about_member
  left join members reviewer on reviewer.site_id = r.site_id and reviewer.member_id = r.reviewer_id
  left join vendors v on v.site_id = r.site_id and v.vendor_id = r.vendor_id`

export async function reviewById(
  sql: Sql,
  siteId: string,
  reviewId: string,
): Promise<StoredReview | undefined> {
  const [row] = await sql.query<StoredReview>(`${stored} where r.site_id = $1 and r.review_id = $2`, [
    siteId,
    reviewId,
  ])
  return row
}

/** Until the transaction ends nobody else claims, saves or decides it. */
export async function lockReview(sql: Sql, siteId: string, reviewId: string): Promise<void> {
  await sql.query('select from reviews where site_id = $1 and review_id = $2 for update', [siteId, reviewId])
}

/** Newest last in the queue, newest first in what is done; a page ends before the cursor's review. */
export async function reviewsIn(
  sql: Sql,
  siteId: string,
  memberId: string,
  states: readonly ReviewState[],
  order: 'oldest' | 'newest',
  cursor: string | null,
  limit: number,
): Promise<StoredReview[]> {
  const [before, direction] = order === 'oldest' ? ['>', 'asc'] : ['<', 'desc']
  return sql.query<StoredReview>(
    `${stored} where r.site_id = $1 and r.state = any($2::text[]) and r.about_member <> $3
       and ($4::text is null or (r.chosen_at, r.review_id) ${before}
         (select chosen_at, review_id from reviews where site_id = $1 and review_id = $4))
     order by r.chosen_at ${direction}, r.review_id ${direction} limit $5`,
    [siteId, states, memberId, cursor, limit],
  )
}

/** Results about one member, or about everybody of a vendor. */
export async function resultsAbout(
  sql: Sql,
  siteId: string,
  who: { memberId: string; vendorId: string | null },
  cursor: string | null,
  limit: number,
): Promise<StoredReview[]> {
  return sql.query<StoredReview>(
    `${stored} where r.site_id = $1 and r.finished_at is not null
       and case when $3::text is null then r.about_member = $2 and r.vendor_id is null else r.vendor_id = $3 end
       and ($4::text is null or (r.finished_at, r.review_id) <
         (select finished_at, review_id from reviews where site_id = $1 and review_id = $4))
     order by r.finished_at desc, r.review_id desc limit $5`,
    [siteId, who.memberId, who.vendorId, cursor, limit],
  )
}

export async function finishedSince(sql: Sql, siteId: string, since: Date): Promise<StoredReview[]> {
  return sql.query<StoredReview>(
    `${stored} where r.site_id = $1 and r.finished_at > $2 order by r.finished_at desc limit 2000`,
    [siteId, since],
  )
}

export async function setReviewer(
  sql: Sql,
  siteId: string,
  reviewId: string,
  reviewerId: string | null,
): Promise<void> {
  await sql.query(
    `update reviews set reviewer_id = $3, state = case when $3::text is null then 'waiting' else 'started' end
     where site_id = $1 and review_id = $2`,
    [siteId, reviewId, reviewerId],
  )
}

export async function saveScores(
  sql: Sql,
  siteId: string,
  reviewId: string,
  given: {
    marks: Marks
    comments: ReviewComment[]
    summary: string
    score: number | null
    finishedAt: Date | null
  },
): Promise<void> {
  await sql.query(
    `update reviews set marks = $3::jsonb, comments = $4::jsonb, summary = $5, score = $6, finished_at = $7,
       state = case when $7::timestamptz is null then 'started' else 'finished' end
     where site_id = $1 and review_id = $2`,
    [
      siteId,
      reviewId,
      JSON.stringify(given.marks),
      JSON.stringify(given.comments),
      given.summary,
      given.score,
      given.finishedAt,
    ],
  )
}

export async function setDispute(
  sql: Sql,
  siteId: string,
  reviewId: string,
  given: { words: string; by: string; at: Date },
): Promise<void> {
  await sql.query(
    `update reviews set state = 'disputed', dispute = $3, disputed_by = $4, disputed_at = $5
     where site_id = $1 and review_id = $2`,
    [siteId, reviewId, given.words, given.by, given.at],
  )
}

export async function setDecision(
  sql: Sql,
  siteId: string,
  reviewId: string,
  given: { isUpheld: boolean; words: string; by: string; at: Date; marks: Marks; score: number | null },
): Promise<void> {
  await sql.query(
    `update reviews set state = 'decided', is_upheld = $3, decision = $4, decided_by = $5, decided_at = $6,
       marks = $7::jsonb, score = $8 where site_id = $1 and review_id = $2`,
    [
      siteId,
      reviewId,
      given.isUpheld,
      given.words,
      given.by,
      given.at,
      JSON.stringify(given.marks),
      given.score,
    ],
  )
}

export interface VendorScore {
  vendorId: string
  /** Reviews that count: finished in the window and not in dispute. */
  reviews: number
  /** Mean of their scores, 0 to 100. */
  score: number
}

/** Vendors without a review that counts are left out. */
export async function reviewScores(
  sql: Sql,
  siteId: string,
  vendorIds: readonly string[],
  window: { from: Date; to: Date },
): Promise<VendorScore[]> {
  return sql.query<VendorScore>(
    `select vendor_id as "vendorId", count(*) as reviews, avg(score)::float8 as score from reviews
     where site_id = $1 and vendor_id = any($2::text[]) and finished_at >= $3 and finished_at < $4
       and state in ('finished', 'decided') and score is not null
     group by vendor_id order by vendor_id`,
    [siteId, vendorIds, window.from, window.to],
  )
}
