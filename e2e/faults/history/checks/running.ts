import type { Check } from '../history.ts'

/** I14: a node runs until it is told to stop. */
export const stillRunning: Check = ({ ends }) =>
  ends.map(({ node, why }) => ({
    invariant: 'I14',
    sentence: `${node} ended or broke without being told to.`,
    evidence: [why],
  }))
