import type { Sql } from '../../storage/database.ts'
import { type AccountRow, accountColumns } from '../sessions/store.ts'

export async function accountBySubject(sql: Sql, subject: string): Promise<AccountRow | undefined> {
  const [row] = await sql.query<AccountRow>(`select ${accountColumns} from accounts where sso_subject = $1`, [
    subject,
  ])
  return row
}

/** False when the account belongs to another person of the provider. */
export async function bindSubject(sql: Sql, accountId: string, subject: string): Promise<boolean> {
  const rows = await sql.query(
    `update accounts set sso_subject = $2
     where account_id = $1 and coalesce(sso_subject, $2) = $2 returning account_id`,
    [accountId, subject],
  )
  return rows.length > 0
}

export interface Place {
  member_id: string
  site_id: string
  is_invited: boolean
}

/** Where the account may work: where it has joined before where it is invited, the oldest site first. */
export async function placeOf(sql: Sql, accountId: string): Promise<Place | undefined> {
  const [row] = await sql.query<Place>(
    `select m.member_id, m.site_id, m.is_invited from members m join sites s on s.site_id = m.site_id
     where m.account_id = $1 and m.disabled_at is null
     order by m.is_invited, s.created_at, m.member_id limit 1`,
    [accountId],
  )
  return row
}
