import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer as createNetServer, type Server as NetServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { freePort } from '../testing/free-port.ts'
import { readAllowList } from './addresses.ts'
import { post } from './post.ts'
import type { Resolve } from './reach.ts'

const program = 'openssl'
const rulesWith = (...allow: string[]) => ({ production: false, outboundAllow: readAllowList(allow) })
const open: NetServer[] = []
afterEach(async () => {
  for (const server of open.splice(0)) {
    if ('closeAllConnections' in server) (server as Server).closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }
})

async function listening(server: NetServer): Promise<number> {
  open.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void
async function receiver(answer: Answer): Promise<{ port: number; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = []
  const port = await listening(
    createServer((request, response) => {
      asked.push(request)
      answer(request, response)
    }),
  )
  return { port, asked }
}
const answering = (status: number, headers: Record<string, string> = {}): Answer => {
  return (_request, response) => response.writeHead(status, headers).end('thanks')
}

function ask(url: string, rules = rulesWith('127.0.0.1', '::1'), resolve?: Resolve, withinMs = 5_000) {
  return post(rules, { url, headers: { 'x-one': '1' }, body: '{"a":1}', withinMs }, resolve)
}
const named =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

describe('a request to an address that somebody gave', () => {
  it('is made, and of the answer the status is known', async () => {
    const { port, asked } = await receiver(answering(202))
    expect(await ask(`http://127.0.0.1:${port}/hook?a=b`)).toEqual({ status: 202 })
    expect(asked[0]).toMatchObject({
      method: 'POST',
      url: '/hook?a=b',
      headers: { 'x-one': '1', connection: 'close' },
    })
  })

  it('never goes where nobody has allowed it, however that is written', async () => {
    const { port, asked } = await receiver(answering(200))
    const nothing = rulesWith()
    for (const host of ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '127.0.0.1.'])
      await expect(ask(`http://${host}:${port}/`, nothing)).rejects.toMatchObject({ failure: 'url.private' })
    await expect(ask(`http://localhost:${port}/`, nothing)).rejects.toMatchObject({ failure: 'private' })
    for (const host of ['10.0.0.1', '169.254.169.254', '[fd00::1]', '0.0.0.0'])
      await expect(ask(`https://${host}/`)).rejects.toMatchObject({ failure: 'url.private' })
    expect(asked).toEqual([])
  })

  it('is refused when a public name leads to a private address', async () => {
    const { port, asked } = await receiver(answering(200))
    const url = `https://hooks.example:${port}/`
    for (const address of ['127.0.0.1', '10.0.0.7', '169.254.169.254', '::1', '::ffff:127.0.0.1'])
      await expect(ask(url, rulesWith(), named(address))).rejects.toMatchObject({ failure: 'private' })
    await expect(ask(url, rulesWith(), named())).rejects.toMatchObject({ failure: 'dns' })
    expect(asked).toEqual([])
  })

  it('asks for the name once, so a name that changes its mind gains nothing', async () => {
    let asked = 0
    const changing: Resolve = async () => {
      asked += 1
      return [{ address: asked === 1 ? '10.0.0.1' : '127.0.0.1', family: 4 }]
    }
    await expect(ask('https://rebind.example/', rulesWith(), changing)).rejects.toMatchObject({
      failure: 'private',
    })
    expect(asked).toBe(1)
  })

  it('takes of several addresses only those it may speak to', async () => {
    const { port } = await receiver(answering(200))
    const answered = ask(`http://localhost:${port}/`, rulesWith('127.0.0.1'), named('10.0.0.1', '127.0.0.1'))
    expect(await answered).toEqual({ status: 200 })
  })

  it('follows no redirect', async () => {
    const inside = await receiver(answering(200))
    const { port } = await receiver(answering(302, { location: `http://127.0.0.1:${inside.port}/secret` }))
    expect(await ask(`http://127.0.0.1:${port}/`)).toEqual({ status: 302 })
    expect(inside.asked).toEqual([])
  })

  it('goes without TLS to the own machine only, and in production not even there', async () => {
    const { port } = await receiver(answering(200))
    const url = `http://127.0.0.1:${port}/`
    await expect(ask('http://example.com/')).rejects.toMatchObject({ failure: 'url.scheme' })
    await expect(ask(url, { ...rulesWith('127.0.0.1'), production: true })).rejects.toMatchObject({
      failure: 'url.scheme',
    })
    for (const other of ['ftp://example.com/', 'file:///etc/passwd', 'gopher://example.com/'])
      await expect(ask(other)).rejects.toMatchObject({ failure: 'url.scheme' })
    await expect(ask('https://me:secret@example.com/')).rejects.toMatchObject({ failure: 'url.credentials' })
    await expect(ask('not an address')).rejects.toMatchObject({ failure: 'url.shape' })
  })

  it('waits only so long for an answer', async () => {
    const { port } = await receiver(() => {})
    await expect(ask(`http://127.0.0.1:${port}/`, undefined, undefined, 100)).rejects.toMatchObject({
      failure: 'timeout',
    })
  })

  it('reads a kilobyte of an endless answer and hangs up', async () => {
    let isCut: () => void = () => {}
    const cut = new Promise<void>((resolve) => {
      isCut = resolve
    })
    const { port } = await receiver((_request, response) => {
      response.writeHead(200)
      const more = setInterval(() => response.write('x'.repeat(1_000)), 1)
      response.on('close', () => {
        clearInterval(more)
        isCut()
      })
    })
    expect(await ask(`http://127.0.0.1:${port}/`)).toEqual({ status: 200 })
    await cut
  })

  it('says when nobody is there, or talks something else', async () => {
    const gone = await freePort()
    await expect(ask(`http://127.0.0.1:${gone}/`)).rejects.toMatchObject({ failure: 'refused' })
    const port = await listening(createNetServer((socket) => socket.resume().end('SSH-2.0-OpenSSH\r\n')))
    await expect(ask(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ failure: 'cut' })
  })

  it('trusts no certificate that nobody vouches for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-tls-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    execFileSync(
      program,
      `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost -keyout ${key} -out ${cert}`.split(
        ' ',
      ),
      { stdio: 'ignore' },
    )
    const asked: unknown[] = []
    const server = createTlsServer(
      { key: readFileSync(key), cert: readFileSync(cert) },
      (request, response) => {
        asked.push(request)
        response.end()
      },
    )
    rmSync(folder, { recursive: true })
    const port = await listening(server)
    await expect(ask(`https://127.0.0.1:${port}/`)).rejects.toMatchObject({ failure: 'tls' })
    expect(asked).toEqual([])
  })
})
