import type { Span } from '../words/index.ts'
import { findCards } from './detectors/card.ts'
import type { Finding } from './finding.ts'

export const maskSign = '••••'

/** Whatever it is written in (notes, answers of forms, names of people and files): cards keep their last four digits. */
export function maskCards(text: string, previousText?: string): string {
  return maskFindings(text, findCards(text, previousText))
}

export function maskFindings(text: string, findings: readonly Finding[]): string {
  let masked = ''
  let from = 0
  for (const { start, end, findings: parts } of joined(findings)) {
    masked += text.slice(from, start) + signFor(text, parts)
    from = end
  }
  return masked + text.slice(from)
}

function signFor(text: string, parts: readonly Finding[]): string {
  const [only] = parts
  // Of one cut in two the first half stands in the message before: four more digits would be too many.
  if (only?.kind !== 'card' || parts.length > 1 || only.shape !== 'number') return maskSign
  return `${maskSign} ${lastFour(text.slice(only.start, only.end))}`
}

function lastFour(written: string): string {
  return [...written.normalize('NFKC')]
    .filter((character) => /\p{Nd}/u.test(character))
    .slice(-4)
    .join('')
}

interface Masked extends Span {
  findings: Finding[]
}

function joined(findings: readonly Finding[]): Masked[] {
  const masks: Masked[] = []
  for (const finding of [...findings].sort((one, other) => one.start - other.start)) {
    const last = masks.at(-1)
    if (last && finding.start < last.end) {
      last.end = Math.max(last.end, finding.end)
      last.findings.push(finding)
    } else masks.push({ start: finding.start, end: finding.end, findings: [finding] })
  }
  return masks
}
