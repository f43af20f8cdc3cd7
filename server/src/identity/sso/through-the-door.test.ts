import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { readAllowList } from '../../outbound/index.ts'
import { createSsoProvider } from './provider.ts'

const open: Server[] = []
afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
})

interface Listening {
  origin: string
  asked: string[]
}

async function listening(answer: RequestListener): Promise<Listening> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    answer(request, response)
  }).listen(0, '127.0.0.1')
  open.push(server)
  await once(server, 'listening')
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

/** Something within the own network that nobody outside may make us speak to. */
const inside = () => listening((_request, response) => response.writeHead(400).end('{"error":"no"}'))

/** A provider whose document may say anything. */
async function providerSaying(document: (origin: string) => object): Promise<Listening> {
  const provider: Listening = await listening((_request, response) => {
    const { origin } = provider
    const said = {
      issuer: origin,
      authorization_endpoint: `${origin}/auth`,
      token_endpoint: `${origin}/token`,
      jwks_uri: `${origin}/keys`,
      response_types_supported: ['code'],
      ...document(origin),
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said))
  })
  return provider
}

/** Somebody comes back from the provider with a code, and we ask what it is worth. */
async function comesBack(issuer: string, ...allow: string[]): Promise<unknown> {
  const provider = createSsoProvider(
    { issuer, clientId: 'parley', clientSecret: 'a secret of some length', name: 'Marlow ID' },
    { production: false, outboundAllow: readAllowList(allow) },
  )
  const { journey } = await provider.begin('https://chat.example/api/v1/sso/done')
  const back = new URL('https://chat.example/api/v1/sso/done')
  back.searchParams.set('code', 'a-code')
  back.searchParams.set('state', journey.state)
  return provider.finish(back, journey).then(
    () => 'let in',
    (error: unknown) => error,
  )
}

/** The innermost reason, past what the library wraps around it. */
function reasonOf(error: unknown): string {
  let innermost = error
  while (innermost instanceof Error && innermost.cause instanceof Error) innermost = innermost.cause
  return innermost instanceof Error ? innermost.message : String(innermost)
}

describe('a provider’s document', () => {
  it('is asked for at the address the operator set, wherever that is', async () => {
    const provider = await providerSaying(() => ({}))
    await comesBack(provider.origin)
    expect(provider.asked).toEqual(['GET /.well-known/openid-configuration', 'POST /token'])
  })

  it('that names a token endpoint on a private address sends nothing there', async () => {
    const metadata = await inside()
    const provider = await providerSaying(() => ({ token_endpoint: `${metadata.origin}/token` }))
    expect(reasonOf(await comesBack(provider.origin))).toBe('url.private')
    expect(metadata.asked).toEqual([])
    // What keeps it out is the address: whoever names it gets there.
    await comesBack(provider.origin, '127.0.0.1')
    expect(metadata.asked).toEqual(['POST /token'])
  })

  it.each([
    ['the clouds’ metadata', 'https://169.254.169.254/token', 'url.private'],
    ['a name that leads to this machine', 'https://localhost:1/token', 'private'],
    ['an address of IPv6 that means this machine', 'https://[::ffff:127.0.0.1]:1/token', 'url.private'],
    ['no TLS', 'http://provider.example/token', 'url.scheme'],
    ['a name and a password', 'https://me:secret@provider.example/token', 'url.credentials'],
  ])('that names %s sends nothing there', async (_what, address, reason) => {
    const provider = await providerSaying(() => ({ token_endpoint: address }))
    expect(reasonOf(await comesBack(provider.origin))).toBe(reason)
  })

  it('that leads on to another address is not followed', async () => {
    const metadata = await inside()
    const provider = await listening((_request, response) =>
      response.writeHead(302, { location: `${metadata.origin}/secret` }).end(),
    )
    await expect(comesBack(provider.origin)).rejects.toThrow()
    expect(metadata.asked).toEqual([])
  })

  it('that does not end is cut', async () => {
    const provider = await listening((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const more = setInterval(() => response.write('x'.repeat(60_000)), 1)
      response.on('close', () => clearInterval(more))
    })
    const failure = await comesBack(provider.origin).catch(reasonOf)
    expect(failure).toBe('cut')
  })
})
