import type { AuditFault, AuditVerdict } from '@parley/shared/protocol/audit.ts'
import type { Sql } from '../storage/database.ts'
import { beginning, type ChainedLine, hashOf, isReasonUnchanged, isWhoUnchanged } from './chain.ts'
import { headsOf, linesAfter, strayLine } from './store.ts'

const linesAtOnce = 1_000

export interface Place {
  number: number
  hash: string
}

/**
 * Reads the whole chain and names the first line that does not fit. `noted` is a head that was written down elsewhere
 * before: whoever can change the database could make a new chain, but not one that passes through it.
 */
export async function verifyChain(sql: Sql, chain: string, noted?: Place): Promise<AuditVerdict> {
  // Read first: what is added meanwhile lies behind it.
  const [head = { number: 0, hash: beginning }] = await headsOf(sql, [chain])
  let end: Place = { number: 0, hash: beginning }
  let last = { number: 0, auditId: 0 }
  let erased = 0
  const verdict = (fault: AuditFault | null): AuditVerdict => ({
    lines: end.number,
    erased,
    head: end,
    fault,
  })
  const missing = () => verdict({ what: 'missing', number: end.number + 1, auditId: null })

  for (let isMore = true; isMore; ) {
    const lines = await linesAfter(sql, chain, last, head.number, linesAtOnce)
    for (const line of lines) {
      if (line.number > end.number + 1) return missing()
      const what = faultOf(line, end, noted)
      if (what !== null) return verdict({ what, number: line.number, auditId: String(line.auditId) })
      if (line.whoSalt === null || line.reasonSalt === null) erased += 1
      end = { number: line.number, hash: line.hash }
      last = { number: line.number, auditId: line.auditId }
    }
    isMore = lines.length === linesAtOnce
  }

  if (end.number < Math.max(head.number, noted?.number ?? 0)) return missing()
  if (end.hash !== head.hash) return verdict({ what: 'head', number: head.number, auditId: null })
  const stray = await strayLine(sql, chain)
  if (stray) return verdict({ what: 'added', number: stray.number, auditId: String(stray.auditId) })
  return verdict(null)
}

function faultOf(line: ChainedLine, before: Place, noted: Place | undefined): AuditFault['what'] | null {
  if (line.number <= before.number) return 'added'
  if (line.previousHash !== before.hash) return 'moved'
  if (line.hash !== hashOf(line) || !isWhoUnchanged(line) || !isReasonUnchanged(line)) return 'changed'
  return line.number === noted?.number && line.hash !== noted.hash ? 'changed' : null
}
