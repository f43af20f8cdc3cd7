import type { MemberExport, PersonExport } from '@parley/shared/protocol/privacy.ts'
import type { Parts } from '../app/parts.ts'
import type { Sql } from '../storage/database.ts'
import { onAnyDisk, type ZipEntry } from '../zip.ts'
import { blobKeyOf } from './store.ts'

/**
 * What is kept about a person with the bytes of their files: one file in memory at a time. A file that a scanner holds back,
 * or that goes while the archive is written, is named in `person.json` or `member.json` and not in the folder.
 */
export async function* packPerson(
  { blobs, clock }: Pick<Parts, 'blobs' | 'clock'>,
  sql: Sql,
  exported: PersonExport | MemberExport,
): AsyncGenerator<ZipEntry> {
  const at = clock.now()
  yield { name: `${exported.parley}.json`, bytes: Buffer.from(JSON.stringify(exported, null, 2)), at }
  for (const { fileId, name, createdAt } of exported.files) {
    const key = await blobKeyOf(sql, exported.siteId, fileId)
    const bytes = key === undefined ? undefined : await blobs.get(key)
    if (bytes) yield { name: `files/${onAnyDisk(fileId, name)}`, bytes, at: new Date(createdAt) }
  }
}
