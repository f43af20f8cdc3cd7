import { createHash } from 'node:crypto'

/** A line as it is stored, with its place in the chain. */
export interface ChainedLine {
  auditId: number
  chain: string
  number: number
  previousHash: string
  hash: string
  at: Date
  actorId: string
  actingAs: string | null
  sessionId: string | null
  requestId: string | null
  action: string
  object: string
  result: string
  beforeDigest: string | null
  afterDigest: string | null
  whoDigest: string
  reasonDigest: string
  /** Gone after an erasure, with the salt that tied them to their digest. */
  actorName: string | null
  ip: string | null
  whoSalt: string | null
  reason: string | null
  reasonSalt: string | null
}

/** What the first line of a chain follows. */
export const beginning = '0'.repeat(64)

/** Names the form: another form would be another name, and old lines keep theirs. */
const form = 'parley-audit-1'

/** The same as `audit_seal` of migration 005, written a second time: what one gets wrong the other finds. */
export function hashOf(line: ChainedLine): string {
  return digest(
    form,
    line.chain,
    String(line.number),
    line.previousHash,
    String(line.at.getTime()),
    line.actorId,
    line.actingAs,
    line.sessionId,
    line.requestId,
    line.action,
    line.object,
    line.result,
    line.beforeDigest,
    line.afterDigest,
    line.whoDigest,
    line.reasonDigest,
  )
}

/** True as well for what was erased whole: then only the digest is left, and the hash covers it. */
export function isWhoUnchanged(line: ChainedLine): boolean {
  if (line.whoSalt === null) return line.actorName === null && line.ip === null
  return line.whoDigest === digest(line.whoSalt, line.actorName, line.ip)
}

export function isReasonUnchanged(line: ChainedLine): boolean {
  if (line.reasonSalt === null) return line.reason === null
  return line.reasonDigest === digest(line.reasonSalt, line.reason)
}

function digest(...fields: (string | null)[]): string {
  return createHash('sha256').update(fields.map(field).join('')).digest('hex')
}

function field(value: string | null): string {
  return value === null ? '-,' : `${Buffer.byteLength(value)}:${value},`
}
