import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Actor } from '@parley/shared/people.ts'
import { permits } from '@parley/shared/policy/policy.ts'
import { isStorable } from '@parley/shared/protocol/texts.ts'
import { type Request, type Response, Router } from 'express'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import { packPerson, takeMember, takePerson } from '../erasure/index.ts'
import { packApplicant } from '../vendors/index.ts'
import { type ZipEntry, zipOf } from '../zip.ts'
import { refuseErrors } from './problem.ts'
import type { Identify } from './who-asks.ts'

type From = { ip: string; sessionId: string | null }

/** All that is kept about somebody, with their files, as one archive: for an admin's session, on record. */
export function createPersonRoutes(parts: Parts, identify: Identify): Router {
  const router = Router()
  const { database } = parts

  async function give(
    request: Request,
    response: Response,
    id: string | undefined,
    pack: (actor: Actor, id: string, from: From) => Promise<AsyncGenerator<ZipEntry>>,
  ): Promise<void> {
    const asking = await identify(request)
    if (!asking) throw new Refused('notAllowed', 'signIn.needed')
    const { actor, sessionId } = asking
    if (!permits(actor, 'person.erase')) throw new Refused('notAllowed')
    if (id === undefined || !isStorable(id)) throw new Refused('notFound')
    const entries = await pack(actor, id, { ip: request.ip ?? '', sessionId })
    const day = parts.clock.now().toISOString().slice(0, 10)
    response.status(200).set({
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="person-${day}.zip"`,
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    })
    await pipeline(Readable.from(zipOf(entries)), response)
  }

  router.get('/api/v1/people/:contactId/export', (request, response) =>
    give(request, response, request.params.contactId, async (actor, contactId, from) =>
      packPerson(parts, database, await takePerson(parts, database, actor, contactId, from)),
    ),
  )
  router.get('/api/v1/members/:memberId/export', (request, response) =>
    give(request, response, request.params.memberId, async (actor, memberId, from) =>
      packPerson(parts, database, await takeMember(parts, database, actor, memberId, from)),
    ),
  )
  router.get('/api/v1/applicants/:vendorId/export', (request, response) =>
    give(request, response, request.params.vendorId, (actor, vendorId, from) =>
      packApplicant(parts, actor, vendorId, from),
    ),
  )
  router.use(refuseErrors(parts))
  return router
}
