import { randomBytes } from 'node:crypto'
import type { NextFunction, Request, Response } from 'express'

/** As strict as a careful shop would be, to show that the chat asks for nothing more. */
export function contentSecurityPolicy(nonce: string, chatOrigin: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' ${chatOrigin}`,
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${chatOrigin}`,
    `frame-src ${chatOrigin}`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')
}

export function protectPages(chatOrigin: string) {
  return (_request: Request, response: Response, next: NextFunction): void => {
    const nonce = randomBytes(16).toString('base64')
    response.locals.nonce = nonce
    response.set('Content-Security-Policy', contentSecurityPolicy(nonce, chatOrigin))
    response.set('X-Content-Type-Options', 'nosniff')
    response.set('Referrer-Policy', 'strict-origin-when-cross-origin')
    response.set('Cross-Origin-Opener-Policy', 'same-origin')
    next()
  }
}

/** A form on another site must not sign anybody in or out here. */
export function isForeignForm(request: Request): boolean {
  const site = request.get('sec-fetch-site')
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  const origin = request.get('origin')
  return origin !== undefined && origin.replace(/^https?:\/\//, '') !== request.get('host')
}
