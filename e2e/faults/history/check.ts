import { audited } from './checks/audited.ts'
import { files } from './checks/files.ts'
import { leaks } from './checks/leaks.ts'
import { order, ownOrder } from './checks/order.ts'
import { owners } from './checks/owners.ts'
import { stillRunning } from './checks/running.ts'
import { sideEffects } from './checks/side-effects.ts'
import { doubled, leftOpen, lost, refusedButSeen } from './checks/stored-once.ts'
import { monotonic, readYourWrites, replay, silentSkip } from './checks/views.ts'
import type { Check, History, Invariant, Violation } from './history.ts'

const checks: readonly Check[] = [
  lost,
  doubled,
  refusedButSeen,
  leftOpen,
  order,
  ownOrder,
  readYourWrites,
  monotonic,
  silentSkip,
  replay,
  leaks,
  sideEffects,
  files,
  owners,
  stillRunning,
  audited,
]

/** Everything in this history that breaks a promise; nothing when all were kept. */
export function judge(history: History): Violation[] {
  return checks.flatMap((check) => check(history))
}

export interface Verdict {
  acknowledged: number
  lost: number
  duplicated: number
  reordered: number
  leaked: number
  other: number
}

export function countOf(history: History, violations: readonly Violation[]): Verdict {
  const count = (...wanted: Invariant[]) =>
    violations.filter(({ invariant }) => wanted.includes(invariant)).length
  const named = {
    lost: count('I01'),
    duplicated: count('I02'),
    reordered: count('I05', 'I06'),
    leaked: count('I11'),
  }
  const { lost, duplicated, reordered, leaked } = named
  return {
    acknowledged: history.sent.filter(({ result }) => result === 'ok').length,
    ...named,
    other: violations.length - lost - duplicated - reordered - leaked,
  }
}
