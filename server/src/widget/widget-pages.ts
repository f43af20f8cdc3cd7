import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { PanelSite, PublicSite } from '@parley/shared/protocol/site.ts'
import express from 'express'
import { readWidgetBuild, type WidgetBuild } from './build.ts'
import { loaderSource } from './loader-source.ts'
import { type PanelWords, panelDocument, panelPolicy } from './panel-document.ts'

export interface FoundSite {
  public: PublicSite
  panel: PanelSite
  /** Exact origins of the pages that may carry this site's chat. */
  allowedOrigins: readonly string[]
  /** Sanitised markup. */
  words?: PanelWords
}

const siteKeyShape = /^[A-Za-z0-9_-]{1,80}$/

/** The loader, the panel document and the hashed files they fetch: everything under `/w`. */
export function createWidgetPages(options: {
  findPanelSite: (siteKey: string) => Promise<FoundSite | undefined>
  distDir: string
  /** For the page that checks an installation. */
  noteLoaderServed?: (siteKey: string) => unknown
  notePanelOpened?: (siteKey: string, origin: string) => unknown
}): express.Router {
  const { findPanelSite, distDir, noteLoaderServed, notePanelOpened } = options
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

  router.get('/:file', async (request, response, next) => {
    const siteKey = /^(.+)\.js$/.exec(request.params.file)?.[1]
    const found = siteKey === undefined ? undefined : await find(siteKey)
    if (siteKey === undefined || !found) return next()
    const source = loaderSource(build(), found.public)
    response
      .set({
        'Content-Type': 'text/javascript; charset=utf-8',
        'Cache-Control': 'public, max-age=300',
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'Access-Control-Allow-Origin': '*',
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
        'Content-Security-Policy': panelPolicy(build(), { chatOrigin, ancestors }),
        'Cache-Control': 'no-store',
        'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      })
      .send(panelDocument(build(), found?.panel ?? null, found?.words ?? { welcome: '', closing: '' }))
    const origin = refererOrigin(request.get('referer'))
    if (found && origin) notePanelOpened?.(key, origin)
  })

  async function find(siteKey: string): Promise<FoundSite | undefined> {
    return siteKeyShape.test(siteKey) ? findPanelSite(siteKey) : undefined
  }

  return outer
}

function refererOrigin(referer: string | undefined): string | null {
  return referer && URL.canParse(referer) ? new URL(referer).origin : null
}
