import type { Check, Violation } from '../history.ts'

/** I15: no act without its line, no line without its act, and a chain that holds. */
export const audited: Check = ({ acts, audit, chainFaults }) => {
  const key = ({ action, requestId }: { action: string; requestId: string }) => `${action} (${requestId})`
  const found: Violation[] = chainFaults.map((fault) => ({
    invariant: 'I15',
    sentence: 'The chain of audit lines is broken.',
    evidence: [fault],
  }))
  const report = (sentence: string, evidence: unknown) =>
    found.push({ invariant: 'I15', sentence, evidence: [evidence] })
  const lines = new Map<string, number>()
  for (const row of audit) lines.set(key(row), (lines.get(key(row)) ?? 0) + 1)
  for (const act of acts) {
    const count = lines.get(key(act)) ?? 0
    if (act.result === 'ok' && count !== 1) report(`${key(act)} was done and left ${count} lines.`, act)
    if (act.result === 'failed' && count > 0) report(`${key(act)} was refused and left a line.`, act)
    if (act.result === 'unknown' && count > 1) report(`${key(act)} left ${count} lines.`, act)
  }
  const done = new Set(acts.map(key))
  for (const row of audit)
    if (!done.has(key(row))) report(`${key(row)} has a line that nobody’s act left.`, row)
  return found
}
