import type { DeliveryTry } from '@parley/shared/protocol/webhooks.ts'
import { writeAudit } from '../app/audit.ts'
import type { Parts } from '../app/parts.ts'
import { NotReached, post, type Resolve } from '../outbound/index.ts'
import { bodyOf } from './body.ts'
import * as deliveries from './delivery-store.ts'
import { planNotice } from './notice.ts'
import { liveSecrets } from './secrets.ts'
import { signedHeaders } from './sign.ts'
import * as store from './store.ts'
import { longestFailureMs, waitAfter } from './waits.ts'

/** One try, from beginning to end. */
export const answerWithinMs = 10_000
const triesKept = 20

export interface Sending {
  signal: AbortSignal
  resolve?: Resolve | undefined
}

/** Sends one delivery that this node holds, and writes down what became of it. */
export async function deliver(parts: Parts, row: deliveries.Claimed, sending: Sending): Promise<void> {
  const { database } = parts
  const webhook = await deliveries.webhookById(database, row.webhook_id)
  const body = webhook && (await bodyFor(parts, row, webhook.site_id))
  if (!webhook || body === undefined) return deliveries.dropDelivery(database, row.delivery_id)
  const done = await tryOnce(parts, webhook, row.delivery_id, body, sending)
  if (done === undefined) return deliveries.giveBack(database, [row.delivery_id])
  const now = parts.clock.now()
  const tries = [done, ...row.tries].slice(0, triesKept)
  const round = row.round + 1
  if (done.status !== null && done.status >= 200 && done.status < 300) {
    await store.noteArriving(database, webhook.webhook_id)
    await deliveries.noteTry(database, row.delivery_id, { state: 'delivered', dueAt: now, round, tries })
    return
  }
  const isTest = row.type === 'webhookTested'
  if (!isTest) await weighFailure(parts, webhook, done, now)
  const wait = isTest || done.status === 410 ? undefined : waitAfter(round, parts.random.fraction())
  await deliveries.noteTry(database, row.delivery_id, {
    state: wait === undefined ? 'parked' : 'waiting',
    dueAt: new Date(now.getTime() + (wait ?? 0)),
    round,
    tries,
  })
}

async function bodyFor(parts: Parts, row: deliveries.Claimed, siteId: string): Promise<string | undefined> {
  if (row.conversation_id === null || row.seq === null)
    return JSON.stringify({
      type: row.type,
      timestamp: row.created_at.toISOString(),
      data: { siteId },
    })
  const event = await deliveries.findToTell(parts.database, row.conversation_id, row.seq)
  const body = event && bodyOf(event)
  return body && JSON.stringify(body)
}

/** Nothing when the process stops meanwhile: that is no failure of the receiver's. */
async function tryOnce(
  parts: Parts,
  webhook: store.WebhookRow,
  id: string,
  body: string,
  { signal, resolve }: Sending,
): Promise<DeliveryTry | undefined> {
  const at = parts.clock.now()
  const from = performance.now()
  const took = () => ({ at: at.toISOString(), ms: Math.round(performance.now() - from) })
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Parley-Webhooks/1',
    ...signedHeaders(liveSecrets(parts, webhook, at), { id, at, body }),
  }
  try {
    const { url } = webhook
    const { status } = await post(
      parts.config,
      { url, headers, body, withinMs: answerWithinMs, signal },
      resolve,
    )
    return { ...took(), status, failure: null }
  } catch (error) {
    if (signal.aborted) return undefined
    if (!(error instanceof NotReached)) throw error
    return { ...took(), status: null, failure: error.failure }
  }
}

/** Gone at its own word; failing when nothing has arrived for days. Admins are told, and it is on record. */
async function weighFailure(
  parts: Parts,
  webhook: store.WebhookRow,
  { status }: DeliveryTry,
  now: Date,
): Promise<void> {
  const since = await store.noteFailing(parts.database, webhook.webhook_id, now)
  if (since === undefined) return
  const isGone = status === 410
  if (!isGone && now.getTime() - since.getTime() < longestFailureMs) return
  await parts.database.transaction(async (sql) => {
    const { site_id: siteId, webhook_id: webhookId } = webhook
    if (!(await store.setState(sql, siteId, webhookId, isGone ? 'gone' : 'failing', now))) return
    await writeAudit(
      sql,
      { kind: 'system', siteId, rule: 'webhooks' },
      {
        action: 'webhook.switchedOff',
        object: `webhook:${webhookId}`,
        reason: isGone ? 'It answered that it is gone' : 'Nothing arrived for three days',
      },
    )
    await planNotice(parts, sql, webhook, isGone ? 'gone' : 'failing')
  })
}
