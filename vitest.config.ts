import './e2e/vitest-on-node-20.ts'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './e2e/longest-first.ts'

/** Generous, so that a busy machine is not a failing test: what hangs still ends. */
const patience = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  retry: 2,
  // One second by default, which is less than a busy machine may need to draw a message.
  expect: { poll: { timeout: 30_000 } },
}

const unit = (name: string) => ({
  extends: true as const,
  test: { name, include: [`${name}/**/*.test.{ts,tsx}`], ...patience },
})

/** Their modules keep nothing between files, so that a worker loads them once. */
const together = (name: string) => ({ extends: true as const, test: { ...unit(name).test, isolate: false } })

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    // Many tests of the server wait for a moment to pass: a third worker uses what two leave of two cores.
    pool: 'forks',
    maxWorkers: 3,
    teardownTimeout: 20_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      together('shared'),
      {
        extends: true,
        test: { ...together('server').test, globalSetup: 'server/src/testing/one-postgres.ts' },
      },
      unit('widget'),
      together('console'),
      { extends: true, test: { name: 'tooling', include: ['e2e/scripts/**/*.test.ts'], ...patience } },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: ['e2e/scripts/**'],
          ...patience,
          isolate: false,
          globalSetup: 'e2e/begun-worlds.ts',
          // People wait too: three of them keep two cores busy.
          maxWorkers: 3,
          testTimeout: 90_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
