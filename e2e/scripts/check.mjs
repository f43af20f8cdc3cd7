import { ensureInstalled } from '../../server/scripts/ensure-installed.mjs'
import { requireNode } from '../../server/scripts/node-version.mjs'
import { giveUp } from '../../server/scripts/run.mjs'

/** `npm run check`: format, lint, types, boundaries and the quick tests, in under a minute. */
requireNode()
try {
  await ensureInstalled()
  const { checks, quickTests, runChecks } = await import('./checks.mjs')
  const { passed, failures } = await runChecks([...checks, quickTests])
  console.log(`${passed} passed, ${failures.length} failed`)
  process.exitCode = failures.length === 0 ? 0 : 1
} catch (error) {
  giveUp(error)
}
