import { writeFileSync } from 'node:fs'

/**
 * @typedef {{ where: string, why: string }} Mishap the test, file or worker, and the first lines of what was said
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} skipped
 * @property {Mishap[]} failures tests, files that could not be loaded and errors outside of every test, one each
 * @property {Mishap[]} retried tests that passed only when they were tried again
 */

/** @param {readonly { name?: string, message?: string, stack?: string, stacks?: readonly { file: string, line: number }[] }[]} errors */
function whyOf(errors) {
  return errors
    .map(({ name, message, stack, stacks }) => {
      const at = stacks?.map(({ file, line }) => `at ${file}:${line}`) ?? stack?.split('\n').slice(1)
      return [`${name ?? 'Error'}: ${message ?? ''}`, ...(at ?? []).slice(0, 3)].join('\n')
    })
    .join('\n')
}

/**
 * @param {readonly import('vitest/node').TestModule[]} modules
 * @param {readonly import('vitest').SerializedError[]} unhandled
 * @returns {Outcome}
 */
function outcomeOf(modules, unhandled) {
  /** @type {Outcome} */
  const outcome = { passed: 0, skipped: 0, failures: [], retried: [] }
  for (const module of modules) {
    const file = `${module.project.name} ${module.relativeModuleId}`
    const broken = [module, ...module.children.allSuites()].flatMap((part) => part.errors())
    if (broken.length > 0) outcome.failures.push({ where: file, why: whyOf(broken) })
    for (const test of module.children.allTests()) {
      const { state, errors = [] } = test.result()
      const mishap = { where: `${file} > ${test.fullName}`, why: whyOf(errors) }
      if (state === 'failed') outcome.failures.push(mishap)
      else if (state !== 'passed') outcome.skipped += 1
      else {
        outcome.passed += 1
        if (test.diagnostic()?.flaky) outcome.retried.push(mishap)
      }
    }
  }
  for (const error of unhandled)
    outcome.failures.push({ where: 'outside of every test', why: whyOf([error]) })
  return outcome
}

/** For Vitest: writes its {@link Outcome} as JSON to the file that PARLEY_TEST_OUTCOME names. */
export default class OutcomeReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly import('vitest').SerializedError[]} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    const file = process.env.PARLEY_TEST_OUTCOME
    if (file) writeFileSync(file, JSON.stringify(outcomeOf(modules, unhandled)))
  }
}
