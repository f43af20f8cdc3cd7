/** One line of the audit, as those who may read it see it. */
export interface AuditEntry {
  /** Its number in the site's chain: dense, from 1. */
  auditId: string
  at: string
  actorId: string
  /** Null once the person was erased. */
  actor: string | null
  actingAs: string | null
  action: string
  object: string
  result: 'done' | 'refused'
  reason: string | null
}

export interface AuditFault {
  /**
   * `changed` differs from what was written · `moved` does not follow the line before it · `missing` is not there ·
   * `added` was put in past the chain · `head` the end of the chain is not the one that was noted.
   */
  what: 'changed' | 'moved' | 'missing' | 'added' | 'head'
  /** Of the first line that does not fit; null when it has no place in the chain. */
  number: number | null
  auditId: string | null
}

export interface AuditVerdict {
  /** How many lines fit, from the first on. */
  lines: number
  /** Of those, how many have had names, addresses or reasons erased; they count as whole. */
  erased: number
  head: { number: number; hash: string }
  fault: AuditFault | null
}
