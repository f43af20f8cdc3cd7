import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { permits } from '@parley/shared/policy/policy.ts'
import { auditFilter } from '@parley/shared/protocol/audit-commands.ts'
import { Router } from 'express'
import { z } from 'zod'
import { auditRead } from '../app/audit-reads.ts'
import type { Parts } from '../app/parts.ts'
import { refusalOfInput } from '../app/refusal-of-input.ts'
import { Refused } from '../app/refused.ts'
import { exportAudit } from '../audit/index.ts'
import { refuseErrors } from './problem.ts'
import type { Identify } from './who-asks.ts'

const asked = z.strictObject({ format: z.enum(['jsonl', 'csv']), ...auditFilter })
const types = { jsonl: 'application/jsonl; charset=utf-8', csv: 'text/csv; charset=utf-8' } as const

/** `GET /api/v1/audit/export?format=jsonl|csv`, narrowed as the list is: every line, oldest first. */
export function createAuditRoutes(parts: Parts, identify: Identify): Router {
  const router = Router()
  router.get('/api/v1/audit/export', async (request, response) => {
    const asking = await identify(request)
    if (!asking) throw new Refused('notAllowed', 'signIn.needed')
    const { actor, sessionId } = asking
    if (!permits(actor, 'audit.export')) throw new Refused('notAllowed')
    const wish = asked.safeParse(request.query)
    if (!wish.success) {
      const { code, reason, field } = refusalOfInput(wish.error)
      throw new Refused(code, reason, field === undefined ? {} : { field })
    }
    const { format, ...filter } = wish.data
    const narrowed = Object.entries(filter).map(([name, value]) => `${name} ${value}`)
    await auditRead(parts, actor, {
      action: 'audit.exported',
      object: `site:${actor.siteId}`,
      reason: [format, ...narrowed].join(', '),
      ip: request.ip ?? '',
      sessionId,
    })
    const day = parts.clock.now().toISOString().slice(0, 10)
    response.status(200).set({
      'Content-Type': types[format],
      'Content-Disposition': `attachment; filename="audit-${day}.${format}"`,
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    })
    await pipeline(Readable.from(exportAudit(parts.database, actor.siteId, filter, format)), response)
  })
  router.use(refuseErrors(parts))
  return router
}
