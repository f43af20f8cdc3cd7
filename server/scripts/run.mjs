import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './root.mjs'

/** A program that was run for us and did not succeed: the message is for people. */
export class RunFailed extends Error {
  /**
   * @param {string} message
   * @param {string} output
   */
  constructor(message, output) {
    super(message)
    this.output = output
  }
}

/**
 * @typedef {object} Run
 * @property {boolean} [isQuiet] keep the output and show it only on failure
 * @property {NodeJS.ProcessEnv} [env] on top of the environment
 */

/**
 * @param {string} program
 * @param {string[]} words
 * @param {Run} [how]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, words, how = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd: root,
      env: { ...process.env, ...how.env },
      stdio: how.isQuiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        output += text
      })
    }
    let isEnding = false
    const end = () => {
      isEnding = true
      child.kill('SIGTERM')
    }
    process.once('SIGTERM', end)
    child.on('error', (error) =>
      reject(new RunFailed(`${program} could not be started: ${error.message}`, '')),
    )
    child.on('close', (code) => {
      process.off('SIGTERM', end)
      if (isEnding) process.exit(143)
      resolve({ code: code ?? 1, output })
    })
  })
}

/**
 * @param {string} program
 * @param {string[]} words
 * @param {Run} [how]
 */
export async function mustRun(program, words, how = {}) {
  const { code, output } = await run(program, words, how)
  if (code !== 0) throw new RunFailed(`${[program, ...words].join(' ')} ended with code ${code}.`, output)
  return output
}

/**
 * The same npm that started us, or the one on the PATH.
 * @param {string[]} words
 * @param {Run} [how]
 */
export function npm(words, how) {
  const own = process.env.npm_execpath
  if (own?.endsWith('.js')) return mustRun(process.execPath, [own, ...words], how)
  return mustRun(process.platform === 'win32' ? 'npm.cmd' : 'npm', words, how)
}

/** In a process of its own: the builder wants NODE_ENV for itself, and its memory is given back. */
export async function buildWhatChanged() {
  const { code } = await run(process.execPath, [join(root, 'server/scripts/build.mjs')])
  if (code !== 0) throw new RunFailed('Parley could not be built. The lines above say why.', '')
}

/**
 * The last word of a script: one sentence, what the program itself said, and a code that is not 0.
 * @param {unknown} error
 * @returns {never}
 */
export function giveUp(error) {
  if (error instanceof RunFailed && error.output) console.error(error.output.trimEnd())
  console.error(error instanceof RunFailed ? error.message : error)
  process.exit(1)
}
