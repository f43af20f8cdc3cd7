import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { marlow } from '../demo/cast.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'

describe('what browsers kept a page from', () => {
  let site: Marlow
  beforeAll(async () => {
    site = await startMarlow('postgres')
  })
  afterAll(() => site?.close())

  const tell = (address: string, body: unknown, type = 'application/reports+json') =>
    fetch(address, {
      method: 'POST',
      headers: { 'content-type': type },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const violation = (documentURL: string, effectiveDirective: string, blockedURL = 'inline') => ({
    type: 'csp-violation',
    url: documentURL,
    body: { documentURL, effectiveDirective, blockedURL, disposition: 'enforce', statusCode: 200 },
  })
  async function counted(surface: string, directive: string): Promise<number> {
    const text = await (await fetch(`${site.url}/metrics`)).text()
    const line = `parley_csp_violations_total{surface="${surface}",directive="${directive}"} `
    const found = text.split('\n').find((one) => one.startsWith(line))
    return Number(found?.slice(line.length) ?? 0)
  }

  it('is asked for by console and panel, at an address that counts it', async () => {
    for (const [surface, path] of [
      ['console', '/console/inbox'],
      ['panel', `/w/${marlow.siteKey}/panel`],
      ['leave', `/w/${marlow.siteKey}/leave`],
    ] as const) {
      const { headers } = await fetch(`${site.url}${path}`)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toMatch(/; report-to csp$/)
      const [, where = ''] = /^csp="(.+)"$/.exec(headers.get('reporting-endpoints') ?? '') ?? []
      expect(policy).toContain(`report-uri ${where};`)
      const before = await counted(surface, 'img-src')
      const told = [
        violation(`${site.url}${path}`, 'img-src', 'https://elsewhere.example/pixel?who=marta'),
        violation(`${site.url}${path}`, 'img-src', 'data'),
      ]
      expect((await tell(`${site.url}${where}`, told)).status).toBe(204)
      expect(await counted(surface, 'img-src')).toBe(before + 2)
    }
  })

  it('is taken as older browsers tell it too', async () => {
    const before = await counted('panel', 'script-src-elem')
    const told = {
      'csp-report': {
        'document-uri': `${site.url}/w/${marlow.siteKey}/panel`,
        'violated-directive': 'script-src-elem',
        'blocked-uri': 'eval',
      },
    }
    const answer = await tell(`${site.url}/api/v1/csp-reports`, told, 'application/csp-report')
    expect(answer.status).toBe(204)
    expect(await counted('panel', 'script-src-elem')).toBe(before + 1)
  })

  it('never becomes a name of ours: what is invented counts as other', async () => {
    const address = `${site.url}/api/v1/csp-reports`
    const before = await counted('other', 'other')
    await tell(address, [violation('https://elsewhere.example/console', 'invented-"src\n')])
    expect(await counted('other', 'other')).toBe(before + 1)
    for (const body of ['[{', '{}', '[{"body":{}}]', JSON.stringify([{ body: 'x'.repeat(30_000) }])]) {
      const { status } = await tell(address, body)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
    }
    expect(await counted('other', 'other')).toBe(before + 1)
  })

  it('is heard so often from one address and then not', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => tell(`${site.url}/api/v1/csp-reports`, [])),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses).toContain(429)
    expect(new Set(statuses)).toEqual(new Set([204, 429]))
  })
})
