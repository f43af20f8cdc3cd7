import type { StandingVerdict } from '@parley/shared/protocol/vendors.ts'
import type { VendorState } from '@parley/shared/vendors/life-cycle.ts'
import type { Sql } from '../../storage/database.ts'

export interface ProfileRow {
  vendor_id: string
  name: string
  external_id: string
  state: VendorState
  state_since: Date
  state_until: Date | null
  vetted_until: Date | null
  capacity_limit: number | null
  closed_topics: string[]
  links_off: boolean
  verdict: StandingVerdict | null
  queue_id: string | null
  members: number
  products: number
  rating: number | null
  ratings: number
  has_appeal: boolean
  has_answered: boolean
}

const profile = `select v.vendor_id, v.name, v.external_id, v.state, v.state_since, v.state_until, v.vetted_until,
    v.capacity_limit, v.closed_topics, v.links_off, v.standing->>'verdict' as verdict,
    (select q.queue_id from queues q where q.site_id = v.site_id and q.vendor_id = v.vendor_id and q.removed_at is null
      order by q.queue_id limit 1) as queue_id,
    (select count(*) from members m where m.site_id = v.site_id and m.vendor_id = v.vendor_id
      and m.disabled_at is null) as members,
    (select count(*) from vendor_products p where p.site_id = v.site_id and p.vendor_id = v.vendor_id) as products,
    rated.average as rating, coalesce(rated.count, 0) as ratings,
    exists (select from vendor_appeals a where a.site_id = v.site_id and a.vendor_id = v.vendor_id
      and a.decided_at is null) as has_appeal,
    coalesce((select w.side = 'applicant' from vendor_words w where w.site_id = v.site_id and w.vendor_id = v.vendor_id
      order by w.word_id desc limit 1), false) as has_answered
  from vendors v
  left join lateral (select avg(latest.rating)::float as average, count(*) as count from (
    select c.rating from conversations c where c.site_id = v.site_id and c.vendor_id = v.vendor_id
      and c.rating is not null order by c.started_at desc limit 200) latest) rated on true
  where v.site_id = $1`

export async function profilesOf(sql: Sql, siteId: string): Promise<ProfileRow[]> {
  return sql.query<ProfileRow>(`${profile} order by v.name, v.vendor_id`, [siteId])
}

export async function profileRow(
  sql: Sql,
  siteId: string,
  vendorId: string,
): Promise<ProfileRow | undefined> {
  const [row] = await sql.query<ProfileRow>(`${profile} and v.vendor_id = $2`, [siteId, vendorId])
  return row
}

export interface PersonRow {
  member_id: string
  name: string
  is_disabled: boolean
  is_invited: boolean
}

export async function peopleOf(sql: Sql, siteId: string, vendorId: string): Promise<PersonRow[]> {
  return sql.query<PersonRow>(
    `select member_id, name, disabled_at is not null as is_disabled, is_invited from members
     where site_id = $1 and vendor_id = $2 and erased_at is null order by name, member_id`,
    [siteId, vendorId],
  )
}

export interface HeldCertificateRow {
  member_id: string
  module_id: string
  title: string
  expires_at: Date
}

export async function certificatesOfVendor(
  sql: Sql,
  siteId: string,
  vendorId: string,
): Promise<HeldCertificateRow[]> {
  return sql.query<HeldCertificateRow>(
    `select c.member_id, c.module_id, t.title, c.expires_at
     from training_certificates c
     join members m on m.site_id = c.site_id and m.member_id = c.member_id and m.vendor_id = $2
     join training_modules t on t.site_id = c.site_id and t.module_id = c.module_id
     where c.site_id = $1 order by t.title, c.module_id`,
    [siteId, vendorId],
  )
}

/** Conversations the vendor has answered in since then: what a probation counts. */
export async function answeredSince(
  sql: Sql,
  siteId: string,
  vendorId: string,
  since: Date,
): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `select count(*) as count from conversations c where c.site_id = $1 and c.vendor_id = $2 and c.started_at >= $3
       and exists (select from events e where e.conversation_id = c.conversation_id and e.type = 'messageSent'
         and e.by->>'side' = 'vendor')`,
    [siteId, vendorId, since],
  )
  return row?.count ?? 0
}

export interface AppealRow {
  appeal_id: string
  at: Date
  by_name: string
  text: string
  decided_at: Date | null
  decided_by_name: string | null
  verdict: 'grant' | 'keep' | null
  reason: string | null
}

export async function latestAppeal(
  sql: Sql,
  siteId: string,
  vendorId: string,
): Promise<AppealRow | undefined> {
  const [row] = await sql.query<AppealRow>(
    `select appeal_id, at, by_name, text, decided_at, decided_by_name, verdict, reason from vendor_appeals
     where site_id = $1 and vendor_id = $2 order by at desc, appeal_id limit 1`,
    [siteId, vendorId],
  )
  return row
}
