import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { PanelSite, PublicSite } from '@parley/shared/protocol/site.ts'
import type { RulesFile } from '@parley/shared/triggers/rule.ts'
import express from 'express'
import { cspReporting } from '../csp-reporting.ts'
import { readWidgetBuild, type WidgetBuild } from './build.ts'
import { leaveDocument, leaveLanguages } from './leave-document.ts'
import { loaderSource } from './loader-source.ts'
import { type PanelWords, panelDocument, panelPolicy } from './panel-document.ts'
import { rulesSource } from './rules-source.ts'

export interface FoundSite {
  public: PublicSite
  panel: PanelSite
  /** Exact origins of the pages that may carry this site's chat. */
  allowedOrigins: readonly string[]
  /** Sanitised markup. */
  words?: PanelWords
  /** Rules that are on, and paths where nothing of the widget may be. */
  rules?: RulesFile | undefined
  neverOn?: readonly string[]
  waitsForConsent?: boolean | undefined
}

/** What pages that carry the widget ask and tell of triggers. */
export interface TriggerPages {
  whoIsHere(siteKey: string, vendorId: string): Promise<object | undefined>
  /** False for what is no batch of counts. */
  noteCounts(siteKey: string, text: string, asksForPrivacy: boolean): Promise<boolean>
  /** May this address ask or tell once more? */
  isWithin(what: 'asking' | 'telling', ip: string): Promise<boolean>
}

const forAnyPage = {
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Access-Control-Allow-Origin': '*',
} as const
const scriptType = 'text/javascript; charset=utf-8'
/** A batch of counts is far smaller; anything above is none. */
const mostBytes = '8kb'
const mostOfToken = '1kb'

const siteKeyShape = /^[A-Za-z0-9_-]{1,80}$/

/** The loader, the panel document and the hashed files they fetch: everything under `/w`. */
export function createWidgetPages(options: {
  findPanelSite: (siteKey: string) => Promise<FoundSite | undefined>
  /** Hosts nobody is sent to. */
  blockedHostsOf?: (siteKey: string) => Promise<readonly string[]>
  distDir: string
  /** Where files are fetched from when they have a host of their own. */
  filesUrl?: string | undefined
  /** For the page that checks an installation. */
  noteLoaderServed?: (siteKey: string) => unknown
  notePanelOpened?: (siteKey: string, origin: string) => unknown
  triggers?: TriggerPages
  /** The page signs its person out. False where this address has asked too often. */
  endVisit?: (siteKey: string, token: string, ip: string) => Promise<boolean>
}): express.Router {
  const { findPanelSite, blockedHostsOf, distDir, filesUrl, noteLoaderServed, notePanelOpened } = options
  const { triggers, endVisit } = options
  const outer = express.Router()
  const router = express.Router({ caseSensitive: true, strict: true })
  outer.use('/w', router)
  // Read when it is first asked for: a server without a built widget still answers everything else.
  let held: WidgetBuild | undefined
  const build = () => (held ??= readWidgetBuild(distDir))

  router.use((_, response, next) => {
    response.set({ 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' })
    next()
  })

  router.use(
    '/assets',
    (_, response, next) => {
      response.set('Cross-Origin-Resource-Policy', 'same-origin')
      next()
    },
    express.static(join(distDir, 'panel', 'assets'), {
      immutable: true,
      maxAge: '1y',
      index: false,
      redirect: false,
    }),
    (_, response) => void response.sendStatus(404),
  )
  // Parts of the trigger engine: pages of other origins import them.
  router.use(
    '/parts',
    (_, response, next) => {
      response.set(forAnyPage)
      next()
    },
    express.static(join(distDir, 'triggers', 'parts'), {
      immutable: true,
      maxAge: '1y',
      index: false,
      redirect: false,
    }),
    (_, response) => void response.sendStatus(404),
  )

  router.get('/:file', async (request, response, next) => {
    const siteKey = /^(.+)\.js$/.exec(request.params.file)?.[1]
    const found = siteKey === undefined ? undefined : await find(siteKey)
    if (siteKey === undefined || !found) return next()
    const never = (found.neverOn ?? []).map((path) => path.replace(/\*.*$/s, ''))
    const source = loaderSource(build(), found.public, {
      ...(found.rules ? { rules: rulesSource(build(), found.rules).name } : {}),
      ...(never.length > 0 ? { never } : {}),
      ...(found.waitsForConsent ? { consent: true } : {}),
    })
    response
      .set({
        ...forAnyPage,
        'Content-Type': scriptType,
        'Cache-Control': 'public, max-age=300',
        ETag: `"${createHash('sha256').update(source).digest('base64url').slice(0, 27)}"`,
      })
      .send(source)
    noteLoaderServed?.(siteKey)
  })

  router.get('/:key/panel', async (request, response) => {
    const { key } = request.params
    const found = await find(key)
    // Unknown, disabled and without an origin look alike: the same page, in no frame at all.
    const chatOrigin = found?.public.chatOrigin ?? ''
    const ancestors = found ? [...new Set([...found.allowedOrigins, chatOrigin])] : []
    response
      .set({
        'Content-Type': 'text/html; charset=utf-8',
        ...cspReporting.header,
        'Content-Security-Policy': panelPolicy(build(), { chatOrigin, filesUrl, ancestors }),
        'Cache-Control': 'no-store',
        'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      })
      .send(panelDocument(build(), found?.panel ?? null, found?.words ?? { welcome: '', closing: '' }))
    const origin = refererOrigin(request.get('referer'))
    if (found && origin) notePanelOpened?.(key, origin)
  })

  // An unknown site has no name to leave, and nobody was sent there.
  router.get('/:key/leave', async (request, response, next) => {
    const { key: siteKey } = request.params
    const found = await find(siteKey)
    if (!found) return next()
    const language = request.acceptsLanguages([...leaveLanguages]) || 'en'
    const blockedHosts = (await blockedHostsOf?.(siteKey)) ?? []
    const { html, policy } = leaveDocument(
      { ...found.panel.branding, siteKey, blockedHosts },
      language as (typeof leaveLanguages)[number],
    )
    response
      .set({
        'Content-Type': 'text/html; charset=utf-8',
        ...cspReporting.header,
        'Content-Security-Policy': policy,
        // A host that was blocked a moment ago opens from no copy of before.
        'Cache-Control': 'no-store',
        Vary: 'Accept-Language',
        'Cross-Origin-Opener-Policy': 'same-origin',
      })
      .send(html)
  })

  router.get('/:key/rules/:name', async (request, response, next) => {
    const { key, name } = request.params
    const rules = (await find(key))?.rules
    if (!rules || !name.endsWith('.js')) return next()
    const current = rulesSource(build(), rules)
    // An older page gets the rules of now, and no cache keeps them under the name of others.
    const isCurrent = name === `${current.name}.js`
    response
      .set({
        ...forAnyPage,
        'Content-Type': scriptType,
        'Cache-Control': isCurrent ? 'public, max-age=31536000, immutable' : 'no-store',
      })
      .send(current.source)
  })

  if (triggers) {
    router.get('/:key/here.js', async (request, response, next) => {
      const { key } = request.params
      const { vendor } = request.query
      if (!siteKeyShape.test(key)) return next()
      if (!(await triggers.isWithin('asking', request.ip ?? ''))) return void response.sendStatus(429)
      const here = await triggers.whoIsHere(key, typeof vendor === 'string' ? vendor : '')
      if (!here) return next()
      response
        .set({ ...forAnyPage, 'Content-Type': scriptType, 'Cache-Control': 'public, max-age=30' })
        .send(`export default ${JSON.stringify(here)}`)
    })

    // As a beacon sends it: plain text, no preflight, no cookie that counts, no answer that anybody reads.
    router.post(
      '/:key/seen',
      express.text({ type: '*/*', limit: mostBytes }),
      async (request, response, next) => {
        const { key } = request.params
        if (!siteKeyShape.test(key)) return next()
        if (!(await triggers.isWithin('telling', request.ip ?? ''))) return void response.sendStatus(429)
        const asksForPrivacy = request.get('dnt') === '1' || request.get('sec-gpc') === '1'
        const text = typeof request.body === 'string' ? request.body : ''
        response.sendStatus((await triggers.noteCounts(key, text, asksForPrivacy)) ? 204 : 400)
      },
    )
  }

  // A beacon too: the page may be left in the same moment. Known or not, the answer is the same.
  if (endVisit)
    router.post(
      '/:key/end',
      express.text({ type: '*/*', limit: mostOfToken }),
      async (request, response, next) => {
        const { key } = request.params
        if (!siteKeyShape.test(key)) return next()
        const token = typeof request.body === 'string' ? request.body : ''
        response.sendStatus((await endVisit(key, token, request.ip ?? '')) ? 204 : 429)
      },
    )

  async function find(siteKey: string): Promise<FoundSite | undefined> {
    return siteKeyShape.test(siteKey) ? findPanelSite(siteKey) : undefined
  }

  return outer
}

function refererOrigin(referer: string | undefined): string | null {
  return referer && URL.canParse(referer) ? new URL(referer).origin : null
}
