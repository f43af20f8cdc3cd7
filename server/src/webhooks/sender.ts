import type { Parts } from '../app/parts.ts'
import type { Log } from '../conversations/index.ts'
import { lookAgain } from '../look-again.ts'
import type { Resolve } from '../outbound/index.ts'
import { deliver } from './deliver.ts'
import { type Claimed, claimDeliveries, giveBack } from './delivery-store.ts'
import { startNotices } from './notice.ts'
import { planSweep, registerSweep } from './sweep.ts'
import { isAnythingWanted } from './wanted.ts'

/** Retries, and what other nodes wrote and did not live to send. */
const lookMs = 1_000
const gatherMs = 20
/** Longer than one try can take. */
const leaseMs = 30_000
/** A slow receiver keeps so many of its own waiting, and nobody else's. */
const ofEach = 4
const atOnce = 32

export interface WebhookSender {
  start(): Promise<void>
  /** Something may be due. */
  wake(): void
  stop(): Promise<void>
}

/** Sends what is due, once across all nodes; again only when a node dies while sending. */
export function createSender(
  parts: Parts,
  log: Pick<Log, 'onCommitted'>,
  { resolve }: { resolve?: Resolve | undefined } = {},
): WebhookSender {
  const { database, clock, logger } = parts
  const notices = startNotices(parts)
  registerSweep(parts)
  const stopping = new AbortController()
  const sending = new Map<string, Promise<void>>()
  let isStarted = false
  const looking = lookAgain(claim, { gatherMs, lookMs }, (error) =>
    logger.warn({ err: error }, 'Webhooks could not be read; looking again.'),
  )

  log.onCommitted((commits) => {
    if (commits.some(({ held }) => isAnythingWanted(parts, held.siteId))) looking.wake()
  })

  async function claim(): Promise<void> {
    const now = clock.now()
    const until = new Date(now.getTime() + leaseMs)
    const room = atOnce - sending.size * ofEach
    if (room <= 0) return
    const claimed = await claimDeliveries(database, now, {
      until,
      busy: [...sending.keys()],
      ofEach,
      atMost: room,
    })
    if (!isStarted) {
      await giveBack(
        database,
        claimed.map(({ delivery_id }) => delivery_id),
      )
      return
    }
    for (const webhookId of new Set(claimed.map(({ webhook_id }) => webhook_id))) {
      const own = claimed.filter(({ webhook_id }) => webhook_id === webhookId)
      const work = sendAll(own).finally(() => {
        sending.delete(webhookId)
        looking.wake()
      })
      sending.set(webhookId, work)
    }
  }

  async function sendAll(rows: readonly Claimed[]): Promise<void> {
    const ends = await Promise.allSettled(
      rows.map((row) => deliver(parts, row, { signal: stopping.signal, resolve })),
    )
    for (const end of ends)
      if (end.status === 'rejected')
        logger.warn({ err: end.reason }, 'A delivery could not be noted and will be tried again.')
  }

  return {
    async start() {
      isStarted = true
      await planSweep(parts)
      looking.start()
    },
    wake: looking.wake,
    async stop() {
      isStarted = false
      await looking.stop()
      stopping.abort()
      await Promise.all(sending.values())
      notices.close()
    },
  }
}
