import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

export interface LeakedList {
  url: string
  /** What reached it, whole: line, headers and body. */
  asked: { line: string; headers: IncomingMessage['headers']; body: string }[]
  /** By the password: how often it is in the list; zero is padding. */
  counts: Map<string, number>
  /** Answers instead of the list. */
  answers: ((response: ServerResponse) => void) | undefined
  close(): Promise<void>
}

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase()

/** A real server of the range protocol on loopback, with padding as the real one gives it. */
export async function openLeakedList(tls?: { key: Buffer; cert: Buffer }): Promise<LeakedList> {
  const listen: RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const line = `${request.method} ${request.url}`
      list.asked.push({ line, headers: request.headers, body: Buffer.concat(chunks).toString() })
      if (list.answers) return list.answers(response)
      const prefix = /^GET \/range\/([0-9A-F]{5})$/.exec(line)?.[1]
      if (prefix === undefined) return response.writeHead(400).end()
      const listed = [...list.counts].map(([password, count]) => ({ digest: sha1(password), count }))
      const lines = [
        ...Array.from({ length: 900 }, (_none, at) => `${sha1(`other ${at}`).slice(5)}:${at + 1}`),
        ...Array.from({ length: 50 }, (_none, at) => `${sha1(`padding ${at}`).slice(5)}:0`),
        ...listed
          .filter(({ digest }) => digest.startsWith(prefix))
          .map(({ digest, count }) => `${digest.slice(5)}:${count}`),
      ]
      response.writeHead(200, { 'content-type': 'text/plain' }).end(lines.sort().join('\r\n'))
    })
  }
  const server = (tls ? createTlsServer(tls, listen) : createServer(listen)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const list: LeakedList = {
    url: `${tls ? 'https://localhost' : 'http://127.0.0.1'}:${port}`,
    asked: [],
    counts: new Map(),
    answers: undefined,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return list
}
