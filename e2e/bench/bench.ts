import { misused, readWords } from '../command-line.ts'
import { type Figure, machine, printJson, printTable, tell } from './figures.ts'
import { measureBoard } from './measure-board.ts'
import { measureDoors } from './measure-doors.ts'
import { measureFlags } from './measure-flags.ts'
import { measureIdle } from './measure-idle.ts'
import { measureInbox } from './measure-inbox.ts'
import { measureOpen } from './measure-open.ts'
import { measureReads } from './measure-reads.ts'
import { measureSend } from './measure-send.ts'
import { measureTakeover } from './measure-takeover.ts'
import { measureTone } from './measure-tone.ts'
import { realFolder } from './real-messages.ts'
import type { Engine } from './servers.ts'

const parts = [
  'send',
  'idle',
  'open',
  'inbox',
  'reads',
  'board',
  'takeover',
  'flags',
  'tone',
  'doors',
] as const
type Part = (typeof parts)[number]
const engineNames: readonly Engine[] = ['embedded', 'postgres']

const usage = `npm run bench -- [PART…] [--engines ENGINE[,ENGINE]] [--seconds N] [--rounds N] [--seed N] [--data FOLDER] [--profile FOLDER] [--json]

  PART       only these; all unless told: ${parts.join(' ')}
  --only     the same with commas between them
  --engines  ${engineNames.join(' and ')}, both unless told
  --seconds  how long each is measured, 1 to 60, 5 unless told
  --rounds   how often they take turns with what they are compared to, 5 unless told
  --seed     who writes what
  --data     where real conversations are, for flags and tone
  --profile  where the servers write what their CPU time went to
  --json     figures for programs instead of a table
`
const { values, positionals } = readWords(
  usage,
  {
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: parts.join(',') },
    engines: { type: 'string', default: engineNames.join(',') },
    seconds: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '5' },
    profile: { type: 'string' },
    data: { type: 'string', default: realFolder },
  },
  true,
)

const seed = Number(values.seed)
const seconds = Number(values.seconds)
const rounds = Number(values.rounds)
const only = (positionals.length > 0 ? positionals : values.only.split(',')) as Part[]
const engines = values.engines.split(',') as Engine[]
const unknownPart = only.find((part) => !parts.includes(part))
const unknownEngine = engines.find((engine) => !engineNames.includes(engine))
if (unknownPart !== undefined) misused(usage, `There is no part ${unknownPart}.`)
if (unknownEngine !== undefined) misused(usage, `There is no engine ${unknownEngine}.`)
if (!(seconds >= 1 && seconds <= 60)) misused(usage, '--seconds takes a number from 1 to 60.')
if (!(rounds >= 1 && rounds <= 100)) misused(usage, '--rounds takes a number from 1 to 100.')
if (!Number.isInteger(seed)) misused(usage, '--seed takes a whole number.')

const measures: Record<Part, () => Promise<Figure[]>> = {
  send: () => measureSend({ seconds, seed, engines, rounds, profile: values.profile }),
  idle: () => measureIdle(),
  open: () => measureOpen({ seed, engines }),
  inbox: () => measureInbox(engines),
  reads: () => measureReads(engines),
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
