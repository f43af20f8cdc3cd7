import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../server/scripts/root.mjs'
import { run } from '../../server/scripts/run.mjs'
import type { Outcome } from './outcome-reporter.mjs'

const files = {
  'tests.test.js': `
    let goes = 0
    describe('a shop', () => {
      test('opens', () => {})
      test('closes', () => { throw new Error('The door is stuck.') })
      test('answers', () => { goes += 1; if (goes < 2) throw new Error('Nobody there yet.') })
      test.skip('moves', () => {})
    })`,
  'broken.test.js': `throw new Error('There is no such module.')`,
  'hook.test.js': `
    describe('a shop', () => {
      beforeAll(() => { throw new Error('The lights stay off.') })
      test('sells', () => {})
    })`,
  'outside.test.js': `
    test('lets go', async () => {
      void Promise.reject(new Error('Nobody waited for this.'))
      await new Promise((resolve) => setTimeout(resolve, 50))
    })`,
}

describe('what a run came to', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-outcome-'))
  let outcome: Outcome
  const failureOf = (part: string) => outcome.failures.filter(({ where }) => where.includes(part))

  beforeAll(async () => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    const reporter = join(root, 'e2e/scripts/outcome-reporter.mjs')
    const words = ['run', '--globals', '--retry=1', `--root=${folder}`, `--reporter=${reporter}`]
    await run(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...words], {
      isQuiet: true,
      env: { PARLEY_TEST_OUTCOME: join(folder, 'outcome.json') },
    })
    outcome = JSON.parse(readFileSync(join(folder, 'outcome.json'), 'utf8'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('counts what passed and what was skipped', () => {
    // A hook that fails skips the test behind it.
    expect(outcome).toMatchObject({ passed: 3, skipped: 2 })
  })
  test('names the test that failed, and why', () => {
    expect(failureOf('tests.test.js')).toEqual([
      {
        where: expect.stringContaining('tests.test.js > a shop > closes'),
        why: expect.stringContaining('The door is stuck.'),
      },
    ])
  })
  test('names the test that passed only when it was tried again', () => {
    expect(outcome.retried).toEqual([
      { where: expect.stringContaining('answers'), why: expect.stringContaining('Nobody there yet.') },
    ])
  })
  test('takes a file that could not be loaded for one failure', () => {
    expect(failureOf('broken.test.js')).toMatchObject([
      { why: expect.stringContaining('There is no such module.') },
    ])
  })
  test('takes a hook that failed for one failure', () => {
    expect(failureOf('hook.test.js')).toMatchObject([
      { why: expect.stringContaining('The lights stay off.') },
    ])
  })
  test('takes an error outside of every test for one failure', () => {
    expect(failureOf('outside')).toMatchObject([{ why: expect.stringContaining('Nobody waited for this.') }])
  })
})
