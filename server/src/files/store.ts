import type { SentFile } from '@parley/shared/protocol/events.ts'
import type { Sql } from '../storage/database.ts'

export interface FileRow {
  siteId: string
  fileId: string
  conversationId: string | null
  uploadedBy: string
  name: string
  type: string
  bytes: number
  width: number | null
  height: number | null
  sha256: string
  blobKey: string
  thumbnailKey: string | null
  state: 'uploaded' | 'scanning' | 'clean' | 'blocked' | 'swept'
  sentAt: Date | null
  /** The held message that carries it, until it is released. */
  heldAs: string | null
  /** For another end than a conversation. */
  keptFor: 'vetting' | 'training' | null
}

const columns = `site_id as "siteId", file_id as "fileId", conversation_id as "conversationId",
  uploaded_by as "uploadedBy", name, type, bytes, width, height, sha256, blob_key as "blobKey",
  thumbnail_key as "thumbnailKey", state, sent_at as "sentAt", held_as as "heldAs", kept_for as "keptFor"`

export async function findFile(sql: Sql, siteId: string, fileId: string): Promise<FileRow | undefined> {
  const [row] = await sql.query<FileRow>(`select ${columns} from files where site_id = $1 and file_id = $2`, [
    siteId,
    fileId,
  ])
  return row
}

/** Uploads of one person wait for each other here, so that two at once cannot both fit into the same rest. */
export async function uploadedSince(
  sql: Sql,
  siteId: string,
  uploadedBy: string,
  since: Date,
): Promise<{ bytes: number; firstAt: Date | null }> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`upload:${siteId}:${uploadedBy}`])
  const [row] = await sql.query<{ bytes: number; firstAt: Date | null }>(
    `select coalesce(sum(bytes), 0)::int8 as bytes, min(created_at) as "firstAt" from files
     where site_id = $1 and uploaded_by = $2 and created_at > $3`,
    [siteId, uploadedBy, since],
  )
  return row ?? { bytes: 0, firstAt: null }
}

export async function insertFile(
  sql: Sql,
  file: Omit<FileRow, 'sentAt' | 'keptFor'>,
  at: Date,
): Promise<void> {
  await sql.query(
    `insert into files (site_id, file_id, conversation_id, uploaded_by, name, type, bytes, width, height, sha256,
       blob_key, thumbnail_key, state, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      file.siteId,
      file.fileId,
      file.conversationId,
      file.uploadedBy,
      file.name,
      file.type,
      file.bytes,
      file.width,
      file.height,
      file.sha256,
      file.blobKey,
      file.thumbnailKey,
      file.state,
      at,
    ],
  )
}

export async function markFile(sql: Sql, siteId: string, fileId: string, state: FileRow['state']) {
  await sql.query('update files set state = $3 where site_id = $1 and file_id = $2', [siteId, fileId, state])
}

type Settled = Pick<FileRow, 'siteId' | 'fileId' | 'bytes' | 'width' | 'height' | 'sha256'>

export async function settleFile(sql: Sql, file: Settled): Promise<void> {
  await sql.query(
    `update files set state = 'clean', bytes = $3, width = $4, height = $5, sha256 = $6
     where site_id = $1 and file_id = $2`,
    [file.siteId, file.fileId, file.bytes, file.width, file.height, file.sha256],
  )
}

/** The asker's own clean files that may still be sent in this conversation, locked until the commit. */
export function lockSendableFiles(
  sql: Sql,
  wish: { siteId: string; uploadedBy: string; conversationId: string; fileIds: readonly string[] },
): Promise<FileRow[]> {
  return sql.query<FileRow>(
    `select ${columns} from files
     where site_id = $1 and file_id = any($2) and uploaded_by = $3 and sent_at is null and held_as is null and state = 'clean'
       and (conversation_id is null or conversation_id = $4)
     order by file_id for update`,
    [wish.siteId, wish.fileIds, wish.uploadedBy, wish.conversationId],
  )
}

export async function markSent(sql: Sql, siteId: string, conversationId: string, fileIds: readonly string[]) {
  await sql.query(
    `update files set sent_at = now(), conversation_id = $2 where site_id = $1 and file_id = any($3)`,
    [siteId, conversationId, fileIds],
  )
}

/** Takes an unsent file out of reach before its bytes go. */
export async function claimUnsent(sql: Sql, siteId: string, fileId: string): Promise<boolean> {
  const rows = await sql.query(
    `update files set state = 'swept'
     where site_id = $1 and file_id = $2 and sent_at is null and held_as is null returning file_id`,
    [siteId, fileId],
  )
  return rows.length > 0
}

/** A send that had begun before the file was taken out of reach has the last word. */
export async function giveBackSent(sql: Sql, siteId: string, fileId: string): Promise<void> {
  await sql.query(
    `update files set state = 'clean'
     where site_id = $1 and file_id = $2 and state = 'swept' and sent_at is not null`,
    [siteId, fileId],
  )
}

export async function deleteSwept(sql: Sql, siteId: string, fileId: string): Promise<void> {
  await sql.query(
    `delete from files where site_id = $1 and file_id = $2 and state = 'swept' and sent_at is null`,
    [siteId, fileId],
  )
}

export function sentFileOf(row: FileRow): SentFile {
  return {
    fileId: row.fileId,
    name: row.name,
    type: row.type,
    bytes: row.bytes,
    ...(row.width === null ? {} : { width: row.width }),
    ...(row.height === null ? {} : { height: row.height }),
    hasThumbnail: row.thumbnailKey !== null,
  }
}
