import type { Actor } from '@parley/shared/people.ts'
import type { Request } from 'express'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import {
  looksLikeKey,
  memberBySession,
  recogniseKey,
  refuseForeign,
  sessionCookieOf,
  visitorByToken,
} from '../identity/index.ts'

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
  return async (request) => {
    const bearer = request.get('authorization')?.match(/^Bearer ([A-Za-z0-9_-]{20,200})$/)?.[1]
    if (bearer !== undefined) {
      const actor = await visitorByToken(parts, request.get('parley-site') ?? '', bearer)
      return actor && { actor, sessionId: null }
    }
    const cookie = sessionCookieOf(request)
    if (cookie === undefined) return undefined
    if (request.method !== 'GET' && request.method !== 'HEAD') refuseForeign(parts, request)
    return memberBySession(parts, cookie)
  }
}

/** For commands: the marketplace's own server as well, by its API key. */
export function withKeys(parts: Parts, identify: Identify): Identify {
  return async (request) => {
    const bearer = request.get('authorization')?.match(/^Bearer (\S+)$/)?.[1] ?? ''
    if (!looksLikeKey(bearer)) return identify(request)
    // A key in a page is a key in everybody's hands: it has to fail where its owner sees it.
    if (request.get('origin') !== undefined || request.get('sec-fetch-site') !== undefined)
      throw new Refused('notAllowed', 'apiKey.browser')
    return { actor: await recogniseKey(parts, bearer), sessionId: null }
  }
}
