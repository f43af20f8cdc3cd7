import type { VendorDocument } from '@parley/shared/protocol/vendors.ts'
import type { Sql } from '../../storage/database.ts'

interface DocumentRow {
  document_id: string
  label: string
  file_id: string
  name: string
  bytes: number
  given_at: Date
  verdict: 'accepted' | 'refused' | null
  checked_by: string | null
  expires_at: Date | null
}

export async function documentsOf(sql: Sql, siteId: string, vendorId: string): Promise<VendorDocument[]> {
  const rows = await sql.query<DocumentRow>(
    `select d.document_id, d.label, d.file_id, f.name, f.bytes, d.given_at, d.verdict, d.checked_by, d.expires_at
     from vendor_documents d join files f on f.site_id = d.site_id and f.file_id = d.file_id
     where d.site_id = $1 and d.vendor_id = $2 order by d.given_at, d.document_id`,
    [siteId, vendorId],
  )
  return rows.map((row) => ({
    documentId: row.document_id,
    label: row.label,
    fileId: row.file_id,
    name: row.name,
    bytes: row.bytes,
    givenAt: row.given_at.toISOString(),
    verdict: row.verdict,
    checkedBy: row.checked_by,
    expiresOn: row.expires_at?.toISOString().slice(0, 10) ?? null,
  }))
}

export async function countDocuments(sql: Sql, siteId: string, vendorId: string): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    'select count(*) as count from vendor_documents where site_id = $1 and vendor_id = $2',
    [siteId, vendorId],
  )
  return row?.count ?? 0
}

/** The file is the vendor's from now on: it is not swept, and only staff open it. */
export async function insertDocument(
  sql: Sql,
  given: {
    siteId: string
    vendorId: string
    documentId: string
    kind: string
    label: string
    fileId: string
    at: Date
  },
): Promise<void> {
  await sql.query(`update files set kept_for = 'vetting', sent_at = $3 where site_id = $1 and file_id = $2`, [
    given.siteId,
    given.fileId,
    given.at,
  ])
  await sql.query(
    `insert into vendor_documents (site_id, vendor_id, document_id, kind, label, file_id, given_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [given.siteId, given.vendorId, given.documentId, given.kind, given.label, given.fileId, given.at],
  )
}

export async function setVerdict(
  sql: Sql,
  siteId: string,
  vendorId: string,
  documentId: string,
  given: { verdict: 'accepted' | 'refused'; by: string; at: Date; expiresAt: Date | null },
): Promise<boolean> {
  const rows = await sql.query(
    `update vendor_documents set verdict = $4, checked_by = $5, checked_at = $6, expires_at = $7
     where site_id = $1 and vendor_id = $2 and document_id = $3 returning document_id`,
    [siteId, vendorId, documentId, given.verdict, given.by, given.at, given.expiresAt],
  )
  return rows.length > 0
}

/** Kinds of which an accepted document counts, and when the first of those runs out. */
export async function acceptedDocuments(
  sql: Sql,
  siteId: string,
  vendorId: string,
  now: Date,
): Promise<{ kinds: string[]; firstExpiry: Date | null }> {
  const rows = await sql.query<{ kind: string; until: Date | null }>(
    `select kind, case when bool_or(expires_at is null) then null else max(expires_at) end as until
     from vendor_documents
     where site_id = $1 and vendor_id = $2 and verdict = 'accepted' and (expires_at is null or expires_at > $3)
     group by kind`,
    [siteId, vendorId, now],
  )
  const ends = rows.flatMap((row) => (row.until === null ? [] : [row.until.getTime()]))
  return {
    kinds: rows.map((row) => row.kind),
    firstExpiry: ends.length === 0 ? null : new Date(Math.min(...ends)),
  }
}
