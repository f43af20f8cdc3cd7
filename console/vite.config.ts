import { defineConfig } from 'vite'

// biome-ignore lint/style/noDefaultExport: the tool reads its settings from the default export
export default defineConfig({
  base: '/console/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    // Everything stays a file of its own origin: the policy allows no data: fonts and no inline styles.
    assetsInlineLimit: 0,
  },
})
