import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export interface ProviderPerson {
  email: string
  email_verified: boolean
}

export interface IdentityProvider {
  issuer: string
  clientId: string
  clientSecret: string
  /** What the provider says of its people, by the name they sign in with. */
  people: Map<string, ProviderPerson>
  /** As somebody in a browser: signs in, agrees, and gives back the address the provider then leads to. */
  signIn(address: string, name: string): Promise<string>
  close(): Promise<void>
}

const [clientId, clientSecret] = ['parley', 'a secret of some length for the tests']

/** A real OpenID Connect provider on loopback that leads back to `redirectUri`. */
export async function startIdentityProvider(redirectUri: string): Promise<IdentityProvider> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const people = new Map<string, ProviderPerson>()
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, ...people.get(sub) }),
    }),
    cookies: { keys: ['only for tests'] },
    pkce: { required: () => true },
  })
  server.on('request', provider.callback())

  async function signIn(address: string, name: string): Promise<string> {
    const jar = new Map<string, string>()
    let request = new Request(address)
    for (let step = 0; step < 20; step += 1) {
      request.headers.set('cookie', [...jar].map((pair) => pair.join('=')).join('; '))
      const answer = await fetch(request, { redirect: 'manual' })
      for (const cookie of answer.headers.getSetCookie()) {
        const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
        jar.set(key, value)
      }
      const next = answer.headers.get('location')
      if (next?.startsWith(redirectUri)) return next
      if (next) request = new Request(new URL(next, issuer))
      else {
        const page = await answer.text()
        const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
        const action = /action="([^"]+)"/.exec(page)?.[1]
        if (!prompt || !action) throw new Error(`The provider said ${answer.status}: ${page.slice(0, 300)}`)
        const body = new URLSearchParams({ prompt, login: name, password: 'any' })
        request = new Request(new URL(action, issuer), { method: 'POST', body })
      }
    }
    throw new Error('The provider leads nowhere.')
  }

  return {
    issuer,
    clientId,
    clientSecret,
    people,
    signIn,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
