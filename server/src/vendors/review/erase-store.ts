import { erasedName } from '@parley/shared/conversation/erasure.ts'
import type { Sql } from '../../storage/database.ts'

/** Nobody of theirs can sign in: what they are is an application. */
export async function hasMembers(sql: Sql, siteId: string, vendorId: string): Promise<boolean> {
  const rows = await sql.query(
    'select 1 from members where site_id = $1 and vendor_id = $2 and erased_at is null limit 1',
    [siteId, vendorId],
  )
  return rows.length > 0
}

/** Out of reach now; answers whose bytes have to go. */
export async function takeDocuments(sql: Sql, siteId: string, vendorId: string): Promise<string[]> {
  const rows = await sql.query<{ file_id: string }>(
    'delete from vendor_documents where site_id = $1 and vendor_id = $2 returning file_id',
    [siteId, vendorId],
  )
  const fileIds = rows.map((row) => row.file_id)
  await sql.query(
    `update files set state = 'swept', sent_at = null, name = 'erased', sha256 = ''
     where site_id = $1 and file_id = any($2::text[])`,
    [siteId, fileIds],
  )
  return fileIds
}

/** Their token and link open nothing any more; letters that wait for them are not sent. */
export async function blankApplicant(sql: Sql, siteId: string, vendorId: string): Promise<void> {
  const of = [siteId, vendorId]
  await sql.query(
    `update vendor_applications set company = $3, contact_name = $3, email = '', email_digest = null,
       email_confirmed_at = null, phone = null, website = null, about = '', categories = '{}', token_hash = 'erased ' || vendor_id,
       link_hash = null
     where site_id = $1 and vendor_id = $2`,
    [...of, erasedName],
  )
  await sql.query('delete from vendor_words where site_id = $1 and vendor_id = $2', of)
  await sql.query(
    `update vendor_states set why = $3, by_name = case when by_id = 'applicant' then $3 else by_name end
     where site_id = $1 and vendor_id = $2`,
    [...of, erasedName],
  )
  // Once it was admitted the shop's name is what buyers wrote to: it stands in their conversations.
  await sql.query(
    `update vendors v set name = $3, external_id = vendor_id where site_id = $1 and vendor_id = $2
       and not exists (select from queues q where q.site_id = v.site_id and q.vendor_id = v.vendor_id)`,
    [...of, erasedName],
  )
  await sql.query(
    `delete from timers where kind = 'vendorLetter' and payload->>'siteId' = $1 and payload->>'vendorId' = $2`,
    of,
  )
}

export async function documentBytesOf(
  sql: Sql,
  siteId: string,
  vendorId: string,
): Promise<{ file_id: string; name: string; blob_key: string; created_at: Date }[]> {
  return sql.query(
    `select f.file_id, f.name, f.blob_key, f.created_at
     from vendor_documents d join files f on f.site_id = d.site_id and f.file_id = d.file_id
     where d.site_id = $1 and d.vendor_id = $2 and f.state = 'clean' order by d.given_at, d.document_id`,
    [siteId, vendorId],
  )
}
