import { isIP } from 'node:net'
import type { Config } from '../config.ts'
import { isLoopback, isPublicAddress } from './addresses.ts'

/** Why an address is not spoken to; names of refusals too. */
export type UrlProblem = 'url.shape' | 'url.scheme' | 'url.credentials' | 'url.private'

type Rules = Pick<Config, 'production' | 'outboundAllow'>

/** What can be told before a name is resolved. The connection is checked again, on the address it really has. */
export function checkUrl(text: string, rules: Rules): URL | UrlProblem {
  if (!URL.canParse(text)) return 'url.shape'
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return 'url.credentials'
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'url.scheme'
  const host = hostOf(url)
  if (url.protocol === 'http:' && (rules.production || !(host === 'localhost' || isLoopback(host))))
    return 'url.scheme'
  if (isIP(host) !== 0 && !isAllowed(host, host, rules)) return 'url.private'
  return url
}

/** May a connection for this host end at this address? */
export function isAllowed(host: string, address: string, { outboundAllow }: Rules): boolean {
  return isPublicAddress(address) || outboundAllow.hasHost(host) || outboundAllow.hasAddress(address)
}

/** Without the brackets of IPv6 and the dot at the end of a name. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}
