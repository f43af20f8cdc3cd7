import type { Request, RequestHandler } from 'express'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'

/**
 * For everything that changes state on the strength of the cookie. Three doors, each enough by itself: the browser's
 * own word on where the request comes from, the origin, and a header that no form and no other site can send.
 */
export function refuseForeign(parts: Pick<Parts, 'config'>, request: Pick<Request, 'get'>): void {
  const own = new URL(parts.config.publicUrl).origin
  const site = request.get('sec-fetch-site')
  const origin = request.get('origin')
  const isFromHere =
    site === undefined
      ? origin === own
      : (site === 'same-origin' || site === 'none') && (origin ?? own) === own
  if (!isFromHere) throw new Refused('notAllowed', 'origin.foreign')
  if (request.get('parley-csrf') !== '1') throw new Refused('notAllowed', 'csrf.missing')
}

/** The same, and a body only as JSON: no form of another page can send that unasked. */
export function requireSameOrigin(parts: Pick<Parts, 'config'>): RequestHandler {
  return (request, _response, next) => {
    refuseForeign(parts, request)
    const hasBody = Number(request.get('content-length') ?? 0) > 0 || request.get('transfer-encoding')
    if (hasBody && !request.is('application/json')) throw new Refused('invalid', 'body.type')
    next()
  }
}
