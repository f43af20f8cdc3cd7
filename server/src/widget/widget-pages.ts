import { createHash } from 'node:crypto'
import type { PanelSite, PublicSite } from '@parley/shared/protocol/site.ts'
import express from 'express'
import { readWidgetBuild } from './build.ts'
import { embed } from './embed.ts'
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

/** The loader, the panel document and the hashed files they fetch. Mounted at `/w`. */
export function createWidgetPages(options: {
  findPanelSite: (siteKey: string) => Promise<FoundSite | undefined>
  distDir: string
  /** Origin of the chat itself; its own pages (the demo) may carry every site's chat. */
  chatOrigin: string
  /** Told what was served, for the installation page. */
  onServed?: (what: 'loader' | 'panel', siteKey: string, origin: string | null) => void
}): express.Router {
  const { findPanelSite, distDir, chatOrigin, onServed } = options
  const build = readWidgetBuild(distDir)
  const router = express.Router({ caseSensitive: true, strict: true })

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
    express.static(build.assetsDir, { immutable: true, maxAge: '1y', index: false, redirect: false }),
    (_, response) => void response.sendStatus(404),
  )

  router.get('/:file', async (request, response, next) => {
    const siteKey = /^(.+)\.js$/.exec(request.params.file)?.[1]
    const found = siteKey === undefined ? undefined : await find(siteKey)
    if (siteKey === undefined || !found) return next()
    const source = `${build.loader[0]}${embed(found.public)}${build.loader[1]}`
    response
      .set({
        'Content-Type': 'text/javascript; charset=utf-8',
        'Cache-Control': 'public, max-age=300',
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'Access-Control-Allow-Origin': '*',
        ETag: `"${createHash('sha256').update(source).digest('base64url').slice(0, 27)}"`,
      })
      .send(source)
    onServed?.('loader', siteKey, null)
  })

  router.get('/:key/panel', async (request, response) => {
    const { key } = request.params
    const found = await find(key)
    // Unknown, disabled and without an origin look alike: the same page, in no frame at all.
    const ancestors = found ? [...new Set([...found.allowedOrigins, chatOrigin])] : []
    response
      .set({
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': panelPolicy(build, { chatOrigin, ancestors }),
        'Cache-Control': 'no-store',
        'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      })
      .send(panelDocument(build, found?.panel ?? null, found?.words ?? { welcome: '', closing: '' }))
    if (found) onServed?.('panel', key, refererOrigin(request.get('referer')))
  })

  async function find(siteKey: string): Promise<FoundSite | undefined> {
    return siteKeyShape.test(siteKey) ? findPanelSite(siteKey) : undefined
  }

  return router
}

function refererOrigin(referer: string | undefined): string | null {
  return referer && URL.canParse(referer) ? new URL(referer).origin : null
}
