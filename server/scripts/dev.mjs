import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureInstalled } from './ensure-installed.mjs'
import { requireNode } from './node-version.mjs'
import { root } from './root.mjs'
import { giveUp } from './run.mjs'

/** `npm run dev`: the server restarts and the clients are built again whenever a source is saved. */
requireNode()
try {
  await ensureInstalled()
} catch (error) {
  giveUp(error)
}

const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
const commands = [
  [tsx, 'watch', '--clear-screen=false', join(root, 'server/src/main.ts')],
  [join(root, 'server/scripts/watch.mjs')],
]
const children = commands.map((words) => spawn(process.execPath, words, { cwd: root, stdio: 'inherit' }))

let isEnding = false
/** @param {number} code */
function end(code) {
  if (isEnding) return
  isEnding = true
  process.exitCode = code
  for (const child of children) child.kill('SIGTERM')
}
for (const child of children) child.on('exit', (code) => end(code ?? 0))
process.on('SIGINT', () => end(0))
process.on('SIGTERM', () => end(0))
