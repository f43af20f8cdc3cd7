import { cpSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** A thread needs a file of its own: every `…-worker.mjs` becomes one, beside `main.js`. */
const workers = readdirSync(here('src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('-worker.mjs'))
  .map((path) => [basename(path, '.mjs'), here(`src/${path}`)] as const)

export default defineConfig({
  root: here('.'),
  ssr: { noExternal: [/^@parley\//] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: here('dist'),
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: { main: here('src/main.ts'), upkeep: here('src/upkeep.ts'), ...Object.fromEntries(workers) },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  plugins: [
    {
      name: 'demo-assets',
      closeBundle: () => cpSync(here('src/demo/assets'), here('dist/demo-assets'), { recursive: true }),
    },
  ],
})
