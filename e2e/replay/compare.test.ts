import { describe, expect, it } from 'vitest'
import { compare, type Transcripts } from './compare.ts'
import type { Turn } from './conversation.ts'
import type { Said } from './transcript.ts'

const turns: Turn[] = [
  { by: 'customer', text: 'ok' },
  { by: 'agent', text: 'ok' },
  { by: 'customer', text: 'Where is my parcel?' },
  { by: 'customer', text: '48213' },
  { by: 'agent', text: 'In Porto.' },
  { by: 'customer', text: 'ok' },
]
const held = (): Said[] =>
  turns.map((turn, index) => ({ ...turn, messageId: `msg_${index}`, position: index + 2 }))

function faults(change: (all: { store: Said[]; visitor: Said[]; agent: Said[] }) => void, isTwoSided = true) {
  const all = { store: held(), visitor: held(), agent: held() }
  change(all)
  const transcripts: Transcripts = { conversationId: 'one', source: { id: 'one', turns, isTwoSided }, ...all }
  return compare(transcripts).map(({ at, fault, text }) => [at, fault, text])
}

const swap = (said: Said[], index: number) =>
  said.splice(index, 2, said[index + 1] as Said, said[index] as Said)
const again = (said: Said[], index: number, messageId: string) =>
  said.splice(index, 0, { ...(said[index] as Said), messageId })

describe('the comparison', () => {
  it('finds nothing where everybody holds the same', () => {
    expect(faults(() => {})).toEqual([])
    expect(faults(() => {}, false)).toEqual([])
  })

  it('finds a message that one party never got, even one that was said twice', () => {
    expect(faults(({ visitor }) => visitor.splice(4, 1))).toEqual([['visitor', 'lost', 'In Porto.']])
    expect(faults(({ agent }) => agent.splice(5, 1))).toEqual([['agent', 'lost', 'ok']])
  })

  it('finds a message that was stored twice, under two ids', () => {
    const planted = faults(({ store, visitor, agent }) => {
      for (const said of [store, visitor, agent]) again(said, 3, 'msg_again')
    })
    expect(planted).toEqual([['store', 'doubled', '48213']])
  })

  it('finds a message that is shown twice', () => {
    expect(faults(({ agent }) => again(agent, 2, 'msg_2'))).toEqual([
      ['agent', 'doubled', 'Where is my parcel?'],
    ])
  })

  it('finds two messages in the wrong order, in the store and on a screen', () => {
    const stored = faults(({ store, visitor, agent }) => {
      for (const said of [store, visitor, agent]) swap(said, 2)
    })
    expect(stored).toEqual([['store', 'moved', expect.any(String)]])
    expect(faults(({ visitor }) => swap(visitor, 3))).toEqual([['visitor', 'moved', expect.any(String)]])
  })

  it('finds a text that is not what was said', () => {
    const change = (said: Said[]) => said.splice(4, 1, { ...(said[4] as Said), text: 'In Porto' })
    expect(faults(({ agent }) => change(agent))).toEqual([['agent', 'changed', 'In Porto.']])
    expect(
      faults(({ store, visitor, agent }) => {
        for (const said of [store, visitor, agent]) change(said)
      }),
    ).toEqual([['store', 'changed', 'In Porto.']])
  })

  it('finds what nobody said, and who said it', () => {
    const stranger: Said = { by: 'agent', text: 'Hello?', messageId: 'msg_x', position: 9 }
    expect(faults(({ visitor }) => visitor.push(stranger))).toEqual([['visitor', 'added', 'Hello?']])
    const wrongSide = (said: Said[]) => said.splice(4, 1, { ...(said[4] as Said), by: 'customer' })
    expect(faults(({ visitor }) => wrongSide(visitor))).toEqual([['visitor', 'changed', 'In Porto.']])
  })

  it('lets sides speak over each other where the source has only one, and still keeps each in order', () => {
    const everywhere = (change: (said: Said[]) => void) =>
      faults(({ store, visitor, agent }) => {
        for (const said of [store, visitor, agent]) change(said)
      }, false)
    expect(everywhere((said) => swap(said, 3))).toEqual([])
    expect(everywhere((said) => swap(said, 2))).toHaveLength(1)
    expect(faults(({ visitor }) => swap(visitor, 3), false)).toHaveLength(1)
  })
})
