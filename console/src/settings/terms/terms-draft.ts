import {
  type RuledDirection,
  type RuledKind,
  ruledKinds,
  type TermAction,
  type TermRules,
  type TermTrial,
  termActions,
} from '@parley/shared/protocol/terms.ts'
import { actionWords, directionWords, kindWords } from './term-words.ts'

export type Direction = RuledDirection
export const directions: readonly Direction[] = [
  'vendorToBuyer',
  'buyerToVendor',
  'vendorToVendor',
  'buyerToBuyer',
]

/** As it is written in the form: one on each line, sentences that may be empty. Switches act at once, outside of it. */
export interface TermsDraft extends Omit<TermRules, 'keyPhrases' | 'blockedHosts' | 'linksOff'> {
  keyPhrases: string
  blockedHosts: string
}

export function draftOf({ keyPhrases, blockedHosts, linksOff: _, ...rules }: TermRules): TermsDraft {
  return { ...rules, keyPhrases: keyPhrases.join('\n'), blockedHosts: blockedHosts.join('\n') }
}

/** Blank lines and doubles left out. */
export function linesOf(written: string): string[] {
  const lines = written.split('\n').map((line) => line.trim())
  return [...new Set(lines.filter((line) => line !== ''))]
}

/** What is saved: no sentence where there are no words. */
export function rulesOf(
  { keyPhrases, blockedHosts, sentences, ...rules }: TermsDraft,
  linksOff: TermRules['linksOff'],
): TermRules {
  return {
    ...rules,
    linksOff,
    keyPhrases: linesOf(keyPhrases),
    blockedHosts: linesOf(blockedHosts),
    sentences: Object.fromEntries(
      Object.entries(sentences)
        .map(([kind, words]) => [kind, words.trim()] as const)
        .filter(([, words]) => words !== ''),
    ),
  }
}

export function withAction(
  rules: TermsDraft,
  direction: Direction,
  kind: RuledKind,
  action: TermAction,
): Pick<TermsDraft, Direction> {
  const { vendorToBuyer, buyerToVendor, vendorToVendor, buyerToBuyer } = rules
  const all = { vendorToBuyer, buyerToVendor, vendorToVendor, buyerToBuyer }
  return { ...all, [direction]: { ...rules[direction], [kind]: action } }
}

/** A writer is told something only where a message can be refused. */
export function refusedKinds(
  rules: Pick<TermRules, Direction>,
  { vendors, buyers, vendorIds }: TermRules['linksOff'],
): RuledKind[] {
  const areLinksOff = vendors || buyers || vendorIds.length > 0
  return ruledKinds.filter(
    (kind) =>
      directions.some((direction) => rules[direction][kind] === 'refuse') || (kind === 'link' && areLinksOff),
  )
}

/** What one version changed, in short sentences; the first has nothing before it. */
export function changesSince(before: TermRules, after: TermRules): string[] {
  const actions = directions.flatMap((direction) =>
    ruledKinds
      .filter((kind) => before[direction][kind] !== after[direction][kind])
      .map(
        (kind) =>
          `${directionWords[direction]}, ${kindWords[kind].toLowerCase()}: ${actionWords[before[direction][kind]]} → ${actionWords[after[direction][kind]]}`,
      ),
  )
  return [
    ...actions,
    ...linkChanges(before.linksOff, after.linksOff),
    ...counted(before.keyPhrases, after.keyPhrases, 'key phrase'),
    ...counted(before.blockedHosts, after.blockedHosts, 'blocked host'),
    ...(JSON.stringify(before.sentences) === JSON.stringify(after.sentences) ? [] : ['Sentences changed']),
  ]
}

function linkChanges(before: TermRules['linksOff'], after: TermRules['linksOff']): string[] {
  const sides = (['vendors', 'buyers'] as const)
    .filter((side) => before[side] !== after[side])
    .map((side) => `Links of ${side} ${after[side] ? 'off' : 'on'}`)
  return [...sides, ...counted(before.vendorIds, after.vendorIds, 'vendor without links')]
}

function counted(before: readonly string[], after: readonly string[], noun: string): string[] {
  const added = after.filter((one) => !before.includes(one)).length
  const removed = before.filter((one) => !after.includes(one)).length
  const said = (count: number, verb: string) => `${count} × ${noun} ${verb}`
  return [...(added > 0 ? [said(added, 'added')] : []), ...(removed > 0 ? [said(removed, 'removed')] : [])]
}

/** From the strictest, without those that happened to nothing. */
export function verdictsOf({ verdicts }: TermTrial): { action: TermAction; messages: number }[] {
  return [...termActions]
    .reverse()
    .map((action) => ({ action, messages: verdicts[action] }))
    .filter(({ action, messages }) => messages > 0 || action === 'allow')
}
