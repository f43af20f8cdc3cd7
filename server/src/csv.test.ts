import { expect, it } from 'vitest'
import { csvLine } from './csv.ts'

it('quotes what RFC 4180 wants quoted, and nothing else', () => {
  expect(csvLine(['plain', 'a,b', 'say "so"', 'two\nlines', null, 12, ''])).toBe(
    'plain,"a,b","say ""so""","two\nlines",,12,\r\n',
  )
})

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '＝1', '＋1', '－1', '＠x'])(
  'makes %j plain text',
  (text) => {
    expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/)
  },
)

it('leaves numbers as numbers, negative ones too', () => {
  expect(csvLine([-3, 'x'])).toBe('-3,x\r\n')
})
