import { Router } from 'express'
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Parts } from '../app/parts.ts'

/** `/healthz`: the process lives. `/readyz`: it can do its work. `/metrics`: for Prometheus, behind a token when set. */
export function createHealthRoutes(parts: Parts, state: { isDraining: boolean }): Router {
  const router = Router()
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })

  router.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'alive' })
  })

  router.get('/readyz', async (_request, response) => {
    response.set('Cache-Control', 'no-store')
    if (state.isDraining) {
      response.status(503).json({ status: 'draining' })
      return
    }
    try {
      await parts.database.query('select 1 as one')
      response.json({ status: 'ready' })
    } catch {
      response.status(503).json({ status: 'storage' })
    }
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
      .type(registry.contentType)
      .send(await registry.metrics())
  })
  return router
}
