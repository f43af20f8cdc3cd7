import type { InboxRow } from '@parley/shared/protocol/reading.ts'

const mostRows = 2_000

/** The latest last; of too many, the one that was silent longest is forgotten. */
export function rememberRow(seen: Map<string, InboxRow>, row: InboxRow): void {
  seen.delete(row.conversationId)
  seen.set(row.conversationId, row)
  const [oldest] = seen.keys()
  if (seen.size > mostRows && oldest !== undefined) seen.delete(oldest)
}
