import type { AuditFault } from './protocol/audit.ts'

/** What is wrong with a chain, in a sentence for people. */
export function faultWords({ what, number, auditId }: AuditFault): string {
  const line = number === null ? `The row ${auditId}` : `Line ${number}`
  switch (what) {
    case 'changed':
      return `${line} was changed after it was written.`
    case 'moved':
      return `${line} does not follow the line before it: lines were put in, taken out or exchanged here.`
    case 'missing':
      return `${line} is missing.`
    case 'added':
      return `${line} was put in past the chain.`
    case 'head':
      return `${line} is the last one, but it is not the end that was noted.`
  }
  return what satisfies never
}
