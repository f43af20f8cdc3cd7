import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureInstalled } from './ensure-installed.mjs'
import { requireNode } from './node-version.mjs'
import { root } from './root.mjs'
import { buildWhatChanged, giveUp } from './run.mjs'

/** `npm start`: from a fresh clone to a running server; the second time in seconds. */
requireNode()
try {
  await ensureInstalled()
  await buildWhatChanged()
} catch (error) {
  giveUp(error)
}

// In this very process: signals, the terminal and the exit code are the server's own, and a kill is a kill.
process.chdir(root)
process.setSourceMapsEnabled(true)
const main = join(root, 'server/dist/main.js')
if (!existsSync(main)) giveUp(new Error(`${main} is missing after the build.`))
await import(pathToFileURL(main).href)
