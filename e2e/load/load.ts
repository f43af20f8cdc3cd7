import { parseArgs } from 'node:util'
import { buildWhatChanged } from '../../server/scripts/run.mjs'
import { type Figure, machine, printJson, printTable, tell } from '../bench/figures.ts'
import { measureIdle } from '../bench/measure-idle.ts'
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
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
    only: { type: 'string', default: Object.keys(parts).join(',') },
    seconds: { type: 'string', default: '8' },
    'soak-minutes': { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
  },
})
const size: Size = {
  ...(values.small ? smallSize : wholeSize),
  seed: Number(values.seed),
  seconds: Number(values.seconds),
  soakMinutes: Number(values['soak-minutes']),
}
const only = values.only.split(',')
if (
  only.some((part) => !(part in parts)) ||
  !(size.seconds >= 1 && size.seconds <= 60) ||
  !(size.soakMinutes > 0 && size.soakMinutes <= 120)
) {
  tell(
    `Usage: npm run load -- [--json] [--small] [--only ${Object.keys(parts).join(',')}] [--seconds 1…60] [--soak-minutes 1…120] [--seed N]`,
  )
  process.exit(2)
}

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
