import type { Connection } from '@parley/shared/client/connection.ts'
import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import { signal } from '@preact/signals'
import { loadSession } from '../session.ts'
import { may } from '../settings/parts/may.ts'

export type InboxCounts = CommandAnswer<'countInbox'>

export const inboxCounts = signal<InboxCounts | null>(null)

/** A burst of changes is counted once, after it has calmed down. */
const settleMs = 400

export function followCounts(connection: Connection): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false
  const count = async () => {
    timer = undefined
    if (!may('inbox.read')) return
    const outcome = await connection.ask('countInbox', {})
    if (outcome.ok && !isStopped) inboxCounts.value = outcome.value
    // A vendor's people may lose the inbox while it is open: what the console offers follows.
    if (!outcome.ok && outcome.refusal.code === 'notAllowed') void loadSession()
  }
  const later = () => {
    timer ??= setTimeout(() => void count(), settleMs)
  }
  const stops = [
    connection.on('inbox', later),
    connection.on('forget', later),
    connection.on('mention', later),
    connection.on('state', (state) => {
      if (state === 'online') later()
    }),
  ]
  void count()
  return () => {
    isStopped = true
    clearTimeout(timer)
    for (const stop of stops) stop()
    inboxCounts.value = null
  }
}
