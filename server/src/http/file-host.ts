import type { Actor } from '@parley/shared/people.ts'
import { type NextFunction, type Request, type Response, Router } from 'express'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import { type AuthoriseFile, openFile } from '../files/index.ts'
import { refreshActor, type StillThere, sealOf } from '../identity/index.ts'
import { withRooms } from '../rooms/index.ts'
import { refuseErrors } from './problem.ts'
import { sendFile } from './send-file.ts'
import type { Asking } from './who-asks.ts'

export interface FileWish {
  fileId: string
  part: 'file' | 'thumbnail'
  /** Handed to the browser's downloads, also what could be shown in its place. */
  isSaved: boolean
}

/** Where a file is fetched by somebody who may have it now: there, for a minute, and for nobody's cookie. */
export type AddressOf = (asking: Asking, wish: FileWish) => string

/** The redirect is followed at once; what is copied or logged is dead soon after. */
const goodForMs = 60_000
const place = 'file address'

interface Sealed extends FileWish {
  asking: { actor: StillThere; sessionId: string | null }
  until: number
}

export function createAddressOf({ config, clock }: Pick<Parts, 'config' | 'clock'>): AddressOf | undefined {
  const { filesUrl } = config
  if (filesUrl === undefined) return undefined
  return ({ actor, sessionId }, wish) => {
    const until = clock.now().getTime() + goodForMs
    const sealed: Sealed = { ...wish, asking: { actor: namesOf(actor), sessionId }, until }
    return `${filesUrl}/f/${sealOf(config).close(JSON.stringify(sealed), place)}`
  }
}

/** `GET /f/:address` on the host of `FILES_URL`; nothing else of ours is there, and nothing of it is anywhere else. */
export function createFileHost(parts: Parts, filesUrl: string, authorise: AuthoriseFile): Router {
  const { config, clock } = parts
  const { host } = new URL(filesUrl)
  const router = Router()

  router.use((request: Request, response: Response, next: NextFunction) => {
    if (request.get('host') !== host) return next('router')
    // Our own pages read what they fetched; they were sent here by a redirect, which keeps their headers.
    response.set({
      'Access-Control-Allow-Origin': new URL(config.publicUrl).origin,
      'Access-Control-Allow-Headers': 'authorization, parley-site',
      'Access-Control-Max-Age': '600',
    })
    if (request.method === 'OPTIONS') response.status(204).end()
    else next()
  })

  router.get('/f/:address', async (request, response) => {
    const { asking, until, ...wish } = opened(request.params.address)
    if (clock.now().getTime() > until) throw new Refused('notFound')
    const actor = await refreshActor(parts, asking.actor, asking.sessionId)
    if (!actor) throw new Refused('notFound')
    const { ip } = request
    const of = { actor: await withRooms(parts, actor), ...wish, ...(ip === undefined ? {} : { ip }) }
    sendFile(response, await openFile(parts, authorise, of), { isSaved: wish.isSaved, isElsewhere: true })
  })

  router.use(() => {
    throw new Refused('notFound')
  })
  router.use(refuseErrors(parts))
  return router

  /** Whatever was not sealed here, for this, is no address. */
  function opened(address: string): Sealed {
    try {
      return JSON.parse(sealOf(config).open(address, place)) as Sealed
    } catch {
      throw new Refused('notFound')
    }
  }
}

/** Who it is, not what they may: that is looked up when they come. */
function namesOf(actor: Actor): StillThere {
  if (actor.kind === 'member') return { kind: 'member', memberId: actor.memberId }
  if (actor.kind !== 'customer') return { kind: actor.kind }
  const { kind, siteId, visitorId, contactId } = actor
  return { kind, siteId, visitorId, contactId }
}
