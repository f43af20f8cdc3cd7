import { randomUUID } from 'node:crypto'
import express, { type NextFunction, type Request, type Response, type Router } from 'express'
import type { Clock } from '../clock.ts'
import { createAssets } from './assets.ts'
import { readField } from './fields.ts'
import { frame, type Page } from './frame.ts'
import { identityToken } from './identity-token.ts'
import { chatTagPage } from './pages/chat-tag-page.ts'
import { departmentPage, searchPage } from './pages/department.ts'
import { homePage } from './pages/home.ts'
import { membershipPage, readPayment } from './pages/membership.ts'
import { orderPage, wishPage } from './pages/order.ts'
import { ordersPage } from './pages/orders.ts'
import { productPage } from './pages/product.ts'
import { readRegistration, registrationPage } from './pages/registration.ts'
import { safeNext, signInPage } from './pages/sign-in.ts'
import { foreignFormPage, notFoundPage, unreadablePage } from './pages/unhappy.ts'
import { vendorPage } from './pages/vendor.ts'
import { findPerson } from './person.ts'
import { isForeignForm, protectPages } from './protection.ts'
import { createSessions, personOf } from './session.ts'
import type { Visit } from './visit.ts'

type Show = (visit: Visit, request: Request) => Page | undefined

/** The demo marketplace, to be mounted at `/demo`. `publicUrl` is where the chat itself is served. */
export function createDemo(options: { publicUrl: string; clock: Clock }): Router {
  const { clock, publicUrl } = options
  const chatOrigin = new URL(publicUrl).origin
  const sessions = createSessions({ clock, secure: chatOrigin.startsWith('https:') })
  const router = express.Router()

  const visitOf = (request: Request): Visit => {
    const session = sessions.read(request)
    return { session, person: personOf(session), now: clock.now(), publicUrl }
  }
  const send = async (response: Response, visit: Visit, page: Page) => {
    const token = visit.person && (await identityToken(visit.person, clock))
    const nonce = String(response.locals.nonce)
    response.set('Cache-Control', token === undefined ? 'private, no-cache' : 'no-store')
    response.status(page.status ?? 200).type('html')
    response.send(frame({ visit, page, nonce, token }).text)
  }
  const get = (path: string, show: Show) =>
    router.get(path, (request, response) => {
      const visit = visitOf(request)
      return send(response, visit, show(visit, request) ?? notFoundPage())
    })
  const param = (request: Request, name: string) => String(request.params[name] ?? '')

  router.use(createAssets())
  router.use(protectPages(chatOrigin))
  router.use(express.urlencoded({ extended: false, limit: '10kb', parameterLimit: 20 }))
  router.post('/*path', (request, response, next) =>
    isForeignForm(request) ? send(response, visitOf(request), foreignFormPage()) : next(),
  )

  get('/', homePage)
  get('/department/:key', (_visit, request) => departmentPage(param(request, 'key')))
  get('/search', (_visit, request) => searchPage(readField(request.query, 'q').trim().slice(0, 100)))
  get('/vendors/:vendorId', (visit, request) => vendorPage(visit, param(request, 'vendorId')))
  get('/products/:productId', (visit, request) => productPage(visit, param(request, 'productId')))
  get('/chat-tag', chatTagPage)
  get('/sign-in', (visit, request) => signInPage(visit, safeNext(request.query.next)))
  get('/register', () => registrationPage())
  get('/membership', (visit) => membershipPage(visit))

  // Somebody who is signed out may well own the order: ask who it is, whether or not the order exists.
  router.get('/orders{/*rest}', (request, response, next) => {
    if (visitOf(request).person) return next()
    const wanted = safeNext(`/demo${request.path}`) ?? '/demo/orders'
    response.redirect(303, `/demo/sign-in?next=${encodeURIComponent(wanted)}`)
  })
  get('/orders', (visit) => visit.person && ordersPage(visit, visit.person))
  get('/orders/:orderId', (visit, request) => orderPage(visit, param(request, 'orderId')))
  for (const wish of ['return', 'refund'] as const) {
    get(`/orders/:orderId/${wish}`, (visit, request) =>
      wishPage(visit, wish, param(request, 'orderId'), readField(request.query, 'item')),
    )
  }

  router.post('/sign-in', (request, response) => {
    const person = findPerson(readField(request.body, 'person'))
    if (!person) return send(response, visitOf(request), notFoundPage())
    sessions.write(response, { person: person.key })
    const home = person.role === 'vendor' ? `/demo/vendors/${person.vendorId}` : '/demo/orders'
    response.redirect(303, safeNext(readField(request.body, 'next')) ?? home)
  })
  router.post('/sign-out', (_request, response) => {
    sessions.clear(response)
    response.redirect(303, '/demo/')
  })
  router.post('/register', (request, response) => {
    const registration = readRegistration(request.body)
    if (!registration.accepted) return send(response, visitOf(request), registrationPage(registration))
    const { name, email } = registration
    sessions.write(response, { registered: { sub: `buyer-${randomUUID()}`, name, email } })
    response.redirect(303, '/demo/orders')
  })
  router.post('/membership', (request, response) => {
    const visit = visitOf(request)
    const payment = readPayment(request.body, visit.now)
    if (payment.outcome !== 'accepted') return send(response, visit, membershipPage(visit, payment))
    sessions.write(response, { ...visit.session, memberSince: visit.now.toISOString() })
    response.redirect(303, '/demo/membership')
  })

  router.get('/identity-token', async (request, response) => {
    const { person } = visitOf(request)
    response.set('Cache-Control', 'no-store')
    if (person) {
      response.json({ token: await identityToken(person, clock) })
      return
    }
    response.status(401).type('application/problem+json')
    response.send(JSON.stringify({ type: 'about:blank', title: 'Nobody is signed in', status: 401 }))
  })

  router.use((request, response) => send(response, visitOf(request), notFoundPage()))
  router.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    const status = statusOf(error)
    if (status === undefined) return next(error)
    return send(response, visitOf(request), unreadablePage(status))
  })
  return router
}

/** What the body parser refuses is the sender's slip; anything else is ours and goes on. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined
  const { status } = error
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined
}
