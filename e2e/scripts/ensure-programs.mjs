import { step } from '../../server/scripts/progress.mjs'
import { mustRun, RunFailed } from '../../server/scripts/run.mjs'
import { findProgram, programs } from './programs.mjs'

/** A browser and Redis for the tests: by apt where that is ours to do, elsewhere a sentence that says what to do. */
export async function ensurePrograms() {
  const missing = Object.values(programs).filter((program) => findProgram(program) === undefined)
  if (missing.length === 0) return
  const isDebianRoot = process.getuid?.() === 0 && findProgram(apt) !== undefined
  if (!isDebianRoot) {
    const advice = missing.map((program) => program.advice).join('; ')
    throw new RunFailed(
      `The tests need ${missing.map((program) => program.name).join(' and ')}. ${advice}.`,
      '',
    )
  }
  const names = missing.map((program) => program.name)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await step('Reading the list of Debian packages', () =>
    mustRun('apt-get', ['update', '-q'], { isQuiet: true, env }),
  )
  await step(`Installing ${names.join(' and ')} by apt, about a minute`, () =>
    mustRun('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...names], { isQuiet: true, env }),
  )
}

const apt = { name: 'apt', setting: 'APT_GET_PATH', commands: ['apt-get'], advice: '' }
