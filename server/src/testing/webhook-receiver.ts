import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

export interface Received {
  id: string
  /** Which secrets' signatures it carries, by their place in what was asked. */
  signedBy: (secrets: readonly string[]) => boolean[]
  headers: Record<string, string>
  body: {
    type: string
    timestamp: string
    data: { conversationId?: string; position?: number; payload?: Record<string, unknown> } & Record<
      string,
      unknown
    >
  }
  raw: string
}

export interface WebhookReceiver {
  url: string
  received: Received[]
  /** What it answers to the next; nothing keeps it waiting. */
  answers: (response: ServerResponse) => void
  of(type: string): Received[]
  close(): Promise<void>
}

/** A shop's server on the loopback, with the signature read as the standard says it and not as we write it. */
export async function openReceiver(port = 0, tls?: { key: Buffer; cert: Buffer }): Promise<WebhookReceiver> {
  const received: Received[] = []
  const server = tls ? createTlsServer(tls, listen) : createServer(listen)
  function listen(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8')
      const headers = request.headers as Record<string, string>
      received.push({
        id: headers['webhook-id'] ?? '',
        headers,
        raw,
        body: JSON.parse(raw),
        signedBy: (secrets) => secrets.map((secret) => isSignedBy(secret, headers, raw)),
      })
      receiver.answers(response)
    })
  }
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  const receiver: WebhookReceiver = {
    url: `${tls ? 'https://localhost' : 'http://127.0.0.1'}:${(server.address() as AddressInfo).port}/hook`,
    received,
    answers: (response) => response.writeHead(204).end(),
    of: (type) => received.filter(({ body }) => body.type === type),
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
  return receiver
}

function isSignedBy(secret: string, headers: Record<string, string>, raw: string): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const mac = createHmac('sha256', key)
  for (const part of [headers['webhook-id'], '.', headers['webhook-timestamp'], '.', raw])
    mac.update(part ?? '')
  const wanted = mac.digest()
  return (headers['webhook-signature'] ?? '').split(' ').some((signature) => {
    const [version, value = ''] = signature.split(',')
    const given = Buffer.from(value, 'base64')
    return version === 'v1' && given.length === wanted.length && timingSafeEqual(given, wanted)
  })
}
