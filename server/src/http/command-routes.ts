import express, { Router } from 'express'
import type { Dispatch } from '../app/dispatch.ts'
import { Refused } from '../app/refused.ts'
import { sendRefusal } from './problem.ts'
import type { Identify } from './who-asks.ts'

/** The same commands as over the socket, one address each: `POST /api/v1/commands/<name>`. */
export function createCommandRoutes(dispatch: Dispatch, identify: Identify): Router {
  const router = Router()
  router.post('/:name', express.json({ limit: '100kb', strict: true }), async (request, response) => {
    response.set('Cache-Control', 'no-store')
    const asking = await identify(request)
    if (!asking) throw new Refused('notAllowed', 'signIn.needed')
    const name = String(request.params.name)
    const outcome = await dispatch(asking.actor, name, request.body ?? {}, {
      ip: request.ip ?? '',
      sessionId: asking.sessionId,
    })
    if (outcome.ok) response.json(outcome.value)
    else sendRefusal(response, outcome.refusal)
  })
  return router
}
