import { parseArgs } from 'node:util'
import { type Figure, machine, printJson, printTable, tell } from './figures.ts'
import { measureBoard } from './measure-board.ts'
import { measureDoors } from './measure-doors.ts'
import { measureFlags } from './measure-flags.ts'
import { measureIdle } from './measure-idle.ts'
import { measureInbox } from './measure-inbox.ts'
import { measureOpen } from './measure-open.ts'
import { measureSend } from './measure-send.ts'
import { measureTakeover } from './measure-takeover.ts'
import { measureTone } from './measure-tone.ts'
import { realFolder } from './real-messages.ts'
import type { Engine } from './servers.ts'

const parts = ['send', 'idle', 'open', 'inbox', 'board', 'takeover', 'flags', 'tone', 'doors'] as const
type Part = (typeof parts)[number]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: parts.join(',') },
    engines: { type: 'string', default: 'embedded,postgres' },
    seconds: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '5' },
    profile: { type: 'string' },
    data: { type: 'string', default: realFolder },
  },
})

const seed = Number(values.seed)
const seconds = Number(values.seconds)
const rounds = Number(values.rounds)
const only = (positionals.length > 0 ? positionals : values.only.split(',')) as Part[]
const engines = values.engines.split(',') as Engine[]
const unknown = only.find((part) => !parts.includes(part))
if (unknown !== undefined || !(seconds >= 1 && seconds <= 60) || !Number.isInteger(seed)) {
  tell(
    'Usage: npm run bench -- [send idle open inbox board takeover flags tone doors] [--json] [--only send,idle] [--engines embedded,postgres] [--seconds 1…60] [--seed N] [--data FOLDER]',
  )
  process.exit(2)
}

const measures: Record<Part, () => Promise<Figure[]>> = {
  send: () => measureSend({ seconds, seed, engines, rounds, profile: values.profile }),
  idle: () => measureIdle(),
  open: () => measureOpen({ seed, engines }),
  inbox: () => measureInbox(engines),
  board: () => measureBoard(seconds),
  takeover: () => measureTakeover(),
  flags: () => measureFlags(values.data),
  tone: () => measureTone(values.data),
  doors: () => measureDoors({ seed, engines }),
}

tell(`${machine()}, seed ${seed}`)
const figures: Figure[] = []
for (const part of parts.filter((candidate) => only.includes(candidate))) {
  try {
    figures.push(...(await measures[part]()))
  } catch (error) {
    tell(`${part} could not be measured: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
}
if (values.json) printJson(figures, seed)
else printTable(figures)
