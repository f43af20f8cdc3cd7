import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWhatChanged } from '../../server/scripts/run.mjs'
import { printJson, tell } from '../bench/figures.ts'
import { misused, readWords } from '../command-line.ts'
import { asTable, counterExamples, figuresOf, isKept } from './report.ts'
import type { Outcome } from './rig/stage.ts'
import { Unplayable } from './rig/unplayable.ts'
import { scenarioIds, startSuites } from './suites.ts'

/** `npm run faults`: does harm to a whole installation and shows that nothing is lost by it. */
const usage = `npm run faults -- [--scenario F01[,F02…]] [--seed N] [--rounds N] [--json]

  --scenario  only these; all unless told: ${scenarioIds.join(' ')}
  --seed      what happens where and when; printed with every counter-example
  --rounds    how often a scenario repeats its fault, 2 unless told
  --json      figures for programs instead of a table
`
const { values } = readWords(usage, {
  scenario: { type: 'string', default: scenarioIds.join(',') },
  seed: { type: 'string', default: '1' },
  rounds: { type: 'string' },
  json: { type: 'boolean', default: false },
})
const wanted = values.scenario.split(',')
const seed = Number(values.seed)
const rounds = values.rounds === undefined ? undefined : Number(values.rounds)
const unknown = wanted.find((id) => !scenarioIds.includes(id))
if (unknown !== undefined) misused(usage, `There is no scenario ${unknown}.`)
if (!Number.isInteger(seed)) misused(usage, '--seed takes a whole number.')
if (!(rounds === undefined || (rounds >= 1 && rounds <= 100)))
  misused(usage, '--rounds takes a number from 1 to 100.')

await buildWhatChanged()
const outcomes: Outcome[] = []
const suites = startSuites()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void suites.stop().finally(breakOff))
try {
  for (const id of wanted) {
    const startedAt = performance.now()
    tell(`… ${id}`)
    try {
      const outcome = await suites.perform(id, { seed, rounds })
      outcomes.push(outcome)
      tell(
        `${isKept(outcome) ? '✓' : '✗'} ${id} ${outcome.title}, ${Math.round((performance.now() - startedAt) / 1_000)} s${besides(outcome)}`,
      )
      if (!isKept(outcome)) tell(`${counterExamples(outcome)}\n  Everything seen: ${keep(outcome)}`)
    } catch (error) {
      if (error instanceof Unplayable) {
        tell(`– ${id} is not played on this machine: ${error.message}`)
        continue
      }
      process.exitCode = 1
      tell(`✗ ${id} could not be played: ${error instanceof Error ? (error.stack ?? error.message) : error}`)
    }
  }
} finally {
  await suites.stop()
}
if (values.json) printJson(figuresOf(outcomes), seed)
else console.log(asTable(outcomes))
if (!outcomes.every(isKept)) process.exitCode = 1

/** What was played until then is told all the same. */
function breakOff(): void {
  if (!values.json) console.log(asTable(outcomes))
  process.exit(1)
}

function keep({ id, history, said }: Outcome): string {
  const folder = join(tmpdir(), 'parley-faults')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${id}-${seed}.json`)
  writeFileSync(path, JSON.stringify(history))
  writeFileSync(path.replace(/json$/, 'log'), said)
  return path
}

function besides({ history: { slowdown } }: Outcome): string {
  return slowdown < 1.5 ? '' : ` (machine shared: limits stretched ${slowdown.toFixed(1)} times)`
}
