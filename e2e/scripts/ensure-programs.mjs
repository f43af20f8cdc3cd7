import { step } from '../../server/scripts/progress.mjs'
import { mustRun, RunFailed } from '../../server/scripts/run.mjs'
import { findProgram, programs } from './programs.mjs'

const apt = { name: 'apt', setting: 'APT_GET_PATH', commands: ['apt-get'], advice: '' }

/**
 * A browser and Redis for the tests: by apt where that is ours to do, elsewhere a sentence that says what to do. What is
 * only quicker is taken along where Debian has it, and missed by nobody elsewhere.
 * @param {{ env?: NodeJS.ProcessEnv, isRoot?: boolean }} [machine]
 */
export async function ensurePrograms({ env = process.env, isRoot = process.getuid?.() === 0 } = {}) {
  const isMissing = (/** @type {import('./programs.mjs').Program} */ program) =>
    findProgram(program, env) === undefined
  const missing = Object.values(programs).filter(isMissing)
  const misnamed = missing.find(({ setting }) => env[setting])
  if (misnamed) {
    const { setting } = misnamed
    throw new RunFailed(`${setting} names ${env[setting]}, which is not a program that can be run.`, '')
  }
  if (missing.length === 0) return
  const aptGet = isRoot ? findProgram(apt, env) : undefined
  if (aptGet) await installByApt(aptGet, missing, { ...env, DEBIAN_FRONTEND: 'noninteractive' })
  const left = missing.filter(isMissing).filter(isNeeded)
  if (left.length === 0) return
  const names = left.map(({ name }) => name).join(' and ')
  throw new RunFailed(`The tests need ${names}. ${left.map(({ advice }) => advice).join('. ')}.`, '')
}

const isNeeded = (/** @type {import('./programs.mjs').Program} */ { isOptional }) => !isOptional

/**
 * @param {string} aptGet
 * @param {import('./programs.mjs').Program[]} missing
 * @param {NodeJS.ProcessEnv} env
 */
async function installByApt(aptGet, missing, env) {
  const ask = (/** @type {string[]} */ ...words) => mustRun(aptGet, words, { isQuiet: true, env })
  const install = (/** @type {import('./programs.mjs').Program[]} */ wanted) => {
    const names = wanted.map(({ name }) => name)
    return step(`Installing ${names.join(' and ')} by apt, about a minute`, () =>
      ask('install', '-q', '-y', '--no-install-recommends', ...names),
    )
  }
  const needed = missing.filter(isNeeded)
  try {
    await step('Reading the list of Debian packages', () => ask('update', '-q'))
    await install(missing)
  } catch (error) {
    if (needed.length === missing.length) throw error
    if (needed.length > 0) await install(needed)
  }
}
