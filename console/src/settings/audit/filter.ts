import type { CommandWish } from '@parley/shared/protocol/commands.ts'

/** As it is chosen; empty is everything. Days are whole, where the reader is. */
export interface Chosen {
  actorId: string
  area: string
  object: string
  from: string
  to: string
}

export const everything: Chosen = { actorId: '', area: '', object: '', from: '', to: '' }

type Filter = Omit<CommandWish<'listAudit'>, 'before' | 'limit'>

export function filterOf({ actorId, area, object, from, to }: Chosen): Filter {
  return {
    ...(actorId === '' ? {} : { actorId }),
    ...(area === '' ? {} : { action: area }),
    ...(object.trim() === '' ? {} : { object: object.trim() }),
    ...(from === '' ? {} : { from: startOf(from, 0) }),
    ...(to === '' ? {} : { to: startOf(to, 1) }),
  }
}

export function exportAddress(filter: Filter, format: 'csv' | 'jsonl'): string {
  const query = new URLSearchParams({ format, ...(filter as Record<string, string>) })
  return `/api/v1/audit/export?${query}`
}

function startOf(day: string, daysLater: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + daysLater).toISOString()
}
