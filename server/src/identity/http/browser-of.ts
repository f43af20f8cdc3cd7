import type { Request } from 'express'
import type { Browser } from '../sessions/sign-in.ts'
import { sessionCookieOf } from './cookie.ts'

export function browserOf(request: Request): Browser {
  return {
    ip: request.ip ?? '',
    userAgent: request.get('user-agent') ?? '',
    cookieToken: sessionCookieOf(request),
  }
}
