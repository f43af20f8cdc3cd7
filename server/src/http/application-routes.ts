import { actorIdOf } from '@parley/shared/people.ts'
import { text } from '@parley/shared/protocol/texts.ts'
import express, { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { networkOf } from '../app/limits.ts'
import type { Parts } from '../app/parts.ts'
import { refusalOfInput } from '../app/refusal-of-input.ts'
import { Refused } from '../app/refused.ts'
import type { CounterStore } from '../cluster/index.ts'
import { createScanner, discardFile, keepFile } from '../files/index.ts'
import { refuseForeign, requireSameOrigin } from '../identity/index.ts'
import {
  addDocument,
  answerApplication,
  applicantBy,
  applicationInput,
  apply,
  applyAgain,
  viewApplication,
  viewForm,
} from '../vendors/index.ts'
import { createCount } from './count.ts'
import { refuseErrors } from './problem.ts'
import { readUpload } from './read-upload.ts'
import { createUploadBudget } from './upload-budget.ts'

const token = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/)
const follow = z.strictObject({ token })
const words = z.strictObject({ token, text: text.pipe(z.string().max(4_000)) })

const path = '/api/v1/applications'

/**
 * Becoming a vendor, for somebody who has no account: the application's own token is the proof, in the body or, with a
 * file, in the header, and never in an address. A marketplace's server may ask as a page of ours does.
 */
export function createApplicationRoutes(parts: Parts, counters?: CounterStore): Router {
  const router = Router()
  const scanner = createScanner(parts.config.clamdUrl)
  const budget = createUploadBudget()
  const own = requireSameOrigin(parts)
  const json = express.json({ limit: '40kb', strict: true })
  const factor = parts.config.limitFactor
  const applications = createCount('applications', { points: 5 * factor, seconds: 3_600 }, counters)
  const looks = createCount('applicationLooks', { points: 120 * factor, seconds: 60 }, counters)
  const documents = createCount('applicationFiles', { points: 30 * factor, seconds: 3_600 }, counters)
  const networkFor = (request: Request) => networkOf(request.ip ?? '')

  router.use(path, (_request, response, next) => {
    response.set('Cache-Control', 'no-store')
    next()
  })

  router.get(`${path}/:siteKey`, async (request, response) => {
    await looks(networkFor(request))
    response.json(await viewForm(parts, String(request.params.siteKey)))
  })

  router.post(`${path}/documents`, async (request, response) => {
    refuseForeign(parts, request)
    await documents(networkFor(request))
    const given = token.safeParse(request.get('authorization')?.replace(/^Bearer /, ''))
    if (!given.success) throw new Refused('notFound', 'link.ended')
    const actor = await applicantBy(parts, given.data)
    const share = budget.begin(actorIdOf(actor))
    try {
      // The form's one field beside the file says which document it is.
      const { conversationId: kind, ...upload } = await readUpload(request, response, share)
      const file = await keepFile(parts, scanner, actor, { ...upload, conversationId: null })
      try {
        await addDocument(parts, given.data, { kind: kind ?? '', fileId: file.fileId })
      } catch (error) {
        await discardFile(parts, { siteId: actor.siteId, fileId: file.fileId })
        throw error
      }
      response.status(201).json(await viewApplication(parts, given.data))
    } finally {
      share.end()
    }
  })

  router.post(path, own, json, async (request, response) => {
    await applications(networkFor(request))
    response.status(201).json(await apply(parts, read(applicationInput, request), request.ip ?? ''))
  })
  router.post(`${path}/view`, own, json, async (request, response) => {
    await looks(networkFor(request))
    response.json(await viewApplication(parts, read(follow, request).token))
  })
  for (const [name, act] of [
    ['answer', answerApplication],
    ['again', applyAgain],
  ] as const)
    router.post(`${path}/${name}`, own, json, async (request: Request, response: Response) => {
      await looks(networkFor(request))
      const given = read(words, request)
      await act(parts, given.token, given.text)
      response.json(await viewApplication(parts, given.token))
    })

  router.use(path, refuseErrors(parts))
  return router
}

function read<Shape extends z.ZodType>(shape: Shape, request: Request): z.output<Shape> {
  const parsed = shape.safeParse(request.body ?? {})
  if (parsed.success) return parsed.data
  const { code, reason, ...more } = refusalOfInput(parsed.error)
  throw new Refused(code, reason, more)
}
