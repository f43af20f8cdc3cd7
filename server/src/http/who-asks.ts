import type { Actor } from '@parley/shared/people.ts'
import type { Request } from 'express'
import type { Parts } from '../app/parts.ts'
import { memberBySession, requireSameOrigin, sessionCookieOf, visitorByToken } from '../identity/index.ts'

export interface Asking {
  actor: Actor
  sessionId: string | null
}
export type Identify = (request: Request) => Promise<Asking | undefined>

/**
 * A visitor by its bearer token, or a member by the console's cookie. What changes state on the strength of the cookie
 * must come from our own pages; a bearer token is only ever sent on purpose.
 */
export function createIdentify(parts: Parts): Identify {
  const sameOrigin = requireSameOrigin(parts)
  return async (request) => {
    const bearer = request.get('authorization')?.match(/^Bearer ([A-Za-z0-9_-]{20,200})$/)?.[1]
    if (bearer !== undefined) {
      const actor = await visitorByToken(parts, request.get('parley-site') ?? '', bearer)
      return actor && { actor, sessionId: null }
    }
    const cookie = sessionCookieOf(request)
    if (cookie === undefined) return undefined
    if (request.method !== 'GET' && request.method !== 'HEAD') refuseForeign(request)
    return memberBySession(parts, cookie)
  }

  function refuseForeign(request: Request): void {
    let refusal: unknown
    // The middleware either throws or goes on at once; it never touches the response. An upload brings its own type.
    const asked = request.is('multipart/form-data') ? withoutBody(request) : request
    sameOrigin(asked, undefined as never, (error?: unknown) => {
      refusal = error
    })
    if (refusal) throw refusal
  }
}

function withoutBody(request: Request): Request {
  return Object.create(request, {
    get: {
      value: (name: string) =>
        ['content-length', 'transfer-encoding'].includes(name.toLowerCase()) ? undefined : request.get(name),
    },
  }) as Request
}
