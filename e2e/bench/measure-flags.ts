import { findTerms } from '@parley/server/src/terms/index.ts'
import { alwaysMasked, ruledKinds, type TermKind } from '@parley/shared/protocol/terms.ts'
import { type Figure, figure, tell } from './figures.ts'
import { type Labelled, readLabelled } from './read-labelled.ts'
import { realMessages } from './real-messages.ts'

const kinds: readonly TermKind[] = [...ruledKinds, ...alwaysMasked]
const keyPhrases = ['five stars', 'review swap', 'warehouse sale', 'Lagerverkauf', "échange d'avis"]
const realMost = 20_000

interface Tally {
  right: number
  wrong: number
  missed: number
}

/** What the detectors find in messages labelled by hand, and in real conversations where almost nothing is to be found. */
export async function measureFlags(data: string): Promise<Figure[]> {
  const tuned = readLabelled('flags', 'messages')
  const heldOut = readLabelled('flags', 'held-out')
  const unseen = readLabelled('flags', 'unseen')
  const hard = [...tuned, ...heldOut, ...unseen].filter(({ label }) => label === '-').length
  tell(
    `flags: ${tuned.length} messages, ${heldOut.length} more held out, ${unseen.length} written last, ${hard} of all hold nothing`,
  )
  return [
    ...figuresOf('flags', tuned, true),
    ...figuresOf('flags.heldout', heldOut, false),
    ...figuresOf('flags.unseen', unseen, false),
    ...onRealMessages(data),
  ]
}

function figuresOf(name: string, messages: readonly Labelled[], isTold: boolean): Figure[] {
  const tallies = new Map<TermKind, Tally>(kinds.map((kind) => [kind, { right: 0, wrong: 0, missed: 0 }]))
  let cleanFlagged = 0
  for (const message of messages) {
    const wanted = new Set(message.label === '-' ? [] : message.label.split(','))
    const found = kindsIn(message)
    if (wanted.size === 0 && found.size > 0) cleanFlagged += 1
    for (const [kind, tally] of tallies) {
      if (wanted.has(kind) && found.has(kind)) tally.right += 1
      else if (found.has(kind)) tally.wrong += 1
      else if (wanted.has(kind)) tally.missed += 1
      if (isTold && wanted.has(kind) !== found.has(kind))
        tell(`flags: ${wanted.has(kind) ? 'missed' : 'wrong'} ${kind} | ${message.text}`)
    }
  }
  const sum = [...tallies.values()].reduce((one, other) => ({
    right: one.right + other.right,
    wrong: one.wrong + other.wrong,
    missed: one.missed + other.missed,
  }))
  const clean = messages.filter(({ label }) => label === '-').length
  return [
    ...[...tallies].flatMap(([kind, tally]) => both(`${name}.${kind}`, tally)),
    ...both(name, sum),
    figure(`${name}.cleanFlagged`, cleanFlagged / clean, { unit: 'share', better: 'lower' }),
  ]
}

function both(name: string, { right, wrong, missed }: Tally): Figure[] {
  const shares: [string, number, number][] = [
    ['precision', right, right + wrong],
    ['recall', right, right + missed],
  ]
  return shares
    .filter(([, , of]) => of > 0)
    .map(([what, part, of]) => figure(`${name}.${what}`, part / of, { unit: 'share', better: 'higher' }))
}

function kindsIn({ text, previousText }: Pick<Labelled, 'text' | 'previousText'>): Set<TermKind> {
  const options = previousText === undefined ? { keyPhrases } : { keyPhrases, previousText }
  return new Set(findTerms(text, options).map(({ kind }) => kind))
}

/** Cards, accounts and addresses that people really gave are counted with the rest: an upper bound of what is wrong. */
function onRealMessages(data: string): Figure[] {
  const messages = realMessages(data, realMost)
  if (messages.length === 0) {
    tell(`flags: no real conversations in ${data}: nothing is said of them`)
    return []
  }
  const counts = new Map<TermKind, number>()
  const startedAt = performance.now()
  let flagged = 0
  for (const text of messages) {
    const found = kindsIn({ text })
    if (found.size > 0) flagged += 1
    for (const kind of found) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const perMessage = ((performance.now() - startedAt) * 1_000) / messages.length
  tell(
    `flags: in ${messages.length} real messages ${flagged} with a finding (${[...counts].map(([kind, count]) => `${kind} ${count}`).join(', ')})`,
  )
  return [
    figure('flags.real.flagged', flagged / messages.length, { unit: 'share', better: 'lower' }),
    ...kinds
      .filter((kind) => kind !== 'keyPhrase')
      .map((kind) =>
        figure(`flags.real.${kind}`, (counts.get(kind) ?? 0) / messages.length, {
          unit: 'share',
          better: 'lower',
        }),
      ),
    figure('flags.perMessage', perMessage, { unit: 'µs', better: 'lower' }),
  ]
}
