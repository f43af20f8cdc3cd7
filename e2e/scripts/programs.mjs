import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * @typedef {object} Program
 * @property {string} name as Debian calls its package
 * @property {string} setting the variable that names another place
 * @property {string[]} commands what it is called on different systems
 * @property {string} advice
 * @property {boolean} [isOptional] the tests run without it too
 */

/** @type {Record<'chromium' | 'chromiumShell' | 'redis', Program>} */
export const programs = {
  chromium: {
    name: 'chromium',
    setting: 'CHROMIUM_PATH',
    commands: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    advice: 'Install Chromium or Chrome (apt install chromium), or name it in CHROMIUM_PATH',
  },
  // The same engine without windows, which nobody sees here: it takes a fifth less of what a journey costs.
  chromiumShell: {
    name: 'chromium-headless-shell',
    setting: 'CHROMIUM_SHELL_PATH',
    commands: ['chromium-headless-shell'],
    advice: 'Install it beside Chromium (apt install chromium-headless-shell)',
    isOptional: true,
  },
  redis: {
    name: 'redis-server',
    setting: 'REDIS_SERVER_PATH',
    commands: ['redis-server', 'valkey-server'],
    advice: 'Install Redis (apt install redis-server, brew install redis), or name it in REDIS_SERVER_PATH',
  },
}

/**
 * @param {Program} program
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined} its path
 */
export function findProgram(program, env = process.env) {
  const named = env[program.setting]
  if (named) return isProgram(named) ? named : undefined
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean)
  return program.commands
    .flatMap((command) =>
      command.startsWith('/') ? [command] : folders.map((folder) => join(folder, command)),
    )
    .find(isProgram)
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
