import type { Actor } from '@parley/shared/people.ts'
import { auditRead } from '../../app/audit-reads.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import { onAnyDisk, type ZipEntry } from '../../zip.ts'
import { findApplication, wordsOf } from './application-store.ts'
import { applicationFrom } from './describe-application.ts'
import { documentsOf } from './documents-store.ts'
import { documentBytesOf } from './erase-store.ts'

/** What somebody gave who applied, and what was answered; on record before anything is given. */
export async function packApplicant(
  parts: Parts,
  actor: Actor,
  vendorId: string,
  from: { ip: string; sessionId: string | null },
): Promise<AsyncGenerator<ZipEntry>> {
  const { database, blobs, clock } = parts
  const { siteId } = actor
  const row = await findApplication(database, siteId, vendorId)
  if (!row) throw new Refused('notFound', 'vendor.unknown')
  await auditRead(parts, actor, { action: 'applicant.exported', object: `vendor:${vendorId}`, ...from })
  const [words, documents, files] = await Promise.all([
    wordsOf(database, siteId, vendorId),
    documentsOf(database, siteId, vendorId),
    documentBytesOf(database, siteId, vendorId),
  ])
  const application = applicationFrom(row, words)
  const exported = {
    parley: 'applicant',
    exportedAt: clock.now().toISOString(),
    siteId,
    vendorId,
    // Who of the staff wrote is theirs to say.
    application: { ...application, talk: application.talk.map(({ at, side, text }) => ({ at, side, text })) },
    documents: documents.map(({ fileId, label, name, bytes, givenAt, verdict }) => ({
      fileId,
      label,
      name,
      bytes,
      givenAt,
      verdict,
    })),
  }
  return (async function* entries() {
    yield { name: 'application.json', bytes: Buffer.from(JSON.stringify(exported, null, 2)), at: clock.now() }
    for (const file of files) {
      const bytes = await blobs.get(file.blob_key)
      if (bytes) yield { name: `files/${onAnyDisk(file.file_id, file.name)}`, bytes, at: file.created_at }
    }
  })()
}
