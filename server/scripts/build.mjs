import { buildParts, clear, hashOf, isBuilt, markBuilt } from './build-parts.mjs'
import { seconds } from './progress.mjs'
import { root } from './root.mjs'

/** `npm run build`: builds what has changed since it was last built. `-- server` only that part, `-- --all` all of it. */
process.chdir(root)
process.env.NODE_ENV = 'production'

/** @param {import('./build-parts.mjs').BuildPart} part */
async function build(part) {
  const [vite, { viteOptions }] = await Promise.all([import('vite'), import('./vite-options.mjs')])
  clear(part)
  for (const configFile of part.configs) await vite.build(await viteOptions(part, configFile))
}

const words = process.argv.slice(2)
const isAll = words.includes('--all')
const named = words.filter((word) => word !== '--all')
const parts = buildParts().filter((part) => named.length === 0 || named.includes(part.name))
let built = 0
for (const part of parts) {
  const hash = hashOf(part)
  if (!isAll && isBuilt(part, hash)) continue
  const startedAt = performance.now()
  try {
    await build(part)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    console.error(`${part.name} could not be built.`)
    process.exit(1)
  }
  markBuilt(part, hash)
  built += 1
  console.log(`${part.name} built, ${seconds(startedAt)}`)
}
if (built === 0) console.log('Built already, nothing has changed.')
