import { Router } from 'express'
import type { Parts } from '../app/parts.ts'
import type { Bus } from '../cluster/index.ts'
import type { Figures } from '../metrics/index.ts'
import { healthOf } from '../storage/health.ts'

/** `/healthz`: the process lives. `/readyz`: it can do its work. `/metrics`: for Prometheus, behind a token when set. */
export function createHealthRoutes(
  parts: Parts,
  bus: Bus,
  figures: Figures,
  state: { isDraining: boolean },
): Router {
  const router = Router()

  router.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'alive' })
  })

  router.get('/readyz', async (_request, response) => {
    response.set('Cache-Control', 'no-store')
    if (state.isDraining) {
      response.status(503).json({ status: 'draining' })
      return
    }
    const status = await healthOf(parts.database, parts.clock)
    // Redis is told, not judged: without it a node does all its work, only more slowly between nodes.
    response.status(status === 'ready' ? 200 : 503).json({ status, redis: bus.state() })
  })

  router.get('/metrics', async (request, response) => {
    const { metricsToken } = parts.config
    const isOpen =
      metricsToken === undefined
        ? !parts.config.production
        : request.get('authorization') === `Bearer ${metricsToken}`
    if (!isOpen) {
      response.status(404).end()
      return
    }
    response
      .set('Cache-Control', 'no-store')
      .type(figures.contentType)
      .send(await figures.text())
  })
  return router
}
