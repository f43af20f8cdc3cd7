import { Gauge, type Registry } from 'prom-client'
import type { Standing } from './store.ts'

const statuses = ['waiting', 'offered', 'open', 'snoozed']
const queueKinds = ['support', 'vendor']

/** Answers how to show a standing; without one the figures are absent, which is not the same as nought. */
export function createStandingGauges(registers: [Registry]): (standing: Standing | undefined) => void {
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name: `parley_${name}`, help, labelNames, registers })
  const isUp = gauge('database_up', '1 while the database answers in time.')
  const conversations = gauge('conversations', 'Conversations that are not closed.', 'status')
  const waiting = gauge('queue_waiting', 'Conversations in line that nobody has taken.', 'queue_kind')
  const oldest = gauge('queue_oldest_wait_seconds', 'How long the longest of them has waited.', 'queue_kind')
  const jobs = gauge(
    'jobs',
    'Jobs by kind: planned, due, or parked after failing too often.',
    'kind',
    'state',
  )

  return (standing) => {
    for (const one of [conversations, waiting, oldest, jobs]) one.reset()
    isUp.set(standing ? 1 : 0)
    if (!standing) return
    for (const status of statuses) conversations.set({ status }, 0)
    for (const { status, count } of standing.conversations) conversations.set({ status }, count)
    for (const queue_kind of queueKinds) {
      waiting.set({ queue_kind }, 0)
      oldest.set({ queue_kind }, 0)
    }
    for (const { kind: queue_kind, count, oldest_s } of standing.waiting) {
      waiting.set({ queue_kind }, count)
      oldest.set({ queue_kind }, oldest_s)
    }
    for (const { kind, state, count } of standing.jobs) jobs.set({ kind, state }, count)
  }
}
