import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { marlow } from '../demo/cast.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'

const surfaces = {
  console: '/console/',
  panel: `/w/${marlow.siteKey}/panel`,
  api: '/api/v1/session',
  file: '/api/v1/files/fil_absent',
  health: '/healthz',
}

describe('the headers of every surface', () => {
  let site: Marlow
  beforeAll(async () => {
    site = await startMarlow('postgres', {
      PUBLIC_URL: 'https://chat.example',
      FILES_URL: 'https://files.example',
    })
  })
  afterAll(() => site?.close())

  const headersOf = async (path: string) => (await fetch(`${local()}${path}`, { redirect: 'manual' })).headers
  const local = () => `http://localhost:${site.world.parts.config.port}`
  const directivesOf = (headers: Headers) =>
    new Map(
      (headers.get('content-security-policy') ?? '')
        .split(';')
        .map((directive) => directive.trim().split(/ (.*)/))
        .map(([name = '', value = '']) => [name, value]),
    )

  it.each(Object.entries(surfaces))(
    'of %s keep to HTTPS, sniff nothing and name no software',
    async (_name, path) => {
      const headers = await headersOf(path)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
      expect(headers.get('permissions-policy')).toContain('camera=(), microphone=(), geolocation=()')
      expect(headers.get('referrer-policy')).toMatch(/^(same-origin|no-referrer)$/)
      for (const banner of ['x-powered-by', 'server']) expect(headers.get(banner)).toBeNull()
      expect(headers.get('access-control-allow-credentials')).toBeNull()
    },
  )

  it('of the console let nothing in but its own, in no frame, under Trusted Types', async () => {
    const headers = await headersOf(surfaces.console)
    const policy = directivesOf(headers)
    expect(policy.get('default-src')).toBe(`'none'`)
    for (const name of ['script-src', 'style-src', 'font-src']) expect(policy.get(name)).toBe(`'self'`)
    for (const name of ['base-uri', 'object-src', 'frame-ancestors']) expect(policy.get(name)).toBe(`'none'`)
    expect(policy.get('connect-src')).toBe(`'self' wss://chat.example`)
    expect(policy.get('require-trusted-types-for')).toBe(`'script'`)
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('x-frame-options')).toBe('DENY')
  })

  it('of console and panel let files in from their own host, and nothing run from there', async () => {
    const [ofConsole, ofPanel] = await Promise.all(
      [surfaces.console, surfaces.panel].map(async (path) => directivesOf(await headersOf(path))),
    )
    const naming = (policy: typeof ofConsole) =>
      [...(policy ?? [])].filter(([, value]) => value.includes('files.example')).map(([name]) => name)
    expect(naming(ofConsole)).toEqual(['img-src', 'media-src'])
    expect(naming(ofPanel)).toEqual(['connect-src'])
  })

  it('of what is personal let no cache keep it', async () => {
    for (const path of [surfaces.api, surfaces.file])
      expect((await headersOf(path)).get('cache-control')).toContain('no-store')
  })
})

describe('the address of whoever asks', () => {
  /** Guesses at accounts that are not there, each as if from another address: how many were looked at. */
  async function lookedAt(
    env: Record<string, string>,
    forwarded: (index: number) => string,
  ): Promise<number> {
    const site = await startMarlow('postgres', env)
    try {
      let seen = 0
      for (let index = 0; index < 12; index += 1) {
        const response = await fetch(`${site.url}/api/v1/session`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            origin: site.url,
            'parley-csrf': '1',
            'x-forwarded-for': forwarded(index),
          },
          body: JSON.stringify({ email: `nobody-${index}@post.example`, password: 'a guess at somebody' }),
        })
        if (response.status !== 429) seen += 1
      }
      return seen
    } finally {
      await site.close()
    }
  }
  const somewhere = (index: number) => `198.51.100.${index + 1}`

  it('is the connection’s own where no proxy is set, whatever a header says', async () => {
    expect(await lookedAt({}, somewhere)).toBeLessThan(8)
  })

  it('behind one proxy is what that proxy wrote: what was sent to it is not believed', async () => {
    expect(await lookedAt({ TRUST_PROXY: '1' }, somewhere)).toBe(12)
    expect(await lookedAt({ TRUST_PROXY: '1' }, (index) => `${somewhere(index)}, 203.0.113.9`)).toBeLessThan(
      8,
    )
  })
})
