import { lookup as resolveName } from 'node:dns/promises'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { Config } from '../config.ts'
import { checkUrl, hostOf, isAllowed, type UrlProblem } from './check-url.ts'

export type OutboundRules = Pick<Config, 'production' | 'outboundAllow'>
export type Failure = UrlProblem | 'dns' | 'private' | 'refused' | 'tls' | 'timeout' | 'cut'

/** No answer came, or none was asked for. */
export class NotReached extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure)
    this.failure = failure
    this.name = 'NotReached'
  }
}

/** Every address a name has; a test gives names of its own. */
export type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>
const resolveAll: Resolve = (host) => resolveName(host, { all: true, verbatim: true })

const mostHeaderBytes = 8_192

export interface OutboundWish {
  method: 'GET' | 'POST'
  url: string
  headers: Record<string, string>
  body?: string
  withinMs: number
  /** Gives up at once when the process stops. */
  signal?: AbortSignal
}

/**
 * The only way out to addresses that people gave. HTTPS; the address a connection really has is checked, so a name that
 * changes its mind between two look-ups gains nothing. Redirects are answers like any other. No proxy, no cookie, no
 * connection kept. The time is for the answer's body too: when it is over, the body is cut.
 */
export async function reach(
  rules: OutboundRules,
  wish: OutboundWish,
  resolve: Resolve = resolveAll,
): Promise<IncomingMessage> {
  const url = checkUrl(wish.url, rules)
  if (typeof url === 'string') throw new NotReached(url)
  const host = hostOf(url)
  const lookup = checkedLookup(host, rules, resolve)
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  const body = wish.body ?? ''
  return new Promise((settle, reject) => {
    const asked = request(url, {
      method: wish.method,
      agent: false,
      lookup,
      maxHeaderSize: mostHeaderBytes,
      ...(wish.signal ? { signal: wish.signal } : {}),
      headers: {
        ...wish.headers,
        ...(wish.method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {}),
        connection: 'close',
      },
    })
    const timer = setTimeout(() => fail(new NotReached('timeout')), wish.withinMs)
    function fail(error: unknown): void {
      clearTimeout(timer)
      reject(error instanceof NotReached ? error : new NotReached(failureOf(error)))
      asked.destroy()
    }
    asked.on('socket', (socket) => {
      socket.once('connect', () => {
        if (!isAllowed(host, socket.remoteAddress ?? '', rules)) fail(new NotReached('private'))
      })
    })
    asked.on('error', fail)
    asked.on('response', (response) => {
      // A promise is settled once: the timer that cuts a slow body off comes after.
      settle(response)
      response.on('close', () => clearTimeout(timer))
    })
    asked.end(body)
  })
}

/** Hands on only addresses that may be spoken to: what is connected to is what was checked. */
function checkedLookup(host: string, rules: OutboundRules, resolve: Resolve): LookupFunction {
  return (_host, options, done) => {
    resolve(host).then(
      (found) => {
        const allowed = found.filter(({ address }) => isIP(address) !== 0 && isAllowed(host, address, rules))
        const [first] = allowed
        if (!first) return done(new NotReached(found.length === 0 ? 'dns' : 'private'), '', 4)
        if (options.all === true) return done(null, [...allowed])
        done(null, first.address, first.family)
      },
      () => done(new NotReached('dns'), '', 4),
    )
  }
}

function failureOf(error: unknown): Failure {
  const { code = '' } = error as { code?: string }
  if (/^(ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_SSL|EPROTO)/.test(code)) return 'tls'
  return code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH' ? 'refused' : 'cut'
}
