/** How long a site keeps what, in days; null is for as long as it likes. */
export interface Retention {
  /** Words, names and files of closed conversations, counted from their end. */
  conversationDays: number | null
  /** Files, counted from when they were sent. */
  fileDays: number | null
  /** People nobody has heard of, and of whom nothing is kept in a conversation. */
  personDays: number | null
  /** Names, addresses and reasons in the audit log; its lines and its proof stay. */
  auditDays: number | null
}

export const keptByDefault: Retention = {
  conversationDays: null,
  fileDays: null,
  personDays: null,
  auditDays: null,
}

/** Less would take away what a dispute is decided on. */
export const fewestAuditDays = 365
export const fewestDays = 1
export const mostDays = 3_650

/** What would go at the next turn. */
export interface RetentionCount {
  conversations: number
  files: number
  people: number
  auditLines: number
  /** Conversations that would go if no legal hold kept them. */
  held: number
}
