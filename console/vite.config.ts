import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { defineConfig, type Plugin } from 'vite'

/** The installed icon in the sizes that phones ask for, from the one drawing. */
function icons(sizes: number[]): Plugin {
  return {
    name: 'icons',
    apply: 'build',
    async generateBundle() {
      const drawing = await readFile(new URL('public/icon.svg', import.meta.url))
      for (const size of sizes) {
        const source = await sharp(drawing, { density: 144 }).resize(size, size).png().toBuffer()
        this.emitFile({ type: 'asset', fileName: `icon-${size}.png`, source })
      }
    },
  }
}

export default defineConfig({
  base: '/console/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [icons([192, 512])],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    // Everything stays a file of its own origin: the policy allows no data: fonts and no inline styles.
    assetsInlineLimit: 0,
  },
})
