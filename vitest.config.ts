import './e2e/vitest-on-node-20.ts'
import { defineConfig } from 'vitest/config'

const unit = (name: string) => ({
  extends: true as const,
  test: { name, include: [`${name}/**/*.test.{ts,tsx}`], testTimeout: 20_000, hookTimeout: 60_000 },
})

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    // Each worker of the server's tests opens a database of its own; two fit a machine of two cores.
    pool: 'forks',
    maxWorkers: 2,
    teardownTimeout: 20_000,
    projects: [
      unit('shared'),
      unit('server'),
      unit('widget'),
      unit('console'),
      { extends: true, test: { name: 'tooling', include: ['e2e/scripts/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: ['e2e/scripts/**'],
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
