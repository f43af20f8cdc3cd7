import { builtInTone, type ToneLevel, toneLevels } from '@parley/server/src/tone/index.ts'
import { type Figure, figure, tell } from './figures.ts'
import { type Labelled, readLabelled } from './read-labelled.ts'
import { realMessages } from './real-messages.ts'

const realMost = 20_000

/** The built-in tone against messages labelled by hand, and how much of real conversations it takes for upset. */
export async function measureTone(data: string): Promise<Figure[]> {
  const tuned = readLabelled('tone', 'messages')
  const heldOut = readLabelled('tone', 'held-out')
  const unseen = readLabelled('tone', 'unseen')
  tell(`tone: ${tuned.length} messages, ${heldOut.length} more held out, ${unseen.length} written last`)
  return [
    ...(await figuresOf('tone', tuned, true)),
    ...(await figuresOf('tone.heldout', heldOut, false)),
    ...(await figuresOf('tone.unseen', unseen, false)),
    ...(await onRealMessages(data)),
  ]
}

async function figuresOf(name: string, messages: readonly Labelled[], isTold: boolean): Promise<Figure[]> {
  const pairs: { wanted: string; found: ToneLevel }[] = []
  for (const { label, text } of messages) {
    const { level, reasons } = await builtInTone.toneOf(text)
    pairs.push({ wanted: label, found: level })
    if (isTold && level !== label) tell(`tone: ${label} taken for ${level} (${reasons.join(', ')}) | ${text}`)
  }
  const right = pairs.filter(({ wanted, found }) => wanted === found).length
  const scores = toneLevels.map((level) => ({ level, f1: f1Of(pairs, level) }))
  return [
    figure(`${name}.accuracy`, right / pairs.length, { unit: 'share', better: 'higher' }),
    figure(`${name}.macroF1`, scores.reduce((sum, { f1 }) => sum + f1, 0) / scores.length, {
      unit: 'share',
      better: 'higher',
    }),
    ...scores.map(({ level, f1 }) => figure(`${name}.${level}.f1`, f1, { unit: 'share', better: 'higher' })),
  ]
}

function f1Of(pairs: readonly { wanted: string; found: ToneLevel }[], level: ToneLevel): number {
  const both = pairs.filter(({ wanted, found }) => wanted === level && found === level).length
  const either = pairs.filter(({ wanted }) => wanted === level).length
  const said = pairs.filter(({ found }) => found === level).length
  return either + said === 0 ? 1 : (2 * both) / (either + said)
}

async function onRealMessages(data: string): Promise<Figure[]> {
  const messages = realMessages(data, realMost)
  if (messages.length === 0) {
    tell(`tone: no real conversations in ${data}: nothing is said of them`)
    return []
  }
  const counts: Record<ToneLevel, number> = { calm: 0, tense: 0, upset: 0 }
  const startedAt = performance.now()
  for (const text of messages) counts[(await builtInTone.toneOf(text)).level] += 1
  const perMessage = ((performance.now() - startedAt) * 1_000) / messages.length
  return [
    figure('tone.real.tense', counts.tense / messages.length, { unit: 'share', better: 'lower' }),
    figure('tone.real.upset', counts.upset / messages.length, { unit: 'share', better: 'lower' }),
    figure('tone.perMessage', perMessage, { unit: 'µs', better: 'lower' }),
  ]
}
