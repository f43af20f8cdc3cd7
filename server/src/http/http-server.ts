import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { permits, permitsOn } from '@parley/shared/policy/policy.ts'
import express, { type Express } from 'express'
import type { Dispatch } from '../app/dispatch.ts'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import type { Bus } from '../cluster/index.ts'
import { factsOf, findHeldFor } from '../conversations/index.ts'
import { createDemo } from '../demo/index.ts'
import type { AuthoriseFile } from '../files/index.ts'
import { createSessionRoutes, createSsoRoutes, endVisit, visitorByToken } from '../identity/index.ts'
import type { Figures } from '../metrics/index.ts'
import { withRooms } from '../rooms/index.ts'
import { findPanelSite, findSite, noteLoaderServed, notePanelOpened } from '../sites/index.ts'
import { loadTermRules } from '../terms/index.ts'
import { findLive, noteCounts, whoIsHere } from '../triggers/index.ts'
import { createPageLimits, createWidgetPages } from '../widget/index.ts'
import { createApplicationRoutes } from './application-routes.ts'
import { createAuditRoutes } from './audit-routes.ts'
import { createCommandRoutes } from './command-routes.ts'
import { createConsolePages } from './console-pages.ts'
import { createCspReports } from './csp-reports.ts'
import { createAddressOf, createFileHost } from './file-host.ts'
import { createFileRoutes } from './file-routes.ts'
import { commonHeaders } from './headers.ts'
import { createHealthRoutes } from './health.ts'
import { describeApi } from './openapi.ts'
import { createPersonRoutes } from './person-routes.ts'
import { refuseErrors } from './problem.ts'
import { createIdentify, withKeys } from './who-asks.ts'

export function createHttpServer(
  parts: Parts,
  dispatch: Dispatch,
  state: { isDraining: boolean },
  bus: Bus,
  figures: Figures,
): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', parts.config.trustProxy)
  app.set('query parser', 'simple')
  app.use(commonHeaders(parts.config))
  const authorise: AuthoriseFile = async (actor, action, conversationId) => {
    if (conversationId === null) return permits(actor, action)
    const held = await findHeldFor(parts.database, actor, conversationId)
    return held !== undefined && permitsOn(actor, action, factsOf(held))
  }
  // First: on that host nothing else of ours answers.
  if (parts.config.filesUrl) app.use(createFileHost(parts, parts.config.filesUrl, authorise))
  app.use(createHealthRoutes(parts, bus, figures, state))
  app.use(createCspReports(parts, figures))
  const isWithin = createPageLimits(parts.config.limitFactor)
  app.use(
    createWidgetPages({
      async findPanelSite(key) {
        const [found, live] = await Promise.all([
          findPanelSite(parts, key),
          findLive(parts, { siteKey: key }),
        ])
        return (
          found && {
            ...found,
            rules: live?.file,
            neverOn: live?.neverOn ?? [],
            waitsForConsent: live?.waitsForConsent,
          }
        )
      },
      async blockedHostsOf(key) {
        const site = await findSite(parts, key)
        return site ? (await loadTermRules(parts, site.siteId)).rules.blockedHosts : []
      },
      distDir: distOf('widget'),
      filesUrl: parts.config.filesUrl,
      noteLoaderServed: (key) => noteLoaderServed(parts, key),
      notePanelOpened: (key, origin) => notePanelOpened(parts, key, origin),
      triggers: {
        whoIsHere: (key, vendorId) => whoIsHere(parts, key, vendorId),
        noteCounts: (key, text, asksForPrivacy) => noteCounts(parts, key, text, asksForPrivacy),
        isWithin,
      },
      async endVisit(key, token, ip) {
        if (!(await isWithin('telling', ip))) return false
        const actor = await visitorByToken(parts, key, token)
        if (actor && permits(actor, 'visit.end')) await endVisit(parts, actor)
        return true
      },
    }),
  )

  const identify = createIdentify(parts)
  app.use(createSessionRoutes(parts, bus.counters))
  app.use(createSsoRoutes(parts))
  app.use('/api/v1/commands', createCommandRoutes(dispatch, withKeys(parts, identify)))
  app.use(createApplicationRoutes(parts, bus.counters))
  app.use(
    createFileRoutes(parts, {
      async identify(request) {
        const found = await identify(request)
        return found && { ...found, actor: await withRooms(parts, found.actor) }
      },
      authorise,
      addressOf: createAddressOf(parts),
    }),
  )
  app.use(createAuditRoutes(parts, identify))
  app.use(createPersonRoutes(parts, identify))
  let openApi: object | undefined
  app.get('/api/v1/openapi.json', (_request, response) => {
    openApi ??= describeApi(parts.config.publicUrl)
    response.set('Cache-Control', 'public, max-age=300').json(openApi)
  })
  app.use('/console', createConsolePages(parts.config, distOf('console')))
  if (!parts.config.production) {
    app.use('/demo', createDemo({ publicUrl: parts.config.publicUrl, clock: parts.clock }))
    app.get('/', (_request, response) => response.redirect('/demo/'))
  } else {
    app.get('/', (_request, response) => response.redirect('/console/'))
  }
  app.use(() => {
    throw new Refused('notFound')
  })
  app.use(refuseErrors(parts))
  return app
}

/** `widget/dist` and `console/dist`, seen from the sources as from the built server. */
export function distOf(workspace: 'widget' | 'console'): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'widget')) || !existsSync(join(folder, 'server'))) {
    const parent = dirname(folder)
    if (parent === folder) break
    folder = parent
  }
  return join(folder, workspace, 'dist')
}
