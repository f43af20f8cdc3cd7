import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureInstalled } from './ensure-installed.mjs'
import { requireNode } from './node-version.mjs'
import { root } from './root.mjs'
import { buildWhatChanged, giveUp } from './run.mjs'

/** `npm run backup`, `npm run restore -- FILE`, `npm run move`: beside a running server or without one. */
requireNode()
try {
  await ensureInstalled()
  await buildWhatChanged()
} catch (error) {
  giveUp(error)
}
process.chdir(root)
process.setSourceMapsEnabled(true)
await import(pathToFileURL(join(root, 'server/dist/upkeep.js')).href)
