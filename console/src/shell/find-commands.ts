import type { InboxRow } from '@parley/shared/protocol/reading.ts'
import fuzzysort from 'fuzzysort'
import type { ConsoleCommand } from '../acts/console-commands.ts'
import { orderName, previewOf } from '../inbox/row-words.ts'

export interface FoundLine {
  key: string
  group: string
  label: string
  /** Places in the label that match, for the bold letters. */
  matches: readonly number[]
  detail: string | null
  command: ConsoleCommand | null
  row: InboxRow | null
}

export const lineGroups = [
  'This conversation',
  'Conversations',
  'Orders and people',
  'Inbox',
  'Go to',
  'You',
] as const

const perGroup = 6
const leastScore = 0.35

/** `#` orders, `@` people, `>` actions; without a sign everything. */
export function findLines(
  typed: string,
  commands: readonly ConsoleCommand[],
  rows: readonly InboxRow[],
  ownId: string,
): FoundLine[] {
  const sign = /^[#@>]/.exec(typed)?.[0] ?? null
  const query = (sign === null ? typed : typed.slice(1)).trim()
  const lines: FoundLine[] = []
  if (sign === null || sign === '>') lines.push(...commands.filter((one) => !one.isUnlisted).map(commandLine))
  if (sign === null && query !== '') lines.push(...rows.map((row) => conversationLine(row, ownId)))
  if (query !== '' || sign === '#' || sign === '@') {
    if (sign !== '@' && sign !== '>') lines.push(...rows.filter((row) => row.about.order).map(orderLine))
    if (sign === '@') lines.push(...rows.map(personLine))
  }
  if (query === '') return byGroup(lines, lineGroups)
  // The group of the best match comes first, so that Enter runs what was meant.
  const found = matching(query, lines)
  return byGroup(found, [...new Set(found.map((line) => line.group))])
}

function matching(query: string, lines: FoundLine[]): FoundLine[] {
  return fuzzysort
    .go(query, lines, { key: 'label', threshold: leastScore })
    .map((result) => ({ ...result.obj, matches: [...result.indexes] }))
}

function byGroup(lines: FoundLine[], groups: readonly string[]): FoundLine[] {
  return groups.flatMap((group) => {
    const members = lines.filter((line) => line.group === group)
    return group === 'Conversations' || group === 'Orders and people' ? members.slice(0, perGroup) : members
  })
}

function commandLine(command: ConsoleCommand): FoundLine {
  const { group, label, detail = null } = command
  return { key: `c ${group} ${label}`, group, label, matches: [], detail, command, row: null }
}

function conversationLine(row: InboxRow, ownId: string): FoundLine {
  const label = `${row.customer.name}: ${previewOf(row, ownId)}`
  return {
    key: `r ${row.conversationId}`,
    group: 'Conversations',
    label,
    matches: [],
    detail: null,
    command: null,
    row,
  }
}

function orderLine(row: InboxRow): FoundLine {
  const order = row.about.order ? orderName(row.about.order) : ''
  const label = `${order}, ${row.customer.name}`
  return {
    key: `o ${row.conversationId}`,
    group: 'Orders and people',
    label,
    matches: [],
    detail: row.with.name,
    command: null,
    row,
  }
}

function personLine(row: InboxRow): FoundLine {
  const detail = row.customer.role === 'vendor' ? 'Vendor' : 'Buyer'
  return {
    key: `p ${row.conversationId}`,
    group: 'Orders and people',
    label: row.customer.name,
    matches: [],
    detail,
    command: null,
    row,
  }
}
