import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  configFile: false,
  publicDir: false,
  build: {
    outDir: here('dist/loader'),
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: ['chrome123', 'safari18', 'firefox128'],
    // As a library: its one import stays as it is, without a helper of more bytes than the call.
    lib: { entry: here('src/loader.ts'), formats: ['iife'], name: 'parley' },
    rolldownOptions: { output: { entryFileNames: 'loader.js', minify: true } },
  },
})
