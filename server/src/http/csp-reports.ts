import express, { Router } from 'express'
import { z } from 'zod'
import { networkOf } from '../app/limits.ts'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import { cspReportsPath } from '../csp-reporting.ts'
import type { Figures } from '../metrics/index.ts'
import { createCount } from './count.ts'

const line = z.string().max(2_000)
/** https://www.w3.org/TR/CSP3/#reporting, and what browsers without it send to `report-uri`. */
const reports = z.union([
  z
    .array(
      z.object({
        body: z.object({ documentURL: line, effectiveDirective: line, blockedURL: line.nullish() }),
      }),
    )
    .max(20)
    .transform((all) => all.map(({ body }) => body)),
  z
    .object({
      'csp-report': z.object({
        'document-uri': line,
        'violated-directive': line,
        'blocked-uri': line.nullish(),
      }),
    })
    .transform(({ 'csp-report': told }) => [
      {
        documentURL: told['document-uri'],
        effectiveDirective: told['violated-directive'].split(' ', 1)[0] ?? '',
        blockedURL: told['blocked-uri'],
      },
    ]),
])

const directives = new Set([
  'base-uri',
  'connect-src',
  'default-src',
  'font-src',
  'form-action',
  'frame-ancestors',
  'frame-src',
  'img-src',
  'manifest-src',
  'media-src',
  'object-src',
  'require-trusted-types-for',
  'script-src',
  'script-src-attr',
  'script-src-elem',
  'style-src',
  'style-src-attr',
  'style-src-elem',
  'worker-src',
])

/** Browsers tell here what a page of ours was kept from doing. Anybody can write it, so it is counted and logged, no more. */
export function createCspReports(parts: Parts, figures: Pick<Figures, 'noteViolation'>): Router {
  const router = Router()
  const told = createCount('cspReports', { points: 30 * parts.config.limitFactor, seconds: 60 })
  const json = express.json({
    type: ['application/reports+json', 'application/csp-report', 'application/json'],
    limit: '20kb',
  })
  router.post(cspReportsPath, json, async (request, response) => {
    await told(networkOf(request.ip ?? ''))
    const read = reports.safeParse(request.body)
    if (!read.success) throw new Refused('invalid')
    for (const { documentURL, effectiveDirective, blockedURL } of read.data) {
      const surface = surfaceOf(documentURL)
      const directive = directives.has(effectiveDirective) ? effectiveDirective : 'other'
      figures.noteViolation(surface, directive)
      parts.logger.warn(
        { surface, directive, blocked: sourceOf(blockedURL ?? '') },
        'A page was kept from doing something by its content security policy.',
      )
    }
    response.sendStatus(204)
  })
  return router
}

function surfaceOf(address: string): 'console' | 'panel' | 'leave' | 'other' {
  const path = URL.canParse(address) ? new URL(address).pathname : ''
  if (path.startsWith('/console/')) return 'console'
  const [, page] = /^\/w\/[^/]+\/(panel|leave)$/.exec(path) ?? []
  return (page as 'panel' | 'leave' | undefined) ?? 'other'
}

/** Where it would have come from or gone to; what else stands in the address can be somebody's. */
function sourceOf(blocked: string): string {
  if (!URL.canParse(blocked)) return /^[a-z-]{1,30}$/.test(blocked) ? blocked : ''
  const { origin, protocol } = new URL(blocked)
  return origin === 'null' ? protocol : origin
}
