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
    modulePreload: false,
    rolldownOptions: {
      input: here('src/loader.ts'),
      output: { format: 'iife', entryFileNames: 'loader.js' },
    },
  },
})
