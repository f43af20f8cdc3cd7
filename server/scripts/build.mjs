import { buildParts, clear, hashOf, isBuilt, markBuilt } from './build-parts.mjs'
import { seconds } from './progress.mjs'
import { root } from './root.mjs'

/** `npm run build`: builds what has changed since it was last built; `--all` builds everything. */
process.chdir(root)
process.env.NODE_ENV = 'production'

const isAll = process.argv.includes('--all')
let built = 0

for (const part of buildParts()) {
  const hash = hashOf(part)
  if (!isAll && isBuilt(part, hash)) continue
  const startedAt = performance.now()
  clear(part)
  const [{ build }, { viteOptions }] = await Promise.all([import('vite'), import('./vite-options.mjs')])
  for (const configFile of part.configs) await build(await viteOptions(part, configFile))
  markBuilt(part, hash)
  built += 1
  console.log(`${part.name} built, ${seconds(startedAt)}`)
}
if (built === 0) console.log('Built already, nothing has changed.')
