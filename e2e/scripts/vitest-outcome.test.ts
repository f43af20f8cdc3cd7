import { expect, test } from 'vitest'
import { outcomeOf } from './vitest-outcome.mjs'

const file = (status: string, ...assertions: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: assertions.map((each) => ({ status: each })),
})
const report = (more: Partial<Parameters<typeof outcomeOf>[0]>) => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  success: true,
  testResults: [],
  ...more,
})

test('tests that passed, failed and were skipped are counted', () => {
  const testResults = [file('failed', 'passed', 'failed'), file('passed', 'passed', 'pending')]
  const counted = { numPassedTests: 2, numFailedTests: 1, numPendingTests: 1, success: false, testResults }
  expect(outcomeOf(report(counted))).toEqual({ passed: 2, failed: 1, skipped: 1 })
})

test('a file that could not be loaded is one failure', () => {
  const testResults = [file('failed'), file('passed', 'passed')]
  expect(outcomeOf(report({ numPassedTests: 1, success: false, testResults }))).toMatchObject({ failed: 1 })
})

test('an error outside of every test is one failure', () => {
  const testResults = [file('passed', 'passed')]
  expect(outcomeOf(report({ numPassedTests: 1, success: false, testResults }))).toMatchObject({
    passed: 1,
    failed: 1,
  })
})
