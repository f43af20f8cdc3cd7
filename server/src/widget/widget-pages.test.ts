import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PanelSite } from '@parley/shared/protocol/site.ts'
import type { RulesFile } from '@parley/shared/triggers/rule.ts'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWidgetPages } from './widget-pages.ts'

const form = { fields: [] }
const site: PanelSite = {
  key: 'marlow',
  branding: {
    name: 'Marlow </script><script>alert(1)</script>',
    colour: '#0f6b5c',
    launcherText: null,
    side: 'start',
    fallbackUrl: null,
  },
  notice: 'Chats are kept.',
  chatOrigin: 'https://chat.example',
  topics: [],
  intake: { support: form, vendor: form },
  support: { isAvailable: true, opensAt: null, closesAt: null, usualReplyMs: null },
  canMailTranscript: false,
  typingPreview: false,
}
const rules: RulesFile = {
  key: 'marlow',
  origin: 'https://chat.example',
  perPage: 1,
  perDay: 2,
  quietHours: 24,
  excluded: [],
  measure: 'unlessAsked',
  rules: [{ id: 'r', when: [{ on: 'exit' }], do: { show: 'badge' }, often: { times: 1, days: 1 } }],
}
let isSpent = false
let kept: { neverOn?: string[]; waitsForConsent?: boolean } = {}
const script = 'console.log("panel")'
const style = 'body{margin:0}'
const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`

describe('the widget’s pages', () => {
  let server: Server
  let url = ''
  const noted: string[] = []
  const distDir = mkdtempSync(join(tmpdir(), 'parley-widget-'))

  beforeAll(async () => {
    mkdirSync(join(distDir, 'loader'))
    mkdirSync(join(distDir, 'panel', 'assets'), { recursive: true })
    writeFileSync(join(distDir, 'loader', 'loader.js'), 'start(PARLEY_SITE)')
    mkdirSync(join(distDir, 'gate'))
    writeFileSync(join(distDir, 'gate', 'gate.js'), 'const site = PARLEY_SITE; PARLEY_LOADER(site)')
    mkdirSync(join(distDir, 'triggers', 'parts'), { recursive: true })
    writeFileSync(join(distDir, 'triggers', 'engine.js'), 'export const rules = PARLEY_RULES')
    writeFileSync(join(distDir, 'triggers', 'parts', 'judge-abcdefgh.js'), 'export {}')
    const build = { script, style, scriptHash: hash(script), styleHash: hash(style) }
    writeFileSync(join(distDir, 'panel', 'panel.json'), JSON.stringify(build))
    writeFileSync(join(distDir, 'panel', 'assets', 'live-abcdefgh.js'), 'export {}')
    const app = express()
    app.use(
      createWidgetPages({
        distDir,
        findPanelSite: async (key) =>
          key === 'marlow'
            ? {
                public: site,
                panel: site,
                allowedOrigins: ['https://shop.example'],
                words: { welcome: '<p>Hello</p>', closing: '' },
                rules,
                ...kept,
              }
            : undefined,
        noteLoaderServed: (key) => noted.push(`loader ${key}`),
        triggers: {
          whoIsHere: async (key, vendor) => (key === 'marlow' ? { vendor } : undefined),
          noteCounts: async (key, text) => {
            noted.push(`counts ${key} ${text}`)
            return text.startsWith('[')
          },
          isWithin: async (_, ip) => ip !== '' && !isSpent,
        },
        notePanelOpened: (key, origin) => noted.push(`panel ${key} ${origin}`),
      }),
    )
    server = createServer(app).listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    rmSync(distDir, { recursive: true })
  })

  it('serve a loader any page and any cache may hold, with the site’s public words inside', async () => {
    const response = await fetch(`${url}/w/marlow.js`)
    const source = await response.text()
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('public, max-age=300')
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(source).toMatch(/^start\(\{"key":"marlow","base":"https:\/\/chat.example\/w\/marlow"/)
    expect(source).toMatch(/"rules":"[\w-]{8}"\}\)$/)
    expect(source).not.toContain('</script>')
    const again = await fetch(`${url}/w/marlow.js`, {
      headers: { 'If-None-Match': response.headers.get('etag') ?? '', 'Cache-Control': 'max-age=0' },
    })
    expect(again.status).toBe(304)
    expect(noted).toContain('loader marlow')
  })

  it('put a gate around the loader of a site that keeps it off paths or has it wait for consent', async () => {
    const source = async () => (await fetch(`${url}/w/marlow.js`)).text()
    const around = /^const site = (\{.*\}); \(function\(PARLEY_SITE\)\{start\(PARLEY_SITE\)\}\)\(site\)$/
    const told = async () => JSON.parse(around.exec(await source())?.[1] ?? '{}')
    kept = { neverOn: ['/checkout*'] }
    expect(await told()).toMatchObject({ key: 'marlow', never: ['/checkout'] })
    kept = { waitsForConsent: true }
    expect(await told()).toMatchObject({ key: 'marlow', consent: true })
    kept = { neverOn: [], waitsForConsent: false }
    expect(await source()).toMatch(/^start\(\{/)
  })

  it('serve a panel that only the site’s own origins may frame and only its own script may run in', async () => {
    const response = await fetch(`${url}/w/marlow/panel`, { headers: { Referer: 'https://shop.example/' } })
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`script-src 'self' '${hash(script)}'`)
    expect(policy).toContain(`style-src '${hash(style)}'`)
    expect(policy).toContain('frame-ancestors https://shop.example https://chat.example;')
    expect(policy).toContain("connect-src 'self' wss://chat.example")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toContain('unsafe')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    const html = await response.text()
    expect(html).toContain('<template id="welcome"><p>Hello</p></template>')
    expect(html.match(/<script/g)).toHaveLength(2)
    const held = /<script type="application\/json" id="site">(.*?)<\/script>/.exec(html)?.[1] ?? ''
    expect(JSON.parse(held)).toEqual(site)
    expect(noted).toContain('panel marlow https://shop.example')
  })

  it('answer an unknown key with the same page, in no frame at all', async () => {
    const [known, unknown, strange] = await Promise.all(
      ['marlow', 'nobody', encodeURIComponent('../../etc')].map((key) => fetch(`${url}/w/${key}/panel`)),
    )
    expect(known?.status).toBe(200)
    for (const response of [unknown, strange]) {
      expect(response?.status).toBe(200)
      expect(response?.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(await response?.text()).toContain(script)
    }
    expect((await fetch(`${url}/w/nobody.js`)).status).toBe(404)
  })

  it('say where a stranger’s link leads, in the reader’s language, by a script of ours alone and in no frame', async () => {
    const leaving = async (language: string) => {
      const response = await fetch(`${url}/w/marlow/leave`, { headers: { 'Accept-Language': language } })
      return { response, html: await response.text() }
    }
    const { response, html } = await leaving('de-AT,en;q=0.5')
    const policy = response.headers.get('content-security-policy') ?? ''
    const [, inScript = ''] = /<script type="module">(.*?)<\/script>/s.exec(html) ?? []
    const [, inStyle = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? []
    expect(policy).toContain(
      `default-src 'none'; script-src '${hash(inScript)}'; style-src '${hash(inStyle)}';`,
    )
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(response.headers.get('vary')).toContain('Accept-Language')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(html).toContain('<html lang="de" dir="ltr">')
    expect(html).toContain(
      '<h1 id="leaving">Sie verlassen Marlow &#60;/script&#62;&#60;script&#62;alert(1)&#60;/script&#62;</h1>',
    )
    expect((await leaving('ar')).html).toContain('<html lang="ar" dir="rtl">')
    expect((await leaving('tlh, ja')).html).toContain('<html lang="en" dir="ltr">')
    expect((await fetch(`${url}/w/nobody/leave`)).status).toBe(404)
  })

  it('serve the rules under the name of their content for ever, and to an older page those of now', async () => {
    const source = await (await fetch(`${url}/w/marlow.js`)).text()
    const [, name] = /"rules":"([\w-]+)"/.exec(source) ?? []
    const current = await fetch(`${url}/w/marlow/rules/${name}.js`)
    expect(current.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(current.headers.get('access-control-allow-origin')).toBe('*')
    const text = await current.text()
    expect(text).toContain('export const rules = {"key":"marlow"')
    const older = await fetch(`${url}/w/marlow/rules/AAAAAAAA.js`)
    expect(older.headers.get('cache-control')).toBe('no-store')
    expect(await older.text()).toBe(text)
    expect((await fetch(`${url}/w/nobody/rules/${name}.js`)).status).toBe(404)
    const part = await fetch(`${url}/w/parts/judge-abcdefgh.js`)
    expect(part.headers.get('access-control-allow-origin')).toBe('*')
    expect(part.headers.get('cache-control')).toContain('immutable')
  })

  it('tell any page who is here as a script that a cache keeps half a minute', async () => {
    const here = await fetch(`${url}/w/marlow/here.js?vendor=ven_kiln&at=1`)
    expect(await here.text()).toBe('export default {"vendor":"ven_kiln"}')
    expect(here.headers.get('cache-control')).toBe('public, max-age=30')
    expect((await fetch(`${url}/w/nobody/here.js`)).status).toBe(404)
  })

  it('take counts as a beacon sends them, within a size and a number of times', async () => {
    const tell = (body: string, key = 'marlow') => fetch(`${url}/w/${key}/seen`, { method: 'POST', body })
    expect((await tell('[["r","shown",1]]')).status).toBe(204)
    expect(noted).toContain('counts marlow [["r","shown",1]]')
    expect((await tell('nonsense')).status).toBe(400)
    expect((await tell('x'.repeat(9_000))).status).toBe(413)
    isSpent = true
    expect((await tell('[["r","shown",1]]')).status).toBe(429)
    expect((await fetch(`${url}/w/marlow/here.js`)).status).toBe(429)
    isSpent = false
  })

  it('serve hashed files for ever, and nothing beside them', async () => {
    const response = await fetch(`${url}/w/assets/live-abcdefgh.js`)
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    for (const path of ['live-older000.js', '..%2Fpanel.json', '']) {
      const missing = await fetch(`${url}/w/assets/${path}`)
      expect(missing.status, path).toBeGreaterThanOrEqual(400)
      expect(missing.headers.get('cache-control') ?? '', path).not.toContain('immutable')
    }
  })
})
