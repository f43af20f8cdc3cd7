import { fileURLToPath } from 'node:url'
import { trimPreact } from '@parley/widget/build/trim-preact.ts'
import type { Browser } from 'playwright'
import { build, type Plugin, type Rolldown } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser } from '../world.ts'

const entry = fileURLToPath(new URL('../../widget/build/draw-at-random.ts', import.meta.url))
const seeds = Array.from({ length: 40 }, (_, index) => index + 1)

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

async function bundled(plugins: Plugin[]): Promise<string> {
  const [{ output }] = (await build({
    configFile: false,
    logLevel: 'silent',
    plugins,
    build: { write: false, target: 'es2022', lib: { entry, formats: ['iife'], name: 'drawing' } },
  })) as Rolldown.RolldownOutput[] as [Rolldown.RolldownOutput]
  return output[0].code
}

async function drawnWith(code: string): Promise<string[][]> {
  const page = await browser.newPage()
  await page.addScriptTag({ content: code })
  return page.evaluate(async (seeds) => {
    const { drawAtRandom } = (
      globalThis as unknown as { drawing: typeof import('@parley/widget/build/draw-at-random.ts') }
    ).drawing
    const shots: string[][] = []
    for (const seed of seeds) shots.push(await drawAtRandom(seed))
    return shots
  }, seeds)
}

it('the trimmed Preact draws, keeps, moves and tells what the official one does', async () => {
  const [official, trimmed] = [await bundled([]), await bundled([trimPreact()])]
  expect(trimmed.length).toBeLessThan(official.length - 3_000)
  const [expected, drawn] = await Promise.all([drawnWith(official), drawnWith(trimmed)])
  expect(new Set(expected.flat()).size).toBeGreaterThan(200)
  expect(drawn).toEqual(expected)
  expect(drawn.map((shots) => shots.at(-1)).join()).not.toContain('<b>')
})
