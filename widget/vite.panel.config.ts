import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { inStages, oneDocument, plainImports } from './build/one-document.ts'
import { hooks, trimPreact } from './build/trim-preact.ts'
import { hasModuleSideEffects, trimSocketClient } from './build/trim-socket-client.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const entry = here('src/panel/main.tsx')
const { plugin: stages, groups } = inStages(entry, [
  { name: 'kit', entries: [entry] },
  { name: 'live', entries: [here('src/panel/live.ts')] },
  {
    name: 'feeds',
    entries: [here('src/panel/feeds.ts'), hooks, here('src/panel/thread.ts')],
  },
  { name: 'talk', entries: [here('src/panel/talk.ts')] },
])

export default defineConfig({
  root: here('.'),
  configFile: false,
  publicDir: false,
  base: './',
  // Written as calls with their children in a row, which is shorter than lists of them.
  oxc: {
    jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' },
    jsxInject: `import { h, Fragment } from 'preact'`,
  },
  plugins: [trimPreact(), trimSocketClient(), plainImports(), stages, oneDocument({ base: '/w/' })],
  build: {
    outDir: here('dist/panel'),
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: ['chrome123', 'safari18', 'firefox128'],
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: {
      input: entry,
      treeshake: { moduleSideEffects: hasModuleSideEffects },
      output: {
        format: 'es',
        codeSplitting: { groups },
        entryFileNames: 'panel.js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
})
