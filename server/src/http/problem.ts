import type { Refusal, RefusalCode } from '@parley/shared/protocol/refusals.ts'
import type { ErrorRequestHandler, Response } from 'express'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import { problemDetails } from './problem-details.ts'

const statuses: Record<RefusalCode, number> = {
  notAllowed: 403,
  notFound: 404,
  invalid: 422,
  conflict: 409,
  closed: 409,
  rateLimited: 429,
  unavailable: 503,
  internal: 500,
}
const statusesByReason = new Map([
  ['signIn.needed', 401],
  ['signIn.wrong', 401],
  ['apiKey.refused', 401],
  ['totp.needed', 401],
  ['totp.wrong', 401],
  ['file.tooLarge', 413],
  ['file.type', 415],
  ['body.length', 411],
  ['entity.too.large', 413],
  ['entity.parse.failed', 400],
  ['path.shape', 400],
])
const titles: Record<RefusalCode, string> = {
  notAllowed: 'You may not do this',
  notFound: 'There is nothing here that you may see',
  invalid: 'Something in the request is not right',
  conflict: 'Somebody was faster',
  closed: 'This conversation has ended',
  rateLimited: 'That was too much in a short time',
  unavailable: 'This is not possible at the moment',
  internal: 'Something went wrong on our side',
}

/** Answers with RFC 9457 problem+json: `{ type, title, status, detail?, code, reason?, field?, … }`. */
export function sendRefusal(response: Response, refusal: Refusal): void {
  const { code, reason, field, words, retryAfterMs, correlationId } = refusal
  const status = statusesByReason.get(reason ?? '') ?? statuses[code]
  const detail = words ?? problemDetails.get(reason ?? '')
  if (retryAfterMs !== undefined)
    response.set('Retry-After', String(Math.max(1, Math.ceil(retryAfterMs / 1000))))
  response
    .status(status)
    .set('Cache-Control', 'no-store')
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:parley:problem:${reason ?? code}`,
        title: titles[code],
        status,
        detail,
        code,
        reason,
        field,
        retryAfterMs,
        correlationId,
      }),
    )
}

/** The last handler of an application: an expected no is answered as such, anything else is logged and hidden. */
export function refuseErrors(parts: Pick<Parts, 'logger' | 'random'>): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) next(error)
    else if (error instanceof Refused) sendRefusal(response, error.refusal)
    else if (isUnreadable(error)) sendRefusal(response, { code: 'invalid', reason: error.type })
    else if (error instanceof URIError) sendRefusal(response, { code: 'invalid', reason: 'path.shape' })
    else {
      const correlationId = parts.random.id('err')
      parts.logger.error(
        { err: error, correlationId, method: request.method, path: request.path },
        'request failed',
      )
      sendRefusal(response, { code: 'internal', correlationId })
    }
  }
}

/** What Express's own body reader throws at a body that is too long, cut off or not JSON. */
function isUnreadable(error: unknown): error is Error & { type: string } {
  if (!(error instanceof Error && 'status' in error && 'type' in error)) return false
  return typeof error.type === 'string' && typeof error.status === 'number' && error.status < 500
}
