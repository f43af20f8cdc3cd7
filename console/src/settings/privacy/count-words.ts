import type { RetentionCount } from '@parley/shared/protocol/retention.ts'

/** “3 conversations and 12 files would go. That cannot be undone. A legal hold keeps 1 conversation.” */
export function countWords({ conversations, files, people, auditLines, held }: RetentionCount): string {
  const parts = [
    counted(conversations, ...conversation),
    counted(files, 'file', 'files'),
    counted(people, 'person', 'people'),
    counted(auditLines, 'name or reason in the audit log', 'names and reasons in the audit log'),
  ].filter((words) => words !== undefined)
  const kept = counted(held, ...conversation)
  return `${going(parts)}${kept === undefined ? '' : ` A legal hold keeps ${kept}.`}`
}

const conversation = ['conversation', 'conversations'] as const

function going(parts: string[]): string {
  if (parts.length === 0) return 'Nothing would go now.'
  const last = parts.pop()
  return `${parts.length === 0 ? last : `${parts.join(', ')} and ${last}`} would go. That cannot be undone.`
}

const numbers = new Intl.NumberFormat('en-GB')

function counted(count: number, one: string, many: string): string | undefined {
  return count === 0 ? undefined : `${numbers.format(count)} ${count === 1 ? one : many}`
}
