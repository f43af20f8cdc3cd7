import type { CustomFetch } from 'openid-client'
import { fetchAnswer, type OutboundRules } from '../../outbound/index.ts'

/**
 * The provider's own origin was set by whoever runs the server and may be anywhere. Where its document sends us from there
 * is the word of somebody outside, and is judged as that: a private address has to be named in OUTBOUND_ALLOW.
 */
export function throughTheDoor(issuer: string, rules: OutboundRules, withinMs: number): CustomFetch {
  const { origin } = new URL(issuer)
  const atHome: OutboundRules = {
    ...rules,
    outboundAllow: { hasHost: () => true, hasAddress: () => true },
  }
  return (url, { method, headers, body, signal }) => {
    if (method !== 'GET' && method !== 'POST') throw new Error(`${method} is not asked of a provider.`)
    return fetchAnswer(new URL(url).origin === origin ? atHome : rules, {
      method,
      url,
      headers: { ...headers },
      body: textOf(body),
      withinMs,
      ...(signal ? { signal } : {}),
    })
  }
}

function textOf(body: unknown): string {
  if (body === undefined || body === null) return ''
  if (typeof body === 'string' || body instanceof URLSearchParams) return String(body)
  throw new Error('A provider is sent nothing but a form.')
}
