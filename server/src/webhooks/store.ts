import type { Webhook, WebhookEventType } from '@parley/shared/protocol/webhooks.ts'
import type { Sql } from '../storage/database.ts'

export interface WebhookRow {
  site_id: string
  webhook_id: string
  url: string
  label: string
  event_types: WebhookEventType[]
  sealed_secret: string
  sealed_previous: string | null
  previous_until: Date | null
  created_at: Date
  created_by: string
  state: Webhook['state']
  state_since: Date
  failing_since: Date | null
}

const columns = `site_id, webhook_id, url, label, event_types, sealed_secret, sealed_previous, previous_until, created_at,
  created_by, state, state_since, failing_since`

export async function webhooksOf(sql: Sql, siteId: string): Promise<(WebhookRow & { waiting: number })[]> {
  return sql.query(
    `select ${columns}, (select count(*)::int from webhook_deliveries d
       where d.webhook_id = w.webhook_id and d.state = 'waiting') as waiting
     from webhooks w where site_id = $1 order by created_at, webhook_id`,
    [siteId],
  )
}

/** Until the transaction ends nobody else adds or changes one of this site; events go on being written. */
export async function lockWebhooks(sql: Sql, siteId: string): Promise<number> {
  await sql.query('select from sites where site_id = $1 for no key update', [siteId])
  const [row] = await sql.query<{ n: number }>('select count(*)::int as n from webhooks where site_id = $1', [
    siteId,
  ])
  return row?.n ?? 0
}

export async function findWebhook(
  sql: Sql,
  siteId: string,
  webhookId: string,
): Promise<WebhookRow | undefined> {
  const [row] = await sql.query<WebhookRow>(
    `select ${columns} from webhooks where site_id = $1 and webhook_id = $2`,
    [siteId, webhookId],
  )
  return row
}

export async function insertWebhook(
  sql: Sql,
  row: Pick<
    WebhookRow,
    'site_id' | 'webhook_id' | 'url' | 'label' | 'event_types' | 'sealed_secret' | 'created_at' | 'created_by'
  >,
): Promise<void> {
  await sql.query(
    `insert into webhooks (site_id, webhook_id, url, label, event_types, sealed_secret, created_at, created_by, state,
       state_since) values ($1, $2, $3, $4, $5, $6, $7, $8, 'on', $7)`,
    [
      row.site_id,
      row.webhook_id,
      row.url,
      row.label,
      row.event_types,
      row.sealed_secret,
      row.created_at,
      row.created_by,
    ],
  )
}

export async function saveWebhook(
  sql: Sql,
  { site_id, webhook_id, url, label, event_types }: WebhookRow,
): Promise<void> {
  await sql.query(
    'update webhooks set url = $3, label = $4, event_types = $5 where site_id = $1 and webhook_id = $2',
    [site_id, webhook_id, url, label, event_types],
  )
}

/** Switched on again it has failed nowhere yet. */
export async function setState(
  sql: Sql,
  siteId: string,
  webhookId: string,
  state: Webhook['state'],
  at: Date,
): Promise<boolean> {
  const rows = await sql.query(
    `update webhooks set state = $3, state_since = $4, failing_since = case when $3 = 'on' then null else failing_since end
     where site_id = $1 and webhook_id = $2 and state <> $3 returning 1`,
    [siteId, webhookId, state, at],
  )
  return rows.length > 0
}

export async function setSecret(
  sql: Sql,
  siteId: string,
  webhookId: string,
  sealed: string,
  previousUntil: Date | null,
): Promise<void> {
  await sql.query(
    `update webhooks set sealed_previous = case when $4::timestamptz is null then null else sealed_secret end,
       previous_until = $4, sealed_secret = $3 where site_id = $1 and webhook_id = $2`,
    [siteId, webhookId, sealed, previousUntil],
  )
}

export async function deleteWebhook(sql: Sql, siteId: string, webhookId: string): Promise<void> {
  await sql.query('delete from webhook_deliveries where site_id = $1 and webhook_id = $2', [
    siteId,
    webhookId,
  ])
  await sql.query('delete from webhooks where site_id = $1 and webhook_id = $2', [siteId, webhookId])
}

/** Types somebody of a site waits for; what an admin has switched off gathers nothing. */
export async function wantedTypes(
  sql: Sql,
  siteIds: readonly string[],
): Promise<{ site_id: string; event_types: string[] }[]> {
  return sql.query(
    `select site_id, event_types from webhooks where site_id = any($1::text[]) and state in ('on', 'failing')`,
    [siteIds],
  )
}

/** Since when everything fails; nothing when it is not on any more. */
export async function noteFailing(sql: Sql, webhookId: string, at: Date): Promise<Date | undefined> {
  const [row] = await sql.query<{ failing_since: Date }>(
    `update webhooks set failing_since = coalesce(failing_since, $2) where webhook_id = $1 and state = 'on'
     returning failing_since`,
    [webhookId, at],
  )
  return row?.failing_since
}

export async function noteArriving(sql: Sql, webhookId: string): Promise<void> {
  await sql.query(
    'update webhooks set failing_since = null where webhook_id = $1 and failing_since is not null',
    [webhookId],
  )
}

export async function adminAddresses(sql: Sql, siteId: string): Promise<string[]> {
  const rows = await sql.query<{ email: string }>(
    `select a.email from members m join accounts a on a.account_id = m.account_id
     where m.site_id = $1 and m.role = 'admin' and m.disabled_at is null and not m.is_invited order by a.email`,
    [siteId],
  )
  return rows.map(({ email }) => email)
}
