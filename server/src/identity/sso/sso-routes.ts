import express, { type Request, type Response, type Router } from 'express'
import { z } from 'zod'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import { browserOf } from '../http/browser-of.ts'
import { setSessionCookie } from '../http/cookie.ts'
import { sealOf } from '../seal.ts'
import { enterBySso } from './enter.ts'
import { createSsoProvider, type SsoJourney } from './provider.ts'

const cookieName = '__Host-sso'
/** Sent along when the person comes back from the provider's page, which "strict" would not be. */
const cookie = { secure: true, httpOnly: true, sameSite: 'lax', path: '/' } as const
const journeyMs = 10 * 60_000
const sealedFor = 'sso:journey'
const kept = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  endsAt: z.number(),
})

/** Why somebody stands before the sign-in page again. */
type Outcome = 'failed' | 'unknown' | 'away'

/** Signing in at the marketplace's own provider. Whatever goes wrong ends at the sign-in page, which says it in words. */
export function createSsoRoutes(parts: Parts): Router {
  const { config, clock, logger } = parts
  const router = express.Router()
  const provider = config.sso && createSsoProvider(config.sso, config)
  const seal = sealOf(config)
  router.use('/api/v1/sso', (_request, response, next) => {
    response.set('Cache-Control', 'no-store')
    next()
  })

  function backToSignIn(response: Response, outcome: Outcome): void {
    response.clearCookie(cookieName, cookie)
    response.redirect(303, `/console/sign-in?sso=${outcome}`)
  }

  function journeyOf(request: Request): SsoJourney | undefined {
    const sealed = /(?:^|; ?)__Host-sso=([\w.-]+)/.exec(request.headers.cookie ?? '')?.[1]
    if (sealed === undefined) return undefined
    try {
      const journey = kept.parse(JSON.parse(seal.open(sealed, sealedFor)))
      return journey.endsAt > clock.now().getTime() ? journey : undefined
    } catch {
      return undefined
    }
  }

  router.get('/api/v1/sso', (_request, response) => {
    response.json({ name: provider?.name ?? null })
  })
  if (!provider) return router

  router.get('/api/v1/sso/begin', async (_request, response) => {
    try {
      const { address, journey } = await provider.begin(`${config.publicUrl}/api/v1/sso/done`)
      const endsAt = clock.now().getTime() + journeyMs
      response.cookie(cookieName, seal.close(JSON.stringify({ ...journey, endsAt }), sealedFor), {
        ...cookie,
        maxAge: journeyMs,
      })
      response.redirect(303, address)
    } catch (error) {
      logger.warn({ err: error }, 'The provider of single sign-on cannot be reached.')
      backToSignIn(response, 'away')
    }
  })
  router.get('/api/v1/sso/done', async (request, response) => {
    const journey = journeyOf(request)
    // Nobody is asked for anything on the word of an address alone.
    if (!journey || request.query.state !== journey.state) return backToSignIn(response, 'failed')
    try {
      const person = await provider.finish(new URL(request.originalUrl, config.publicUrl), journey)
      const { token } = await enterBySso(parts, person, browserOf(request))
      response.clearCookie(cookieName, cookie)
      setSessionCookie(response, token)
      response.redirect(303, '/console/')
    } catch (error) {
      if (error instanceof Refused) return backToSignIn(response, 'unknown')
      logger.warn({ err: error }, 'Single sign-on was not finished.')
      backToSignIn(response, 'failed')
    }
  })
  return router
}
