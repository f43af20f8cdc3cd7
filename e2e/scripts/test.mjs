import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled } from '../../server/scripts/ensure-installed.mjs'
import { requireNode } from '../../server/scripts/node-version.mjs'
import { root } from '../../server/scripts/root.mjs'
import { buildWhatChanged, giveUp, run } from '../../server/scripts/run.mjs'
import { ensurePrograms } from './ensure-programs.mjs'
import { outcomeOf } from './vitest-outcome.mjs'

/** `npm test`: everything there is, from a fresh clone, ending with one line of two numbers. */
requireNode()

const unit = ['shared', 'server', 'widget', 'console', 'tooling']
const total = { passed: 0, failed: 0, skipped: 0 }

/** @param {Partial<typeof total>} more */
function add(more) {
  total.passed += more.passed ?? 0
  total.failed += more.failed ?? 0
  total.skipped += more.skipped ?? 0
}

/**
 * @param {string} title
 * @param {string[]} projects
 */
async function test(title, projects) {
  console.log(`\n${title}`)
  const folder = mkdtempSync(join(tmpdir(), 'parley-test-'))
  const reportFile = join(folder, 'report.json')
  const words = projects.flatMap((project) => ['--project', project])
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`]
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const { code } = await run(process.execPath, [vitest, 'run', '--passWithNoTests', ...words, ...reporters])
  const outcome = readOutcome(reportFile)
  add(outcome.failed === 0 && code !== 0 ? { ...outcome, failed: 1 } : outcome)
  rmSync(folder, { recursive: true, force: true })
}

/** @param {string} reportFile */
function readOutcome(reportFile) {
  try {
    return outcomeOf(JSON.parse(readFileSync(reportFile, 'utf8')))
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}

/**
 * Both wait for the network more than for this machine. One that fails lets the other end.
 * @param {Promise<void>[]} steps
 */
async function together(...steps) {
  for (const step of await Promise.allSettled(steps)) if (step.status === 'rejected') throw step.reason
}

try {
  await together(ensureInstalled(), ensurePrograms())
  await buildWhatChanged()
  console.log('\nChecks')
  const { checks, runChecks } = await import('./checks.mjs')
  add(await runChecks(checks))
  await test('Tests of the parts', unit)
  await test('Tests of the whole, in a browser', ['e2e'])
} catch (error) {
  giveUp(error)
}

if (total.skipped > 0) console.log(`${total.skipped} skipped`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
