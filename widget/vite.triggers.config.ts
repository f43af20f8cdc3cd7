import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { addressParts } from './build/address-parts.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  configFile: false,
  publicDir: false,
  plugins: [addressParts({ base: '/w/parts/' })],
  build: {
    outDir: here('dist/triggers'),
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: ['chrome123', 'safari18', 'firefox128'],
    // As a library: its imports stay as they are, without the helper that would be a file of its own.
    lib: { entry: here('src/triggers/engine.ts'), formats: ['es'] },
    rolldownOptions: {
      output: { entryFileNames: 'engine.js', chunkFileNames: 'parts/[name]-[hash].js', minify: true },
    },
  },
})
