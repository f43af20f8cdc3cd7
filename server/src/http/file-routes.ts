import { type Actor, actorIdOf } from '@parley/shared/people.ts'
import { type Request, type Response, Router } from 'express'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import {
  type AuthoriseFile,
  createScanner,
  discardFile,
  keepFile,
  type OpenedFile,
  openFile,
} from '../files/index.ts'
import { refuseErrors } from './problem.ts'
import { readUpload } from './read-upload.ts'
import { createUploadBudget } from './upload-budget.ts'

export interface FileDoor {
  /** Who asks, with whatever that way of asking needs against forged requests; nobody when it is not proven. */
  identify(request: Request): Promise<Actor | undefined>
  authorise: AuthoriseFile
}

const fileIdShape = /^[A-Za-z0-9_-]{1,80}$/
/** A refused body of this length is still read to its end, so that the browser hears the answer. */
const drainedBytes = 100 * 1024 * 1024

/** `POST /api/v1/uploads`, `GET /api/v1/files/:fileId` and `GET /api/v1/files/:fileId/thumbnail`. */
export function createFileRoutes(parts: Parts, door: FileDoor): Router {
  const router = Router()
  const scanner = createScanner(parts.config.clamdUrl)
  const budget = createUploadBudget()

  async function actorOf(request: Request): Promise<Actor> {
    const actor = await door.identify(request)
    if (actor === undefined) throw new Refused('notAllowed', 'signIn.needed')
    return actor
  }

  router.post('/api/v1/uploads', async (request, response) => {
    if (Number(request.get('content-length')) > drainedBytes) response.set('Connection', 'close')
    const actor = await actorOf(request)
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
      const actor = await actorOf(request)
      const fileId = String(request.params.fileId)
      if (!fileIdShape.test(fileId)) throw new Refused('notFound')
      const { ip } = request
      const wish = { actor, fileId, part, ...(ip === undefined ? {} : { ip }) }
      sendFile(response, await openFile(parts, door.authorise, wish))
    })
  }

  router.use(refuseErrors(parts))
  return router
}

/** Whatever is inside the file, the browser takes it for what we say, runs nothing of it and keeps no copy. */
function sendFile(response: Response, file: OpenedFile): void {
  response
    .status(200)
    .set({
      'Content-Type': file.type === 'text/plain' ? 'text/plain; charset=utf-8' : file.type,
      'Content-Disposition': disposition(file.isShown ? 'inline' : 'attachment', file.name),
      'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'private, no-store',
      ...(file.sha256 === null ? {} : { 'Repr-Digest': `sha-256=:${base64(file.sha256)}:` }),
    })
    .end(file.bytes)
}

function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^A-Za-z0-9 ._-]/g, '_')
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${plain}"; filename*=UTF-8''${exact}`
}

function base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64')
}
