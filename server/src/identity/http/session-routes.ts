import { line, storable } from '@parley/shared/protocol/texts.ts'
import express, { type Request, type Response, type Router } from 'express'
import { z } from 'zod'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import { createAttempts, type LimiterStore } from '../sessions/attempts.ts'
import { setUp, viewSetup } from '../sessions/first-admin.ts'
import { acceptInvitation, viewInvitation } from '../sessions/invitation.ts'
import { describeMember } from '../sessions/me.ts'
import { changePassword, confirmTotp, signOut, startTotp, switchSite } from '../sessions/own-account.ts'
import { renewInvitation } from '../sessions/renew-invitation.ts'
import { createRenewalLimit } from '../sessions/renewal-limit.ts'
import { findSession, giveTicket, type Session } from '../sessions/session.ts'
import { type SignedIn, signIn } from '../sessions/sign-in.ts'
import { browserOf } from './browser-of.ts'
import { clearSessionCookie, sessionCookieOf, setSessionCookie } from './cookie.ts'
import { requireSameOrigin } from './same-origin.ts'

const secret = z.string().min(1).max(1_000)
const token = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/)
const code = z.string().max(20)
const bodies = {
  signIn: z.strictObject({ email: storable(254), password: secret, code: code.optional() }),
  site: z.strictObject({ siteId: storable(80) }),
  code: z.strictObject({ code }),
  password: z.strictObject({ current: secret, next: secret }),
  link: z.strictObject({ token }),
  accept: z.strictObject({ token, password: secret, code: code.optional() }),
  setup: z.strictObject({
    token,
    siteName: line(60),
    name: line(80),
    email: z.email().max(254),
    password: secret,
  }),
}

/** Everything under /api/v1 about who is signed in. Throws `Refused`: the application's last handler answers it. */
export function createSessionRoutes(parts: Parts, limiterStore?: LimiterStore): Router {
  const attempts = createAttempts(limiterStore)
  const renewals = createRenewalLimit(limiterStore)
  const router = express.Router()
  const own = requireSameOrigin(parts)
  const json = express.json({ limit: '20kb', strict: true })
  const paths = ['/api/v1/session', '/api/v1/invitations', '/api/v1/setup']
  router.use(paths, (request, response, next) => {
    response.set('Cache-Control', 'no-store')
    if (request.method === 'GET' || request.method === 'HEAD') next()
    else own(request, response, (error?: unknown) => (error ? next(error) : json(request, response, next)))
  })

  async function answerSignedIn(response: Response, who: SignedIn): Promise<void> {
    setSessionCookie(response, who.token)
    response.json({ me: await describeMember(parts, parts.database, who) })
  }

  async function sessionOf(request: Request): Promise<Session> {
    const cookie = sessionCookieOf(request)
    const session = cookie === undefined ? undefined : await findSession(parts, cookie)
    if (!session) throw new Refused('notAllowed', 'signIn.needed')
    return session
  }

  router.post('/api/v1/session', async (request, response) => {
    const given = read(bodies.signIn, request)
    await answerSignedIn(response, await signIn(parts, attempts, given, browserOf(request)))
  })
  router.get('/api/v1/session', async (request, response) => {
    const { actor, mustEnrolTotp } = await sessionOf(request)
    response.json({ me: await describeMember(parts, parts.database, actor, mustEnrolTotp) })
  })
  router.delete('/api/v1/session', async (request, response) => {
    const cookie = sessionCookieOf(request)
    const session = cookie === undefined ? undefined : await findSession(parts, cookie)
    if (session) await signOut(parts, session, ipOf(request))
    clearSessionCookie(response)
    response.status(204).end()
  })
  router.post('/api/v1/session/ticket', async (request, response) => {
    response.json({ ticket: await giveTicket(parts, await sessionOf(request)) })
  })
  router.post('/api/v1/session/site', async (request, response) => {
    const { siteId } = read(bodies.site, request)
    const session = await sessionOf(request)
    await answerSignedIn(response, await switchSite(parts, session, siteId, ipOf(request)))
  })
  router.post('/api/v1/session/totp/start', async (request, response) => {
    response.json(await startTotp(parts, await sessionOf(request)))
  })
  router.post('/api/v1/session/totp/confirm', async (request, response) => {
    const given = read(bodies.code, request)
    const session = await sessionOf(request)
    const renewed = await confirmTotp(parts, attempts, session, given.code, ipOf(request))
    await answerSignedIn(response, { ...session.actor, token: renewed })
  })
  router.post('/api/v1/session/password', async (request, response) => {
    const given = read(bodies.password, request)
    const session = await sessionOf(request)
    setSessionCookie(response, await changePassword(parts, attempts, session, given, ipOf(request)))
    response.status(204).end()
  })

  router.post('/api/v1/invitations/view', async (request, response) => {
    response.json(await viewInvitation(parts, read(bodies.link, request).token))
  })
  router.post('/api/v1/invitations/accept', async (request, response) => {
    const given = read(bodies.accept, request)
    await answerSignedIn(response, await acceptInvitation(parts, attempts, given, browserOf(request)))
  })
  router.post('/api/v1/invitations/renew', async (request, response) => {
    const given = read(bodies.link, request)
    await renewals(ipOf(request))
    await renewInvitation(parts, given.token, ipOf(request))
    response.status(202).json({})
  })
  router.post('/api/v1/setup/view', async (request, response) => {
    response.json(await viewSetup(parts, read(bodies.link, request).token))
  })
  router.post('/api/v1/setup', async (request, response) => {
    const given = read(bodies.setup, request)
    await answerSignedIn(response, await setUp(parts, given, browserOf(request)))
  })
  return router
}

function read<Shape extends z.ZodType>(shape: Shape, request: Request): z.output<Shape> {
  const parsed = shape.safeParse(request.body ?? {})
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path.join('.') || undefined
  const reason = issue && /^[a-z]+\.[a-zA-Z]+$/.test(issue.message) ? issue.message : 'body.shape'
  throw new Refused('invalid', reason, field === undefined ? {} : { field })
}

function ipOf(request: Request): string {
  return request.ip ?? ''
}
