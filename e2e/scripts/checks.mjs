import { join } from 'node:path'
import { checkAnswers } from '../../server/scripts/describe-answers.mjs'
import { root } from '../../server/scripts/root.mjs'
import { run } from '../../server/scripts/run.mjs'
import { checkBoundaries } from './boundaries.mjs'
import { checkLockfile } from './lockfile.mjs'
import { checkPackages } from './packages.mjs'
import { checkTraces } from './traces.mjs'

/** @typedef {{ name: string, problems: () => string[] | Promise<string[]> }} Check */

const bin = (/** @type {string} */ path) => join(root, 'node_modules', path)

/** @param {string[]} words */
async function tool(...words) {
  const { code, output } = await run(process.execPath, words, { isQuiet: true })
  return code === 0 ? [] : [output.trim() || `${words.join(' ')} ended with code ${code}.`]
}

/**
 * A compiler that found nothing to read also finds nothing wrong, so its files are counted.
 * @param {string} workspace
 * @returns {Check}
 */
const types = (workspace) => ({
  name: `types of ${workspace}`,
  problems: async () => {
    // Two checks run at a time as it is: several threads of one would each do again what they have in common.
    const words = [bin('typescript/bin/tsc'), '--noEmit', '--listFiles', '--singleThreaded', '-p', workspace]
    const { code, output } = await run(process.execPath, words, { isQuiet: true })
    const isOurs = (/** @type {string} */ line) => line.startsWith(join(root, workspace))
    const [listed, said] = [
      output.split('\n').filter(isOurs),
      output.split('\n').filter((line) => !/^\//.test(line)),
    ]
    if (code !== 0) return [said.join('\n').trim()]
    return listed.length > 0 ? [] : [`tsc read no file of ${workspace}: look at its tsconfig.json.`]
  },
})

/** @type {Check[]} */
export const checks = [
  {
    name: 'format and lint',
    problems: () =>
      tool(bin('@biomejs/biome/bin/biome'), 'check', '--diagnostic-level=warn', '--max-diagnostics=100', '.'),
  },
  ...['shared', 'server', 'widget', 'console', 'e2e'].map(types),
  { name: 'boundaries', problems: () => checkBoundaries(root).problems },
  { name: 'no traces of one machine', problems: () => checkTraces(root) },
  { name: 'answers described', problems: () => checkAnswers(root) },
  { name: 'lockfile', problems: () => checkLockfile(root) },
  { name: 'packages', problems: () => checkPackages(root) },
  {
    name: 'nothing unused',
    problems: () => tool(bin('knip/bin/knip.js'), '--no-progress', '--no-config-hints'),
  },
]

/** @type {Check} */
export const quickTests = {
  name: 'tests of shared and of the checks',
  problems: () => tool(bin('vitest/vitest.mjs'), 'run', '--project', 'shared', '--project', 'tooling'),
}

/**
 * Two at a time.
 * @param {Check[]} wanted
 * @returns {Promise<{ passed: number, failures: import('./outcome-reporter.mjs').Mishap[] }>}
 */
export async function runChecks(wanted) {
  /** @type {Awaited<ReturnType<typeof runChecks>>} */
  const outcome = { passed: 0, failures: [] }
  const waiting = wanted.values()
  await Promise.all([runEach(waiting, outcome), runEach(waiting, outcome)])
  return outcome
}

/**
 * @param {Iterable<Check>} waiting
 * @param {Awaited<ReturnType<typeof runChecks>>} outcome
 */
async function runEach(waiting, outcome) {
  for (const check of waiting) {
    const startedAt = performance.now()
    const problems = await check.problems()
    const took = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
    if (problems.length === 0) outcome.passed += 1
    else outcome.failures.push({ where: check.name, why: problems.join('\n') })
    console.log(`${problems.length === 0 ? '✓' : '✗'} ${check.name}, ${took}`)
    for (const problem of problems) console.log(`  ${problem.replaceAll('\n', '\n  ')}`)
  }
}
