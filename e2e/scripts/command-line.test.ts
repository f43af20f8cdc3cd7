import { expect, test } from 'vitest'
import { run } from '../../server/scripts/run.mjs'

const cluster = (...words: string[]) =>
  run(process.execPath, ['--import', 'tsx', 'e2e/cluster/cluster.ts', ...words], { isQuiet: true })

test.each([
  { word: '--help', code: 0, says: /^npm run cluster -- \[--nodes N\]\n/ },
  { word: '--node=3', code: 2, says: /^Unknown option '--node'\.\n\nnpm run cluster -- / },
  { word: '--nodes=9', code: 2, says: /^--nodes takes a number from 1 to 8\.\n\nnpm run cluster -- / },
])('answers $word with how it is written', async ({ word, code, says }) => {
  const { code: ended, output } = await cluster(word)
  expect({ ended, output }).toEqual({ ended: code, output: expect.stringMatching(says) })
  expect(output).not.toContain('    at ')
})
