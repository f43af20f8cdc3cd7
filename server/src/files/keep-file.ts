import { createHash } from 'node:crypto'
import { type Actor, actorIdOf } from '@parley/shared/people.ts'
import type { SentFile } from '@parley/shared/protocol/events.ts'
import { writeAudit } from '../app/audit.ts'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import { newBlobKey } from '../storage/blobs.ts'
import { maskCards } from '../terms/index.ts'
import { cleanFileName } from './file-name.ts'
import type { Format } from './formats.ts'
import { cleanPicture } from './picture.ts'
import { dailyBytes, quotaWindowMs } from './quota.ts'
import { recogniseFile } from './recognise-file.ts'
import type { Scanner } from './scanner.ts'
import { holdsSecret } from './secrets.ts'
import { type FileRow, insertFile, markFile, sentFileOf, settleFile, uploadedSince } from './store.ts'
import { discardFile, sweepFile, unsentLifeMs } from './sweep.ts'

export interface Upload {
  name: string
  format: Format
  bytes: Buffer
  conversationId: string | null
}

/**
 * Checks what was uploaded and keeps it until it is sent. The row comes before the bytes, so that the sweep knows
 * of every stored byte; nothing unscanned is ever written to the store.
 */
export async function keepFile(
  parts: Parts,
  scanner: Scanner,
  actor: Actor,
  upload: Upload,
): Promise<SentFile> {
  if (upload.bytes.length === 0) throw new Refused('invalid', 'file.empty')
  if (upload.bytes.length > upload.format.maxBytes) throw new Refused('invalid', 'file.tooLarge')
  await recogniseFile(upload.format, upload.bytes)
  if (upload.format.type === 'text/plain' && holdsSecret(upload.bytes.toString())) {
    throw new Refused('invalid', 'file.secret')
  }
  const row = await reserve(parts, actor, upload)
  try {
    await markFile(parts.database, row.siteId, row.fileId, 'scanning')
    if ((await scanner.scan(upload.bytes)) === 'blocked') return await block(parts, actor, row)
    return await store(parts, row, upload)
  } catch (error) {
    if (!(error instanceof Refused && error.refusal.reason === 'file.blocked')) await discardFile(parts, row)
    throw error
  }
}

async function reserve(parts: Parts, actor: Actor, upload: Upload): Promise<FileRow> {
  const now = parts.clock.now()
  const row: FileRow = {
    siteId: actor.siteId,
    fileId: parts.random.id('fil'),
    conversationId: upload.conversationId,
    uploadedBy: actorIdOf(actor),
    name: cleanFileName(maskCards(upload.name)),
    type: upload.format.type,
    bytes: upload.bytes.length,
    width: null,
    height: null,
    sha256: digest(upload.bytes),
    blobKey: newBlobKey(),
    thumbnailKey: upload.format.kind === 'image' ? newBlobKey() : null,
    state: 'uploaded',
    sentAt: null,
    heldAs: null,
    keptFor: null,
  }
  await parts.database.transaction(async (sql) => {
    const since = new Date(now.getTime() - quotaWindowMs)
    const used = await uploadedSince(sql, row.siteId, row.uploadedBy, since)
    if (used.bytes + row.bytes > dailyBytes(actor)) {
      const freeAt = (used.firstAt ?? now).getTime() + quotaWindowMs
      throw new Refused('rateLimited', 'file.quota', { retryAfterMs: freeAt - now.getTime() })
    }
    await insertFile(sql, row, now)
    const dueAt = new Date(now.getTime() + unsentLifeMs)
    await parts.timers.set(sql, sweepFile, row.fileId, dueAt, { siteId: row.siteId, fileId: row.fileId })
  })
  return row
}

/** The row stays until the sweep, for the record; the bytes were never stored. */
async function block(parts: Parts, actor: Actor, row: FileRow): Promise<never> {
  await parts.database.transaction(async (sql) => {
    await markFile(sql, row.siteId, row.fileId, 'blocked')
    await writeAudit(sql, actor, { action: 'file.blocked', object: `file:${row.fileId}` })
  })
  throw new Refused('invalid', 'file.blocked')
}

async function store(parts: Parts, row: FileRow, upload: Upload): Promise<SentFile> {
  const picture = upload.format.kind === 'image' ? await cleanPicture(upload.format, upload.bytes) : undefined
  const bytes = picture?.bytes ?? upload.bytes
  await parts.blobs.put(row.blobKey, bytes)
  if (picture && row.thumbnailKey) await parts.blobs.put(row.thumbnailKey, picture.thumbnail)
  const settled = {
    ...row,
    bytes: bytes.length,
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    sha256: digest(bytes),
  }
  await settleFile(parts.database, settled)
  return sentFileOf(settled)
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
