import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { marlow } from '../demo/cast.ts'
import { type Marlow, type Person, startMarlow } from '../testing/marlow.ts'

describe('a request that cannot be understood, or is not allowed', () => {
  let site: Marlow
  let visitor: Person & { visitorToken: string }
  beforeAll(async () => {
    site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000000' })
    visitor = await site.visitor()
  })
  afterAll(() => site?.close())

  const bearer = () => ({ authorization: `Bearer ${visitor.visitorToken}`, 'parley-site': marlow.siteKey })
  function ask(
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
    path = 'listConversations',
  ) {
    return fetch(`${site.url}/api/v1/commands/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })
  }

  async function problemOf(response: Response): Promise<unknown[]> {
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(response.headers.get('cache-control')).toBe('no-store')
    const problem = (await response.json()) as Record<string, unknown>
    expect(problem).toMatchObject({ title: expect.any(String), detail: expect.any(String) })
    expect(JSON.stringify(problem)).not.toMatch(/node_modules|at \w+ \(|\.ts:/)
    return [response.status, problem.code, problem.reason]
  }

  it('is told what is wrong with its body', async () => {
    const bodies: [string | Uint8Array<ArrayBuffer>, Record<string, string>, unknown[]][] = [
      ['{"a":', {}, [400, 'invalid', 'entity.parse.failed']],
      ['"text"', {}, [400, 'invalid', 'entity.parse.failed']],
      ['not json', {}, [400, 'invalid', 'entity.parse.failed']],
      [`{"a":"${'x'.repeat(120_000)}"}`, {}, [413, 'invalid', 'entity.too.large']],
      [
        new Uint8Array(gzipSync(`{"a":"${'x'.repeat(5_000_000)}"}`)),
        { 'content-encoding': 'gzip' },
        [413, 'invalid', 'entity.too.large'],
      ],
      ['[]', {}, [422, 'invalid', 'wish.shape']],
      ['{"isAdmin":true}', {}, [422, 'invalid', 'wish.shape']],
    ]
    for (const [body, headers, expected] of bodies)
      expect(await problemOf(await ask(body, { ...bearer(), ...headers }))).toEqual(expected)
  })

  it('is told that there is no such command, address or file', async () => {
    for (const name of ['__proto__', 'constructor', 'nothing', '..%2f..'])
      expect(await problemOf(await ask('{}', bearer(), name))).toEqual([404, 'notFound', 'command.unknown'])
    expect(await problemOf(await ask('{}', bearer(), '%E0%A4%A'))).toEqual([400, 'invalid', 'path.shape'])
    for (const path of ['/api/v1/nothing', '/api/v1/commands/listConversations'])
      expect((await fetch(site.url + path)).status).toBe(404)
  })

  it('is nobody without a token that was given to this site’s visitor', async () => {
    const nobody = [401, 'notAllowed', 'signIn.needed']
    const tokens: Record<string, string>[] = [
      {},
      { authorization: `Bearer ${'x'.repeat(43)}`, 'parley-site': marlow.siteKey },
      { authorization: 'Bearer undefined', 'parley-site': marlow.siteKey },
      { authorization: `Basic ${visitor.visitorToken}`, 'parley-site': marlow.siteKey },
      { ...bearer(), 'parley-site': 'nowhere' },
      { authorization: bearer().authorization },
      { cookie: '__Host-sid=nothing', origin: site.url, 'parley-csrf': '1' },
    ]
    for (const headers of tokens) expect(await problemOf(await ask('{}', headers))).toEqual(nobody)
  })

  it('is nobody by what stands in its address', async () => {
    const { visitorToken } = visitor
    for (const query of [`access_token=${visitorToken}&siteKey=marlow`, `token=${visitorToken}`, 'ticket=x'])
      expect((await ask('{}', {}, `listConversations?${query}`)).status).toBe(401)
    const cookie = await site.cookie('priya')
    expect((await fetch(`${site.url}/api/v1/session?${cookie}`)).status).toBe(401)
  })

  it('from another origin does nothing on the strength of a cookie', async () => {
    const cookie = await site.cookie('priya')
    const foreign: Record<string, string>[] = [
      { cookie },
      { cookie, origin: site.url },
      { cookie, origin: 'https://elsewhere.example', 'parley-csrf': '1' },
      { cookie, origin: 'null', 'parley-csrf': '1' },
      { cookie, origin: site.url, 'parley-csrf': '1', 'sec-fetch-site': 'cross-site' },
      { cookie, origin: site.url, 'parley-csrf': '1', 'sec-fetch-site': 'same-site' },
    ]
    for (const headers of foreign)
      expect((await ask('{"view":"all"}', headers, 'listInbox')).status, JSON.stringify(headers)).toBe(403)
    const own = { cookie, origin: site.url, 'parley-csrf': '1' }
    expect((await ask('{"view":"all"}', own, 'listInbox')).status).toBe(200)
  })
})
