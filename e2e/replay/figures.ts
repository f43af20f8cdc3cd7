import { cpus } from 'node:os'
import type { Fault } from './compare.ts'
import type { Outcome } from './run-replay.ts'

export interface Figure {
  name: string
  value: number
  unit: string
  goal?: number
  better?: 'higher' | 'lower'
  ok?: boolean
}

/** Everything a replay measures; what must be nothing has 0 as its goal. */
export function figuresOf(outcome: Outcome): Figure[] {
  const { tally, differences } = outcome
  const faults = (fault: Fault) => differences.filter((difference) => difference.fault === fault).length
  const count = (name: string, value: number): Figure => ({ name: `replay.${name}`, value, unit: 'count' })
  const none = (name: string, value: number): Figure => ({
    ...count(name, value),
    goal: 0,
    better: 'lower',
    ok: value === 0,
  })
  return [
    count('conversations', outcome.conversations),
    count('turns', outcome.turns),
    {
      ...count('acknowledged', tally.acknowledged),
      goal: outcome.turns,
      better: 'higher',
      ok: tally.acknowledged === outcome.turns,
    },
    count('cuts', outcome.cuts),
    count('reloads', tally.reloads),
    count('retries', tally.retries),
    count('repairedGaps', tally.repairs),
    none('lost', faults('lost')),
    none('doubled', faults('doubled')),
    none('reordered', faults('moved')),
    none('changed', faults('changed') + faults('added')),
    none('troubles', outcome.troubles.length),
    { name: 'replay.seconds', value: Math.round(outcome.seconds * 10) / 10, unit: 's' },
  ]
}

export function isFaultless(figures: readonly Figure[]): boolean {
  return figures.every(({ ok }) => ok !== false)
}

export function asJson(figures: readonly Figure[], at: Date): string {
  const [cpu] = cpus()
  return JSON.stringify({
    figures,
    machine: `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, Node ${process.versions.node}`,
    at: at.toISOString(),
  })
}

const words: Record<string, string> = {
  repairedGaps: 'repaired gaps',
  troubles: 'other troubles',
}

export function asTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, ok }) => {
    const short = name.replace('replay.', '')
    const shown = unit === 's' ? `${value.toFixed(1)} s` : value.toLocaleString('en')
    return [words[short] ?? short, shown, ok === undefined ? '' : ok ? '✓' : '✗'] as const
  })
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows
    .map(([label, shown, mark]) => `${label.padEnd(width)}  ${shown.padStart(10)}  ${mark}`.trimEnd())
    .join('\n')
}
