import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { step } from './progress.mjs'
import { root } from './root.mjs'
import { npm } from './run.mjs'

const lockfile = join(root, 'package-lock.json')
const modules = join(root, 'node_modules')
const stamp = join(modules, '.parley-installed')

/** Native packages are chosen for one platform, so a folder carried to another is installed again. */
function wanted() {
  const hash = createHash('sha256').update(readFileSync(lockfile)).digest('hex')
  return `${hash} ${process.platform}-${process.arch}`
}

function isInstalled() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted()) return true
  const installedByHand = join(modules, '.package-lock.json')
  if (!existsSync(installedByHand)) return false
  const isCurrent = statSync(installedByHand).mtimeMs >= statSync(lockfile).mtimeMs - 2_000
  if (isCurrent) writeFileSync(stamp, wanted())
  return isCurrent
}

/** Installs exactly what the lockfile says, when that has not been done; never runs packages' scripts. */
export async function ensureInstalled() {
  if (isInstalled()) return
  await step('Installing packages, about a minute', () =>
    npm(['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'], { isQuiet: true }),
  )
  writeFileSync(stamp, wanted())
}
