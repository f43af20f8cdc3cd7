import { expect, test } from 'vitest'
import { nodeProblem } from './node-version.mjs'

test.each(['20.19.0', '20.20.2', '22.0.0', '24.21.0'])('Node %s is new enough', (version) => {
  expect(nodeProblem(version)).toBeUndefined()
})

test.each(['18.20.4', '20.18.3'])('Node %s is refused in one sentence that says what to do', (version) => {
  expect(nodeProblem(version)).toBe(
    `Parley needs Node.js 20.19 or newer, and this is ${version}. Install Node.js 24 and try again.`,
  )
})
