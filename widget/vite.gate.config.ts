import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  configFile: false,
  publicDir: false,
  build: {
    outDir: here('dist/gate'),
    emptyOutDir: true,
    target: 'es2022',
    lib: { entry: here('src/gate.ts'), formats: ['iife'], name: 'parley' },
    rolldownOptions: { output: { entryFileNames: 'gate.js', minify: true } },
  },
})
