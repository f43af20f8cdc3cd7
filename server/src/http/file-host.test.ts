import { get } from 'node:http'
import type { VisitorId } from '@parley/shared/ids.ts'
import type { CustomerActor } from '@parley/shared/people.ts'
import type { SentFile } from '@parley/shared/protocol/events.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Asker, buyerOf, memberOf } from '../testing/everybody.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { createAddressOf } from './file-host.ts'

const filesUrl = 'http://files.parley-files.example'

describe('files with a host of their own', () => {
  let site: Marlow
  let marta: Asker
  let elin: Asker
  let nils: Asker
  let conversationId = ''
  beforeAll(async () => {
    site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000', FILES_URL: filesUrl })
    marta = await buyerOf(site, 'marta')
    elin = await memberOf(site, 'elin')
    nils = await memberOf(site, 'nils')
    const started = await marta.person.ask('startConversation', {
      requestId: 'start-file-host',
      with: { kind: 'vendor', vendorId: 'ven_kiln' },
      about: { order: { id: '48213' } },
      answers: { description: 'A photo' },
    })
    conversationId = started.conversationId
  })
  afterAll(() => site?.close())

  interface Got {
    status: number
    headers: Headers
    body: string
  }
  /** As a browser would come: to this server, by that host’s name. */
  function at(
    host: string,
    path: string,
    headers: Record<string, string> = {},
    method = 'GET',
  ): Promise<Got> {
    return new Promise((resolve, reject) => {
      const request = get(`${site.url}${path}`, { method, headers: { ...headers, host } }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () => {
          const told = new Headers()
          for (const [name, value] of Object.entries(response.headers)) told.set(name, String(value))
          resolve({ status: response.statusCode ?? 0, headers: told, body: Buffer.concat(parts).toString() })
        })
      })
      request.on('error', reject)
    })
  }
  const atFiles = (path: string, headers = {}, method = 'GET') =>
    at(new URL(filesUrl).host, path, headers, method)
  const atHome = (path: string, headers = {}) => at(new URL(site.url).host, path, headers)

  async function sent(name: string, text: string): Promise<SentFile & { messageId: string }> {
    const form = new FormData()
    form.set('conversationId', conversationId)
    form.set('file', new File([text], name, { type: 'text/plain' }))
    const { headers } = marta
    const response = await fetch(`${site.url}/api/v1/uploads`, { method: 'POST', body: form, headers })
    const file = (await response.json()) as SentFile
    const fileIds = [file.fileId]
    const wish = { requestId: `send-${file.fileId}`, conversationId, text: '', fileIds }
    const { messageId } = await marta.person.ask('sendMessage', wish)
    return { ...file, messageId }
  }
  const open = ({ headers }: Asker, fileId: string, more = '') =>
    atHome(`/api/v1/files/${fileId}${more}`, headers)
  /** The path of the address that somebody was sent to. */
  async function address(asker: Asker, fileId: string, more = ''): Promise<string> {
    const { status, headers, body } = await open(asker, fileId, more)
    const location = headers.get('location') ?? ''
    expect([status, location.startsWith(`${filesUrl}/f/`), body.includes('canary')]).toEqual([
      302,
      true,
      false,
    ])
    expect(headers.get('cache-control')).toBe('private, no-store')
    return location.slice(filesUrl.length)
  }

  it('come from there alone, to whoever was sent there, without a cookie', async () => {
    const { fileId } = await sent('one.txt', 'canary-one')
    for (const asker of [marta, elin]) {
      const path = await address(asker, fileId)
      const { status, headers, body } = await atFiles(path)
      expect([status, body]).toEqual([200, 'canary-one'])
      expect(headers.get('content-security-policy')).toContain(`default-src 'none'; sandbox`)
      expect(headers.get('access-control-allow-origin')).toBe(site.url)
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
      expect(headers.get('cache-control')).toBe('private, no-store')
      expect(headers.get('set-cookie')).toBeNull()
      expect((await atHome(path)).status).toBe(404)
    }
    expect((await open(nils, fileId)).status).toBe(404)
    const asked = { origin: site.url, 'access-control-request-headers': 'parley-site' }
    const preflight = await atFiles('/f/x', asked, 'OPTIONS')
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
      204,
      'authorization, parley-site',
    ])
  })

  it('are all that is there: no page, no command, no file by its name', async () => {
    const { fileId } = await sent('two.txt', 'canary-two')
    for (const path of ['/', '/console/', '/healthz', '/w/marlow.js', '/demo/', `/api/v1/files/${fileId}`])
      expect([path, (await atFiles(path, elin.headers)).status]).toEqual([path, 404])
    expect((await atFiles('/api/v1/session', elin.headers)).body).toContain('notFound')
  })

  it('have addresses that are sealed, and good for a minute', async () => {
    const { fileId } = await sent('three.txt', 'canary-three')
    const path = await address(marta, fileId)
    expect(path).not.toContain(fileId)
    const middle = Math.floor(path.length / 2)
    const other = path[middle] === 'A' ? 'B' : 'A'
    for (const wrong of [
      `${path.slice(0, middle)}${other}${path.slice(middle + 1)}`,
      path.slice(0, -4),
      '/f/x',
      '/f/a.b',
      `/f/${Buffer.from(JSON.stringify({ fileId })).toString('base64url')}`,
    ])
      expect([wrong, (await atFiles(wrong)).status]).toEqual([wrong, 404])
    const { config } = site.world.parts
    const wish = { fileId, part: 'file', isSaved: false } as const
    const [browser] = await site.world.parts.database.query<{ visitor_id: VisitorId }>(
      `select visitor_id from visitors where contact_id = 'con_marta'`,
    )
    const actor = { ...(marta.actor as CustomerActor), visitorId: browser?.visitor_id ?? '' }
    const asking = { actor, sessionId: null }
    const sealedAgo = (ms: number) =>
      createAddressOf({ config, clock: { now: () => new Date(Date.now() - ms) } })?.(asking, wish) ?? ''
    for (const [ms, status] of [
      [30_000, 200],
      [61_000, 404],
    ] as const) {
      const made = sealedAgo(ms).slice(filesUrl.length)
      expect([ms, (await atFiles(made)).status]).toEqual([ms, status])
    }
  })

  it('are saved under their name when that was asked', async () => {
    const { fileId } = await sent('four.txt', 'canary-four')
    const { headers } = await atFiles(await address(elin, fileId, '?save'))
    expect(headers.get('content-disposition')).toContain('attachment; filename="four.txt"')
  })

  it('are gone from an address that was given when the message, the right or the session is', async () => {
    const { fileId, messageId } = await sent('five.txt', 'canary-five')
    const [ofMarta, ofElin] = [await address(marta, fileId), await address(elin, fileId)]
    expect((await atFiles(ofElin)).status).toBe(200)
    const daniel = await memberOf(site, 'daniel')
    const another = await sent('six.txt', 'canary-six')
    const [sixOfElin, sixOfMarta] = [
      await address(elin, another.fileId),
      await address(marta, another.fileId),
    ]
    await daniel.person.ask('redactMessage', {
      requestId: 'redact-five',
      conversationId,
      messageId,
      reason: 'Not for here',
    })
    for (const path of [ofMarta, ofElin]) expect((await atFiles(path)).status).toBe(404)
    const { origin } = new URL(site.url)
    await fetch(`${site.url}/api/v1/session`, {
      method: 'DELETE',
      headers: { ...elin.headers, origin, 'parley-csrf': '1' },
    })
    expect((await atFiles(sixOfElin)).status).toBe(404)
    expect((await atFiles(sixOfMarta)).status).toBe(200)
  })
})
