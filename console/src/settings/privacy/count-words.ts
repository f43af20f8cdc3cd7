import type { RetentionCount } from '@parley/shared/protocol/retention.ts'

/** “3 conversations and 12 files would go. It cannot be undone.” */
export function countWords({ conversations, files, people, auditLines }: RetentionCount): string {
  const parts = [
    counted(conversations, 'conversation', 'conversations'),
    counted(files, 'file', 'files'),
    counted(people, 'person', 'people'),
    counted(auditLines, 'name or reason in the audit log', 'names and reasons in the audit log'),
  ].filter((words) => words !== undefined)
  if (parts.length === 0) return 'Nothing would go now.'
  const last = parts.pop()
  return `${parts.length === 0 ? last : `${parts.join(', ')} and ${last}`} would go. That cannot be undone.`
}

const numbers = new Intl.NumberFormat('en-GB')

function counted(count: number, one: string, many: string): string | undefined {
  return count === 0 ? undefined : `${numbers.format(count)} ${count === 1 ? one : many}`
}
