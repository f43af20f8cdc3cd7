import type { Check, Violation } from '../history.ts'

/** I14: a node runs until it is told to stop. */
export const stillRunning: Check = ({ ends }) =>
  ends.map(({ node, why }) => ({
    invariant: 'I14',
    sentence: `${node} ended or broke without being told to.`,
    evidence: [why],
  }))

/** I15: no act without its line, no line without its act. */
export const audited: Check = ({ acts, audit }) => {
  const key = ({ action, object }: { action: string; object: string }) => `${action} ${object}`
  const lines = audit.map(key)
  const found: Violation[] = []
  for (const act of acts) {
    const count = lines.filter((line) => line === key(act)).length
    if (act.result === 'ok' && count !== 1)
      found.push({
        invariant: 'I15',
        sentence: `${key(act)} was done and left ${count} lines.`,
        evidence: [act],
      })
    if (act.result === 'failed' && count > 0)
      found.push({ invariant: 'I15', sentence: `${key(act)} was refused and left a line.`, evidence: [act] })
  }
  return found
}
