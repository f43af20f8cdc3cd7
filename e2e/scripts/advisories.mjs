import { giveUp, npm, RunFailed } from '../../server/scripts/run.mjs'
import { judgeAdvisories } from './judge-advisories.mjs'

/**
 * `npm run advisories`: asks the registry what is known against the packages that run. Not part of `npm test`: it needs
 * the network, and what is found out tomorrow would fail what was right today.
 */
try {
  const { problems, told } = judgeAdvisories(await audit())
  for (const line of told) console.log(line)
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length === 0 ? 0 : 1
} catch (error) {
  giveUp(error)
}

/** It ends with 1 when it found anything at all. */
async function audit() {
  try {
    return await npm(['audit', '--json', '--omit=dev', '--loglevel=silent'], { isQuiet: true })
  } catch (error) {
    if (error instanceof RunFailed && error.output) return error.output
    throw error
  }
}
