import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { permits } from '@parley/shared/policy/policy.ts'
import { isStorable } from '@parley/shared/protocol/texts.ts'
import { Router } from 'express'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import { packPerson, takePerson } from '../erasure/index.ts'
import { zipOf } from '../zip.ts'
import { refuseErrors } from './problem.ts'
import type { Identify } from './who-asks.ts'

/** `GET /api/v1/people/ID/export`: what `exportPerson` answers, and the person's files, as one archive. */
export function createPersonRoutes(parts: Parts, identify: Identify): Router {
  const router = Router()
  router.get('/api/v1/people/:contactId/export', async (request, response) => {
    const asking = await identify(request)
    if (!asking) throw new Refused('notAllowed', 'signIn.needed')
    const { actor, sessionId } = asking
    if (!permits(actor, 'person.erase')) throw new Refused('notAllowed')
    const { database } = parts
    const { contactId } = request.params
    if (!isStorable(contactId)) throw new Refused('notFound', 'person.unknown')
    const exported = await takePerson(parts, database, actor, contactId, { ip: request.ip ?? '', sessionId })
    response.status(200).set({
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="person-${exported.exportedAt.slice(0, 10)}.zip"`,
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    })
    await pipeline(Readable.from(zipOf(packPerson(parts, database, exported))), response)
  })
  router.use(refuseErrors(parts))
  return router
}
