import type { SourceConversation } from './conversation.ts'
import type { Said } from './transcript.ts'

/** `lost` is missing, `doubled` is there once too often, `moved` stands elsewhere, `changed` says something else. */
export type Fault = 'lost' | 'doubled' | 'moved' | 'changed' | 'added'

export interface Difference {
  conversationId: string
  /** Where it is wrong. */
  at: 'store' | 'visitor' | 'agent'
  fault: Fault
  text: string
}

export interface Transcripts {
  conversationId: string
  source: SourceConversation
  store: readonly Said[]
  visitor: readonly Said[]
  agent: readonly Said[]
}

/** The store against the source, and each party against the store: equal, in order, once. */
export function compare({ conversationId, source, store, visitor, agent }: Transcripts): Difference[] {
  const sides = source.isTwoSided ? [() => true] : (['customer', 'agent'] as const).map(spokenBy)
  const stored = sides.flatMap((isOf) =>
    differencesIn(
      source.turns.filter(isOf).map((turn) => ({ key: `${turn.by}:${turn.text}`, text: turn.text })),
      store.filter(isOf).map((message) => ({ key: `${message.by}:${message.text}`, text: message.text })),
    ),
  )
  return [
    ...stored.map((difference) => ({ conversationId, at: 'store' as const, ...difference })),
    ...(['visitor', 'agent'] as const).flatMap((at) =>
      differencesIn(store.map(keyed), { visitor, agent }[at].map(keyed)).map((difference) => ({
        conversationId,
        at,
        ...difference,
      })),
    ),
  ]
}

function spokenBy(side: 'customer' | 'agent') {
  return ({ by }: { by: 'customer' | 'agent' }) => by === side
}

function keyed({ messageId, by, text }: Said): Line {
  return { key: `${messageId}:${by}:${text}`, text, id: messageId }
}

interface Line {
  key: string
  text: string
  /** When known, a line of the same id and another text is the same message, changed. */
  id?: string
}

function differencesIn(expected: readonly Line[], seen: readonly Line[]): { fault: Fault; text: string }[] {
  const { missing, extra } = unmatched(expected, seen)
  const found: { fault: Fault; text: string }[] = []
  const take = (isIt: (line: Line) => boolean): Line | undefined => {
    const index = extra.findIndex(isIt)
    return index === -1 ? undefined : extra.splice(index, 1)[0]
  }
  const unplaced = missing.filter((line) => {
    if (!take(({ key }) => key === line.key)) return true
    found.push({ fault: 'moved', text: line.text })
    return false
  })
  const known = new Set(expected.map(({ key }) => key))
  for (let again = take(({ key }) => known.has(key)); again; again = take(({ key }) => known.has(key)))
    found.push({ fault: 'doubled', text: again.text })
  for (const line of unplaced) {
    const instead = take(({ id }) => line.id === undefined || id === line.id)
    found.push({ fault: instead ? 'changed' : 'lost', text: line.text })
  }
  return [...found, ...extra.map(({ text }) => ({ fault: 'added' as const, text }))]
}

/** What is left over on both sides when the longest common run of lines, in order, is taken out. */
function unmatched(expected: readonly Line[], seen: readonly Line[]): { missing: Line[]; extra: Line[] } {
  const width = seen.length + 1
  const lengths = new Uint32Array((expected.length + 1) * width)
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0
  for (let row = expected.length - 1; row >= 0; row -= 1)
    for (let column = seen.length - 1; column >= 0; column -= 1)
      lengths[row * width + column] =
        expected[row]?.key === seen[column]?.key
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1))

  const missing: Line[] = []
  const extra: Line[] = []
  let row = 0
  let column = 0
  while (row < expected.length || column < seen.length) {
    const [one, other] = [expected[row], seen[column]]
    if (one && other && one.key === other.key) {
      row += 1
      column += 1
    } else if (one && (!other || at(row + 1, column) >= at(row, column + 1))) {
      missing.push(one)
      row += 1
    } else if (other) {
      extra.push(other)
      column += 1
    }
  }
  return { missing, extra }
}
