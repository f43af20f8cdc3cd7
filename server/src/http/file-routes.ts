import { actorIdOf } from '@parley/shared/people.ts'
import { type Request, type Response, Router } from 'express'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import {
  type AuthoriseFile,
  createScanner,
  discardFile,
  keepFile,
  mayOpenFile,
  openFile,
} from '../files/index.ts'
import type { AddressOf } from './file-host.ts'
import { refuseErrors } from './problem.ts'
import { readUpload } from './read-upload.ts'
import { sendFile } from './send-file.ts'
import { createUploadBudget } from './upload-budget.ts'
import type { Asking } from './who-asks.ts'

export interface FileDoor {
  /** Who asks, with whatever that way of asking needs against forged requests; nobody when it is not proven. */
  identify(request: Request): Promise<Asking | undefined>
  authorise: AuthoriseFile
  /** Only where files have a host of their own. */
  addressOf?: AddressOf | undefined
}

const fileIdShape = /^[A-Za-z0-9_-]{1,80}$/
/** A refused body of this length is still read to its end, so that the browser hears the answer. */
const drainedBytes = 100 * 1024 * 1024

/** `POST /api/v1/uploads`, `GET /api/v1/files/:fileId` and `GET /api/v1/files/:fileId/thumbnail`. */
export function createFileRoutes(parts: Parts, door: FileDoor): Router {
  const router = Router()
  const scanner = createScanner(parts.config.clamdUrl)
  const budget = createUploadBudget()

  async function whoAsks(request: Request): Promise<Asking> {
    const asking = await door.identify(request)
    if (asking === undefined) throw new Refused('notAllowed', 'signIn.needed')
    return asking
  }

  router.post('/api/v1/uploads', async (request, response) => {
    if (Number(request.get('content-length')) > drainedBytes) response.set('Connection', 'close')
    const { actor } = await whoAsks(request)
    if (!(await door.authorise(actor, 'file.upload', null))) throw new Refused('notAllowed')
    const share = budget.begin(actorIdOf(actor))
    try {
      const upload = await readUpload(request, response, share)
      const { conversationId } = upload
      if (conversationId !== null && !(await door.authorise(actor, 'file.upload', conversationId))) {
        throw new Refused('notFound')
      }
      const file = await keepFile(parts, scanner, actor, upload)
      // Nobody is left who could send it.
      if (response.destroyed) await discardFile(parts, { siteId: actor.siteId, fileId: file.fileId })
      else response.status(201).set('Cache-Control', 'no-store').json(file)
    } finally {
      share.end()
    }
  })

  for (const part of ['file', 'thumbnail'] as const) {
    const path = part === 'file' ? '/api/v1/files/:fileId' : '/api/v1/files/:fileId/thumbnail'
    router.get(path, async (request: Request, response: Response) => {
      const asking = await whoAsks(request)
      const { actor } = asking
      const fileId = String(request.params.fileId)
      if (!fileIdShape.test(fileId)) throw new Refused('notFound')
      const { ip } = request
      const wish = { actor, fileId, part, ...(ip === undefined ? {} : { ip }) }
      const isSaved = request.query.save !== undefined
      if (door.addressOf) {
        await mayOpenFile(parts, door.authorise, wish)
        response.set({ 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'no-referrer' })
        response.redirect(door.addressOf(asking, { fileId, part, isSaved }))
      } else sendFile(response, await openFile(parts, door.authorise, wish), { isSaved, isElsewhere: false })
    })
  }

  router.use(refuseErrors(parts))
  return router
}
