import type { Request, Response } from 'express'
import { sessionLifeMs } from '../sessions/session.ts'

/** `__Host-`: only this host can set it, for the whole host, over a secure connection. */
const name = '__Host-sid'
const attributes = { secure: true, httpOnly: true, sameSite: 'strict', path: '/' } as const

export function sessionCookieOf(request: Pick<Request, 'headers'>): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=')
    if (part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || undefined
  }
  return undefined
}

export function setSessionCookie(response: Response, token: string): void {
  response.cookie(name, token, { ...attributes, maxAge: sessionLifeMs })
}

export function clearSessionCookie(response: Response): void {
  response.clearCookie(name, attributes)
}
