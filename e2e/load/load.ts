import { buildWhatChanged } from '../../server/scripts/run.mjs'
import { type Figure, machine, printJson, printTable, tell } from '../bench/figures.ts'
import { measureIdle } from '../bench/measure-idle.ts'
import { misused, readWords } from '../command-line.ts'
import { measureFanOut, measureHot } from './measure-crowds.ts'
import { measureNodes } from './measure-nodes.ts'
import { measureSaturation } from './measure-saturation.ts'
import { measureSoak } from './measure-soak.ts'
import { measureStorm } from './measure-storm.ts'
import { type Size, smallSize, wholeSize } from './size.ts'

/** `npm run load`: how much it bears, and what becomes of it beyond that. */
const parts: Record<string, (size: Size) => Promise<Figure[]>> = {
  saturation: measureSaturation,
  nodes: measureNodes,
  idle: ({ idle }) => measureIdle({ counted: idle, prefix: 'load.idle10k', engine: 'postgres' }),
  storm: measureStorm,
  fanout: measureFanOut,
  hot: measureHot,
  soak: measureSoak,
}
const usage = `npm run load -- [--only PART[,PART…]] [--small] [--seconds N] [--soak-minutes N] [--seed N] [--json]

  --only          only these; all unless told: ${Object.keys(parts).join(' ')}
  --small         fewer people and less time, to see that it runs
  --seconds       how long each step is measured, 1 to 60, 8 unless told
  --soak-minutes  how long it is watched for memory that grows, up to 120, 30 unless told
  --seed          who writes what
  --json          figures for programs instead of a table
`
const { values } = readWords(usage, {
  json: { type: 'boolean', default: false },
  small: { type: 'boolean', default: false },
  only: { type: 'string', default: Object.keys(parts).join(',') },
  seconds: { type: 'string', default: '8' },
  'soak-minutes': { type: 'string', default: '30' },
  seed: { type: 'string', default: '1' },
})
const size: Size = {
  ...(values.small ? smallSize : wholeSize),
  seed: Number(values.seed),
  seconds: Number(values.seconds),
  soakMinutes: Number(values['soak-minutes']),
}
const only = values.only.split(',')
const unknown = only.find((part) => !(part in parts))
if (unknown !== undefined) misused(usage, `There is no part ${unknown}.`)
if (!(size.seconds >= 1 && size.seconds <= 60)) misused(usage, '--seconds takes a number from 1 to 60.')
if (!(size.soakMinutes > 0 && size.soakMinutes <= 120))
  misused(usage, '--soak-minutes takes a number up to 120.')
if (!Number.isInteger(size.seed)) misused(usage, '--seed takes a whole number.')

await buildWhatChanged()
tell(`${machine()}, seed ${size.seed}${values.small ? ', small: the figures say nothing' : ''}`)
const figures: Figure[] = []
for (const part of only) {
  try {
    figures.push(...((await parts[part]?.(size)) ?? []))
  } catch (error) {
    tell(`${part} could not be measured: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
}
if (values.json) printJson(figures, size.seed)
else printTable(figures)
