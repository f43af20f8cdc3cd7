import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'

export interface Answer {
  status: number
  // What an answer holds is for the test to say.
  body: Record<string, unknown>
  headers: Headers
}

/** One browser with one cookie jar, on a page of the chat's own origin. */
export interface HttpBrowser {
  /** The session's; others are kept beside it. */
  cookie: string | undefined
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  get(path: string): Promise<Answer>
  remove(path: string): Promise<Answer>
}

export interface RunningHttp {
  browser(): HttpBrowser
  close(): Promise<void>
}

export async function startHttp(app: Express): Promise<RunningHttp> {
  const server: Server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  function browser(): HttpBrowser {
    const others = new Map<string, string>([['other', '1']])
    const self: HttpBrowser = {
      cookie: undefined,
      get: (path) => send('GET', path),
      remove: (path) => send('DELETE', path, undefined),
      post: (path, body = {}, headers = {}) => send('POST', path, body, headers),
    }

    async function send(
      method: string,
      path: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ): Promise<Answer> {
      const sent: Record<string, string> = {
        'sec-fetch-site': 'same-origin',
        'parley-csrf': '1',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        cookie: [...[...others].map((pair) => pair.join('=')), ...(self.cookie ? [self.cookie] : [])].join(
          '; ',
        ),
        ...headers,
      }
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        redirect: 'manual',
        headers: Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== '')),
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      for (const line of response.headers.getSetCookie()) {
        const pair = line.split(';')[0] ?? ''
        const [name = '', value = ''] = pair.split('=')
        if (name === '__Host-sid') self.cookie = value === '' ? undefined : pair
        else if (value === '') others.delete(name)
        else others.set(name, value)
      }
      const text = await response.text()
      return {
        status: response.status,
        body: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {},
        headers: response.headers,
      }
    }
    return self
  }

  return {
    browser,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
