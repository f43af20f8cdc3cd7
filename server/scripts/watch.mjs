import { build } from 'vite'
import { buildParts } from './build-parts.mjs'
import { root } from './root.mjs'
import { viteOptions } from './vite-options.mjs'

/** Builds widget and console again whenever one of their sources is saved. */
process.chdir(root)
process.env.NODE_ENV = 'production'

for (const part of buildParts().filter(({ name }) => name !== 'server')) {
  for (const configFile of part.configs) {
    const options = await viteOptions(part, configFile)
    await build({ ...options, logLevel: 'info', build: { watch: {}, emptyOutDir: false } })
  }
}
