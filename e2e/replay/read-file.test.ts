import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readConversations } from './read-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-replay-'))
afterAll(() => rmSync(folder, { recursive: true }))

function read(content: string) {
  const path = join(folder, 'conversations')
  writeFileSync(path, content)
  return readConversations(path)
}
const header = 'conversationId\tturnNumber\tutteranceId\tutterance\tslot-labels\tintent\n'

describe('a file of conversations', () => {
  it('of customer turns gets an echo with a number for each', () => {
    const { conversations } = read(`${header}a\t0.0\tx\thi\tO\tgreeting\na\t4.0\tx\tmy lamp\tO\tcontent\n`)
    expect(conversations).toEqual([
      {
        id: 'a',
        isTwoSided: false,
        turns: [
          { by: 'customer', text: 'hi' },
          { by: 'agent', text: 'Got it (1).' },
          { by: 'customer', text: 'my lamp' },
          { by: 'agent', text: 'Got it (2).' },
        ],
      },
    ])
  })

  it('keeps tabs, line breaks and quotes inside a quoted field, and the order of the numbers', () => {
    const { conversations } = read(
      `${header}a\t10\tx\t"flight 2343 \n hotel\t""four"""\tO\tcontent\r\na\t9\tx\tit costs 5" more\tO\tcontent`,
    )
    expect(conversations[0]?.turns.filter(({ by }) => by === 'customer').map(({ text }) => text)).toEqual([
      'it costs 5" more',
      'flight 2343 \n hotel\t"four"',
    ])
  })

  it('of two sides keeps both, without what was done, and lets the customer open it', () => {
    const { conversations } = read(
      JSON.stringify([
        {
          convo_id: 7,
          scenario: { subflow: 'return_size' },
          original: [
            ['agent', 'Hi!'],
            ['customer', 'I got the wrong size.'],
            ['action', 'Account has been pulled up.'],
            ['agent', 'Sorry!'],
          ],
        },
      ]),
    )
    expect(conversations).toEqual([
      {
        id: '7',
        isTwoSided: true,
        turns: [
          { by: 'customer', text: 'return size' },
          { by: 'agent', text: 'Hi!' },
          { by: 'customer', text: 'I got the wrong size.' },
          { by: 'agent', text: 'Sorry!' },
        ],
      },
    ])
  })

  it('says which turns no client may send, and plays the rest', () => {
    const { conversations, leftOut } = read(
      JSON.stringify({
        conversations: [
          {
            id: 'a',
            turns: [
              ['customer', 'x'.repeat(5_001)],
              ['customer', ' \n'],
              ['customer', '\u0000'],
              ['customer', 'fine'],
            ],
          },
        ],
      }),
    )
    expect(leftOut.map(({ turn, reason }) => [turn, reason])).toEqual([
      [0, 'text.tooLong'],
      [1, 'text.empty'],
      [2, 'text.unstorable'],
    ])
    expect(conversations[0]?.turns[0]).toEqual({ by: 'customer', text: 'fine' })
  })

  it('of another kind is refused in a sentence that names the formats', () => {
    expect(() => read('name,text\na,b\n')).toThrow(/MultiDoGO.*ABCD.*conversations/s)
    expect(() => read('{"chats": []}')).toThrow(/is not a file of conversations/)
  })
})
