import type { InboxRow, InboxView } from '@parley/shared/protocol/reading.ts'
import { waitOf } from './wait.ts'

export type ListItem =
  | { kind: 'head'; key: string; name: string; count: number }
  | { kind: 'row'; key: string; row: InboxRow }

const groups = ['Over target', 'Due soon', 'Waiting on others'] as const
type Group = (typeof groups)[number]

/** Over target, due soon, waiting on others; inside, whoever has waited longest comes first. */
export function groupRows(rows: Iterable<InboxRow>, view: InboxView, now: number): ListItem[] {
  if (view === 'closed' || view === 'mentions' || view === 'rooms')
    return [...rows].sort(newestFirst).map(asItem)
  const grouped = new Map<Group, InboxRow[]>(groups.map((group) => [group, []]))
  for (const row of rows) grouped.get(groupOf(row, now))?.push(row)
  const items: ListItem[] = []
  for (const [name, members] of grouped) {
    if (members.length === 0) continue
    items.push({ kind: 'head', key: name, name, count: members.length })
    members.sort(name === 'Waiting on others' ? othersOrder : longestWaitFirst)
    for (const row of members) items.push(asItem(row))
  }
  return items
}

function asItem(row: InboxRow): ListItem {
  return { kind: 'row', key: row.conversationId, row }
}

function groupOf(row: InboxRow, now: number): Group {
  const { form } = waitOf(row, now)
  if (form === 'over') return 'Over target'
  return form === 'plain' || form === 'due' ? 'Due soon' : 'Waiting on others'
}

function longestWaitFirst(one: InboxRow, other: InboxRow): number {
  return compare(one.waitingSince ?? '', other.waitingSince ?? '') || byId(one, other)
}

// What others owe: the freshest first, what sleeps last.
function othersOrder(one: InboxRow, other: InboxRow): number {
  return Number(one.status === 'snoozed') - Number(other.status === 'snoozed') || newestFirst(one, other)
}

function newestFirst(one: InboxRow, other: InboxRow): number {
  return compare(other.updatedAt, one.updatedAt) || byId(one, other)
}

function byId(one: InboxRow, other: InboxRow): number {
  return compare(one.conversationId, other.conversationId)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
