import type { RequestHandler } from 'express'
import type { Config } from '../config.ts'
import { cspReporting } from '../csp-reporting.ts'

const everywhere = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'X-DNS-Prefetch-Control': 'off',
} as const

/** What every answer carries; surfaces that are framed or public add to it or replace it. */
export function commonHeaders(config: Config): RequestHandler {
  const isHttps = config.publicUrl.startsWith('https:')
  return (_request, response, next) => {
    response.set(everywhere)
    if (isHttps) response.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
    next()
  }
}

/** The console: our own scripts, styles and socket, in no frame. */
export function consoleHeaders(config: Config): RequestHandler {
  const socket = new URL(config.publicUrl).origin.replace(/^http/, 'ws')
  const files = config.filesUrl === undefined ? '' : ` ${config.filesUrl}`
  const policy = [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'`,
    `font-src 'self'`,
    `img-src 'self' blob: data:${files}`,
    `media-src 'self' blob:${files}`,
    `connect-src 'self' ${socket}`,
    `manifest-src 'self'`,
    `worker-src 'self'`,
    // The appearance settings preview the panel as buyers see it.
    `frame-src 'self'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `object-src 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    ...Object.entries(cspReporting.directives).map(([name, value]) => `${name} ${value}`),
  ].join('; ')
  return (_request, response, next) => {
    response.set({
      ...cspReporting.header,
      'Content-Security-Policy': policy,
      'Cross-Origin-Opener-Policy': 'same-origin',
      'X-Frame-Options': 'DENY',
    })
    next()
  }
}
