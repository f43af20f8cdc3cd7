import type { Outcome } from '@parley/shared/protocol/answers.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import type { Log } from '../conversations/index.ts'
import type { Random } from '../random.ts'
import type { Dispatch } from './dispatch.ts'
import type { Lag } from './lag.ts'

/**
 * What adds to everybody's work, and is kept and sent again by whoever is told so. All else goes on: who resumes, reads, ends
 * or takes over lessens the work, or cannot wait.
 */
export const makesWay = (name: string) => name === 'sendMessage'

/** As many as the log works on at once: so few are never too many, whatever else keeps the machine busy. */
const fewAtOnce = 256
const leastMs = 1_000
const longestMs = 10_000
const calmMs = 3_000

/** Says “busy” before anything has been spent on the wish: an answer that costs as much as the wish would itself be the rush. */
export function makeWay(
  dispatch: Dispatch,
  given: { log: Pick<Log, 'isBusy'>; lag: Pick<Lag, 'isStanding'>; random: Random; now?: () => number },
): Dispatch {
  const { log, lag, random, now = () => performance.now() } = given
  let atOnce = 0
  let since = Number.NEGATIVE_INFINITY
  let lastAt = Number.NEGATIVE_INFINITY

  /** They come back over as long as they took to gather: all at once they would only be the next rush. */
  function busy(): Outcome<never> {
    const at = now()
    if (at - lastAt > calmMs) since = at
    lastAt = at
    const spreadMs = Math.min(longestMs, Math.max(leastMs, at - since))
    const retryAfterMs = Math.round(leastMs + random.fraction() * spreadMs)
    return { ok: false, refusal: { code: 'unavailable', reason: 'busy', retryAfterMs } }
  }

  const spread = (outcome: Outcome<unknown>) => (!outcome.ok && isBusy(outcome.refusal) ? busy() : outcome)

  const isTooMuch = (wish: unknown) =>
    (atOnce >= fewAtOnce && lag.isStanding()) || log.isBusy(conversationIn(wish))

  return async (actor, name, wish, origin) => {
    if (!makesWay(name)) return spread(await dispatch(actor, name, wish, origin))
    if (isTooMuch(wish)) return busy()
    atOnce += 1
    const outcome = await dispatch(actor, name, wish, origin)
    atOnce -= 1
    return spread(outcome)
  }
}

export const isBusy = ({ code, reason }: Refusal) => code === 'unavailable' && reason === 'busy'

/** Nothing of the wish has been checked yet. */
function conversationIn(wish: unknown): string {
  const { conversationId } = (wish ?? {}) as { conversationId?: unknown }
  return typeof conversationId === 'string' ? conversationId : ''
}
