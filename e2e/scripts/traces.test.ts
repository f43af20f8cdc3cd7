import { expect, test } from 'vitest'
import { tracesIn } from './traces.mjs'

test.each([
  `import x from '/work/main/x.ts'`,
  'see /home/anna/parley',
  'cd /Users/anna/parley',
  '"resolved": "https://registry.example.org/a.tgz"',
  'https://mirror.npmmirror.com/a.tgz',
  'https://10.1.2.3:4873/npm/a.tgz',
])('a trace of one machine is found: %s', (line) => {
  expect(tracesIn('docs/a.md', `first\n${line}`)).toEqual([expect.stringContaining('docs/a.md:2 holds ')])
})

test.each([
  'https://chat.example/w/KEY.js',
  'POST /api/v1/work/start',
  'await import(`./home/page.ts`)',
  'http://127.0.0.1:3000/console/',
])('what every machine knows is let be: %s', (line) => {
  expect(tracesIn('docs/a.md', line)).toEqual([])
})
