/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const kibi = 1024
/** What the server adds around the parts: markup and a site's own words. */
const around = { loader: 100, panel: 700 }

const gz = (content: string | Buffer) => gzipSync(content, { level: 9 }).length
const br = (content: string | Buffer) => brotliCompressSync(content).length
const read = (path: string) => readFileSync(dist + path)

describe('the built widget', () => {
  const loader = read('loader/loader.js')
  const panel: { script: string; style: string } = JSON.parse(read('panel/panel.json').toString())
  const document = panel.style + panel.script
  const chunks = readdirSync(`${dist}panel/assets`)

  it('leaves room for a site in a loader of 3 KiB', () => {
    expect(gz(loader)).toBeLessThanOrEqual(3 * kibi - around.loader)
    expect(br(loader)).toBeLessThanOrEqual(2.7 * kibi - around.loader)
  })

  it('puts around a loader that must wait or stay away no more than 1.1 KiB', () => {
    expect(gz(read('gate/gate.js'))).toBeLessThanOrEqual(1.1 * kibi)
  })

  it('leaves room for a site in a panel document of 11.5 KiB', () => {
    expect(gz(document)).toBeLessThanOrEqual(11.5 * kibi - around.panel)
    expect(br(document)).toBeLessThanOrEqual(10.2 * kibi - around.panel)
  })

  it('keeps the realtime client within 4.25 KiB and each later part within 7.75 KiB', () => {
    const weights = chunks.map((file) => [file, gz(read(`panel/assets/${file}`))] as const)
    expect(weights.length).toBeGreaterThan(5)
    for (const [file, weight] of weights) {
      // What a first message needs is no later part: it comes beside the first screen.
      const most = file.startsWith('live') ? 9.5 : file.startsWith('realtime') ? 4.25 : 7.75
      expect(weight, file).toBeLessThanOrEqual(most * kibi)
    }
  })

  it('carries no schema library and no second copy of preact', () => {
    const scripts = [document, ...chunks.map((file) => read(`panel/assets/${file}`).toString())]
    for (const script of scripts) expect(script).not.toMatch(/ZodType|zod/)
    expect(
      scripts.filter((script) => script.includes('__self') || /insertBefore\(/.test(script)),
    ).toHaveLength(1)
  })

  it('asks for nothing the policy refuses: no eval, no markup from strings, no unload listener', () => {
    const scripts = [
      loader.toString(),
      read('gate/gate.js').toString(),
      document,
      ...chunks.map((file) => read(`panel/assets/${file}`).toString()),
    ]
    for (const script of scripts) {
      expect(script).not.toMatch(/\beval\(|new Function\(|document\.write|insertAdjacentHTML/)
      expect(script).not.toMatch(/addEventListener\([`'"]unload/)
    }
    expect(loader.toString()).not.toMatch(/innerHTML/)
  })
})
