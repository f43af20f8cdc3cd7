import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled } from '../../server/scripts/ensure-installed.mjs'
import { requireNode } from '../../server/scripts/node-version.mjs'
import { root } from '../../server/scripts/root.mjs'
import { buildWhatChanged, giveUp, run } from '../../server/scripts/run.mjs'
import { ensurePrograms } from './ensure-programs.mjs'
import { makeMemoryFolder } from './memory-folder.mjs'

/** `npm test`: everything there is, from a fresh clone, ending with one line of two numbers. */
requireNode()

const unit = ['shared', 'server', 'widget', 'console', 'tooling']
/**
 * @typedef {import('./outcome-reporter.mjs').Outcome} Outcome
 * @type {Outcome}
 */
const total = { passed: 0, skipped: 0, failures: [], retried: [] }

/** @param {Partial<Outcome>} more */
function add({ passed = 0, skipped = 0, failures = [], retried = [] }) {
  total.passed += passed
  total.skipped += skipped
  total.failures.push(...failures)
  total.retried.push(...retried)
}

/**
 * @param {string} title
 * @param {string[]} projects
 */
async function test(title, projects) {
  console.log(`\n${title}`)
  const folder = mkdtempSync(join(tmpdir(), 'parley-test-'))
  const outcomeFile = join(folder, 'outcome.json')
  const words = projects.flatMap((project) => ['--project', project])
  const reporters = ['--reporter=default', `--reporter=${join(root, 'e2e/scripts/outcome-reporter.mjs')}`]
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const { code } = await run(process.execPath, [vitest, 'run', ...words, ...reporters], {
    env: { PARLEY_TEST_OUTCOME: outcomeFile },
  })
  const outcome = readOutcome(outcomeFile)
  add(outcome)
  // A run that says nothing of itself has shown nothing.
  const isSilent = !outcome.passed && !outcome.failures?.length
  if (isSilent || (code !== 0 && !outcome.failures?.length))
    add({ failures: [{ where: title, why: `Vitest ended with code ${code}. Its own lines above say why.` }] })
  rmSync(folder, { recursive: true, force: true })
}

/**
 * @param {string} file
 * @returns {Partial<Outcome>}
 */
function readOutcome(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}

/**
 * At the very end, where they are found although thousands of lines went before.
 * @param {string} title
 * @param {import('./outcome-reporter.mjs').Mishap[]} mishaps
 */
function tell(title, mishaps) {
  if (mishaps.length > 0) console.log(`\n${title}`)
  for (const { where, why } of mishaps) {
    const lines = why.split('\n').slice(0, 20)
    console.log([`✗ ${where}`, ...lines].join('\n    '))
  }
}

/**
 * Both wait for the network more than for this machine. One that fails lets the other end.
 * @param {Promise<void>[]} steps
 */
async function together(...steps) {
  for (const step of await Promise.allSettled(steps)) if (step.status === 'rejected') throw step.reason
}

/** For the tests alone: what installs programs has users of its own, and its own idea of where they may write. */
function writeToMemory() {
  const folder = makeMemoryFolder()
  if (!folder) return
  process.env.TMPDIR = folder
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  // Whoever interrupts a run shall not be left with less memory.
  process.once('SIGINT', () => process.exit(130))
}

try {
  await together(ensureInstalled(), ensurePrograms())
  await buildWhatChanged()
  console.log('\nChecks')
  const { checks, runChecks } = await import('./checks.mjs')
  add(await runChecks(checks))
  writeToMemory()
  await test('Tests of the parts', unit)
  await test('Tests of the whole, in a browser', ['e2e'])
} catch (error) {
  giveUp(error)
}

tell('Passed only when tried again', total.retried)
tell('Failed', total.failures)
if (total.skipped > 0) console.log(`\n${total.skipped} skipped`)
console.log(`${total.passed} passed, ${total.failures.length} failed`)
process.exitCode = total.failures.length === 0 ? 0 : 1
