import { type Figure, figure } from '../bench/figures.ts'
import type { Outcome } from './rig/stage.ts'

const columns = [
  'operations',
  'faults',
  'acknowledged',
  'lost',
  'duplicated',
  'reordered',
  'leaked',
  'other',
  'convergeSeconds',
] as const
const heads: Partial<Record<(typeof columns)[number], string>> = { convergeSeconds: 'converged' }

export function asTable(outcomes: readonly Outcome[]): string {
  const sorted = [...outcomes].sort((one, other) => (one.id < other.id ? -1 : 1))
  const rows = sorted.map((outcome) => [
    outcome.id,
    ...columns.map((name) =>
      name === 'convergeSeconds' ? `${outcome[name].toFixed(1)} s` : outcome[name].toLocaleString('en'),
    ),
    isKept(outcome) ? '✓' : '✗',
    outcome.title,
  ])
  const lines = [['', ...columns.map((name) => heads[name] ?? name), '', ''], ...rows]
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? []
  const last = widths.length - 1
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 || column >= last - 1
            ? cell.padEnd(column === last ? 0 : (widths[column] ?? 0))
            : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

export function isKept({ violations }: Outcome): boolean {
  return violations.length === 0
}

/** Of each promise. */
const mostTold = 2
const longestEvidence = 1_200

/** The counter-examples of one scenario, with all that is needed to see the same again. */
export function counterExamples({ id, seed, violations }: Outcome): string {
  const first = violations.filter(
    ({ invariant }, at) =>
      violations.slice(0, at).filter((before) => before.invariant === invariant).length < mostTold,
  )
  const told = first.map(({ invariant, sentence, evidence }) => {
    const shown = JSON.stringify(evidence).slice(0, longestEvidence)
    return `${id} breaks ${invariant === 'own' ? 'what it asks' : invariant}: ${sentence}\n  ${shown}`
  })
  const more = violations.length - told.length
  return [
    ...told,
    ...(more > 0 ? [`… and ${more} more.`] : []),
    `Again: npm run faults -- --scenario ${id} --seed ${seed}`,
  ].join('\n')
}

export function figuresOf(outcomes: readonly Outcome[]): Figure[] {
  return outcomes.flatMap((outcome) => {
    const name = (what: string) => `faults.${outcome.id}.${what}`
    const none = (what: 'lost' | 'duplicated' | 'reordered' | 'leaked' | 'other') =>
      figure(name(what), outcome[what], { unit: 'count', better: 'lower', goal: 0 })
    return [
      figure(name('acknowledged'), outcome.acknowledged, { unit: 'count', better: 'higher' }),
      none('lost'),
      none('duplicated'),
      none('reordered'),
      none('leaked'),
      none('other'),
      figure(name('convergeSeconds'), outcome.convergeSeconds, { unit: 's', better: 'lower', goal: 30 }),
    ]
  })
}
