import { cpus, totalmem } from 'node:os'

/** One measured number; its name never changes, so that runs can be compared. */
export interface Figure {
  name: string
  value: number
  unit: 'x' | 'ms' | 'µs' | 'B' | 'kB' | '/s' | 'share' | 's' | 'count' | 'MB/h'
  /** Absent where a number is only told. */
  goal?: number
  better: 'higher' | 'lower'
  ok?: boolean
  /** Lowest and highest of the rounds that the value is the median of. */
  spread?: [number, number]
}

export function figure(
  name: string,
  value: number,
  { unit, better, goal, spread }: Pick<Figure, 'unit' | 'better' | 'goal' | 'spread'>,
): Figure {
  const rounded = round(value)
  return {
    name,
    value: rounded,
    unit,
    better,
    ...(goal === undefined ? {} : { goal, ok: better === 'higher' ? rounded >= goal : rounded <= goal }),
    ...(spread ? { spread: [round(spread[0]), round(spread[1])] } : {}),
  }
}

export function round(value: number): number {
  return Number(value.toPrecision(value >= 1_000 ? 4 : 3))
}

export function printTable(figures: readonly Figure[]): void {
  const rows = figures.map((each) => [
    each.name,
    `${each.value} ${each.unit}`,
    each.spread ? `${each.spread[0]} … ${each.spread[1]}` : '',
    each.goal === undefined ? '' : `${each.better === 'higher' ? '≥' : '≤'} ${each.goal} ${each.unit}`,
    each.ok === undefined ? '' : each.ok ? '✓' : '✗',
  ])
  const lines = [['figure', 'value', 'rounds', 'goal', ''], ...rows]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  for (const line of lines)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

export function printJson(figures: readonly Figure[], seed: number): void {
  console.log(JSON.stringify({ figures, machine: machine(), seed, at: new Date().toISOString() }))
}

export function machine(): string {
  const [cpu] = cpus()
  const memory = `${Math.round(totalmem() / 1024 ** 3)} GB`
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${memory}, Node ${process.versions.node}, ${process.platform}`
}

/** Progress goes here: stdout carries the result and nothing else. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}
