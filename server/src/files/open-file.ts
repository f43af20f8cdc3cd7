import { type Actor, actorIdOf, readerKindOf } from '@parley/shared/people.ts'
import { permits } from '@parley/shared/policy/policy.ts'
import { auditRead, sameLookMs } from '../app/audit-reads.ts'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import { type FileRow, findFile } from './store.ts'

export type AuthoriseFile = (
  actor: Actor,
  action: 'file.upload' | 'file.download',
  conversationId: string | null,
) => Promise<boolean>

export interface OpenedFile {
  name: string
  type: string
  bytes: Uint8Array
  /** Of the file itself; a thumbnail has none. */
  sha256: string | null
  isShown: boolean
}

interface FileWish {
  actor: Actor
  fileId: string
  part: 'file' | 'thumbnail'
  ip?: string
}

/** The bytes for somebody entitled now, and a line in the audit; foreign and absent look alike. */
export async function openFile(parts: Parts, authorise: AuthoriseFile, wish: FileWish): Promise<OpenedFile> {
  const { actor, fileId, part, ip } = wish
  const row = await mayOpenFile(parts, authorise, wish)
  const key = part === 'thumbnail' ? row.thumbnailKey : row.blobKey
  const bytes = key === null ? undefined : await parts.blobs.get(key)
  if (bytes === undefined) throw new Refused('notFound')
  const line = { object: `file:${fileId}`, ...(ip === undefined ? {} : { ip }) }
  if (part === 'thumbnail') await auditRead(parts, actor, { action: 'file.preview', ...line }, sameLookMs)
  else await auditRead(parts, actor, { action: 'file.download', ...line })
  if (part === 'thumbnail')
    return { name: 'thumbnail.webp', type: 'image/webp', bytes, sha256: null, isShown: true }
  return { name: row.name, type: row.type, bytes, sha256: row.sha256, isShown: isShownInPlace(row.type) }
}

/** Of no conversation. */
const nowhere = 'nowhere'

/** The row of a file that they could open now, which opens nothing yet. */
export async function mayOpenFile(
  { database }: Pick<Parts, 'database'>,
  authorise: AuthoriseFile,
  { actor, fileId }: FileWish,
): Promise<FileRow> {
  const row = await findFile(database, actor.siteId, fileId)
  // Asked whether or not there is a file, and a conversation it is in: the time of a no must not tell.
  const mayInConversation = await authorise(actor, 'file.download', row?.conversationId ?? nowhere)
  if (row?.state !== 'clean' || !(await mayOpen(authorise, actor, row, mayInConversation)))
    throw new Refused('notFound')
  return row
}

const keptForActions = { vetting: 'vendor.documents', training: 'training.read' } as const

/** Before it is sent a file is its uploader's alone, while it is held the moderators' too; then the conversation's. */
async function mayOpen(
  authorise: AuthoriseFile,
  actor: Actor,
  row: FileRow,
  mayInConversation: boolean,
): Promise<boolean> {
  if (row.keptFor !== null) return permits(actor, keptForActions[row.keptFor])
  const isHeldForStaff = row.heldAs !== null && readerKindOf(actor) === 'staff'
  if (row.sentAt === null && row.uploadedBy !== actorIdOf(actor) && !isHeldForStaff) return false
  return row.conversationId === null ? authorise(actor, 'file.download', null) : mayInConversation
}

/** Pictures written by us, sound and film play in the page; documents are only ever saved. */
function isShownInPlace(type: string): boolean {
  return /^(?:image|audio|video)\//.test(type)
}
