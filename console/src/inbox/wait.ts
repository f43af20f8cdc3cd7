import type { InboxRow } from '@parley/shared/protocol/reading.ts'
import { comingTime, shortDate, shortSpan, spokenSpan } from '../times.ts'

/** How long somebody may wait before a row counts as late, until a site sets its own targets. */
export const replyTargetMs = 5 * 60_000
/** A message left outside hours is promised for the next day. */
export const leftMessageTargetMs = 24 * 60 * 60_000
const dueFrom = 0.75

export type WaitForm = 'plain' | 'due' | 'over' | 'others' | 'snoozed' | 'closed'

export interface Wait {
  form: WaitForm
  text: string
  /** The whole meaning in words, for people who cannot see icon and colour. */
  spoken: string
}

export function waitOf(row: InboxRow, now: number): Wait {
  if (row.status === 'closed') {
    const text = shortDate(row.updatedAt, now)
    return { form: 'closed', text, spoken: `Closed ${text}` }
  }
  if (row.status === 'snoozed' && row.snoozedUntilAt !== null) {
    const until = comingTime(row.snoozedUntilAt, now)
    return { form: 'snoozed', text: `Until ${until}`, spoken: `Snoozed until ${until}` }
  }
  if (row.waitingSince === null) {
    const since = Math.max(0, now - Date.parse(row.lastMessage?.at ?? row.updatedAt))
    const text = since < 60_000 ? 'now' : `${shortSpan(since)} ago`
    return { form: 'others', text, spoken: `Waiting on others, last message ${spokenSpan(since)} ago` }
  }
  const waited = Math.max(0, now - Date.parse(row.waitingSince))
  const target = row.isLeftMessage ? leftMessageTargetMs : replyTargetMs
  const text = shortSpan(waited)
  const spoken = `Waiting ${spokenSpan(waited)}`
  if (waited > target) return { form: 'over', text, spoken: `${spoken}, over target` }
  if (waited >= target * dueFrom) return { form: 'due', text, spoken: `${spoken}, due soon` }
  return { form: 'plain', text, spoken }
}
