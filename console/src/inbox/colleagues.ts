import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import type { CannedReply } from '@parley/shared/protocol/settings.ts'
import { signal } from '@preact/signals'
import { ask } from '../connection.ts'

export type Colleagues = CommandAnswer<'listColleagues'>

/** Shown at once from the last answer and refreshed whenever a menu that needs it opens. */
export const colleagues = signal<Colleagues>({ members: [], queues: [] })
export const cannedReplies = signal<CannedReply[]>([])

export async function refreshColleagues(): Promise<void> {
  const outcome = await ask('listColleagues', {})
  if (outcome.ok) colleagues.value = outcome.value
}

export async function refreshCannedReplies(): Promise<void> {
  const outcome = await ask('listCannedReplies', {})
  if (outcome.ok) cannedReplies.value = outcome.value.replies
}
