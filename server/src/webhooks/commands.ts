import type { Actor } from '@parley/shared/people.ts'
import { type Delivery, mostWebhooks, type Webhook } from '@parley/shared/protocol/webhooks.ts'
import { askingMember } from '../app/asking-member.ts'
import { writeAudit } from '../app/audit.ts'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import type { Origin, SiteCommands } from '../app/site-command.ts'
import { checkUrl } from '../outbound/index.ts'
import type { Sql } from '../storage/database.ts'
import * as deliveries from './delivery-store.ts'
import { newSecret, sealSecret } from './secrets.ts'
import * as store from './store.ts'
import { forgetWanted } from './wanted.ts'

const hourMs = 60 * 60_000
const mostReplayed = 1_000

/** `wake`: something may be due at once. */
export function webhookCommands(wake: () => void): SiteCommands {
  return {
    async listWebhooks({ actor, sql }) {
      return { webhooks: (await store.webhooksOf(sql, actor.siteId)).map(viewOf) }
    },

    async createWebhook({ actor, input, sql, parts, origin, afterCommit }) {
      const { siteId } = actor
      refuseUrl(parts, input.url)
      if ((await store.lockWebhooks(sql, siteId)) >= mostWebhooks)
        throw new Refused('conflict', 'webhook.tooMany')
      const webhookId = parts.random.id('whk')
      const secret = newSecret(parts)
      await store.insertWebhook(sql, {
        site_id: siteId,
        webhook_id: webhookId,
        url: input.url,
        label: input.label,
        event_types: [...new Set(input.eventTypes)],
        sealed_secret: sealSecret(parts, siteId, webhookId, secret),
        created_at: parts.clock.now(),
        created_by: askingMember(actor).name,
      })
      const { url, label, eventTypes } = input
      await note({ actor, sql, origin }, 'created', webhookId, { after: { url, label, eventTypes } })
      afterCommit(() => forgetWanted(parts, siteId))
      return { webhook: await viewed(sql, siteId, webhookId), secret }
    },

    async saveWebhook({ actor, input, sql, parts, origin, afterCommit }) {
      const { siteId } = actor
      refuseUrl(parts, input.url)
      await store.lockWebhooks(sql, siteId)
      const before = await loadWebhook(sql, siteId, input.webhookId)
      const event_types = [...new Set(input.eventTypes)]
      await store.saveWebhook(sql, { ...before, url: input.url, label: input.label, event_types })
      await note({ actor, sql, origin }, 'saved', input.webhookId, {
        before: { url: before.url, label: before.label, eventTypes: before.event_types },
        after: { url: input.url, label: input.label, eventTypes: event_types },
      })
      afterCommit(() => forgetWanted(parts, siteId))
      return viewed(sql, siteId, input.webhookId)
    },

    async switchWebhook({ actor, input, sql, parts, origin, afterCommit }) {
      const { siteId } = actor
      await store.lockWebhooks(sql, siteId)
      await loadWebhook(sql, siteId, input.webhookId)
      const state = input.isOn ? 'on' : 'off'
      const isChanged = await store.setState(sql, siteId, input.webhookId, state, parts.clock.now())
      if (isChanged)
        await note({ actor, sql, origin }, input.isOn ? 'switchedOn' : 'switchedOff', input.webhookId)
      afterCommit(() => {
        forgetWanted(parts, siteId)
        wake()
      })
      return viewed(sql, siteId, input.webhookId)
    },

    async rotateWebhookSecret({ actor, input, sql, parts, origin }) {
      const { siteId } = actor
      await store.lockWebhooks(sql, siteId)
      await loadWebhook(sql, siteId, input.webhookId)
      const secret = newSecret(parts)
      const until =
        input.keepHours === 0 ? null : new Date(parts.clock.now().getTime() + input.keepHours * hourMs)
      const sealed = sealSecret(parts, siteId, input.webhookId, secret)
      await store.setSecret(sql, siteId, input.webhookId, sealed, until)
      await note({ actor, sql, origin }, 'secretRotated', input.webhookId)
      return { webhook: await viewed(sql, siteId, input.webhookId), secret }
    },

    async removeWebhook({ actor, input, sql, parts, origin, afterCommit }) {
      await store.lockWebhooks(sql, actor.siteId)
      await loadWebhook(sql, actor.siteId, input.webhookId)
      await store.deleteWebhook(sql, actor.siteId, input.webhookId)
      await note({ actor, sql, origin }, 'removed', input.webhookId)
      afterCommit(() => forgetWanted(parts, actor.siteId))
      return {}
    },

    async sendTestEvent({ actor, input, sql, parts, origin, afterCommit }) {
      const { siteId } = actor
      await loadWebhook(sql, siteId, input.webhookId)
      const deliveryId = parts.random.id('dlv')
      await deliveries.insertTest(sql, { siteId, deliveryId, webhookId: input.webhookId }, parts.clock.now())
      await note({ actor, sql, origin }, 'tested', input.webhookId)
      afterCommit(wake)
      return { deliveryId }
    },

    async listDeliveries({ actor, input, sql }) {
      await loadWebhook(sql, actor.siteId, input.webhookId)
      const before = input.before === undefined ? null : Number(input.before)
      if (before !== null && !Number.isSafeInteger(before))
        throw new Refused('invalid', 'cursor.shape', { field: 'before' })
      const { webhookId, limit } = input
      const rows = await deliveries.pageOfDeliveries(sql, actor.siteId, {
        webhookId,
        state: input.state ?? null,
        before,
        limit,
      })
      const last = rows.at(-1)
      return {
        deliveries: rows.map(
          (row): Delivery => ({
            deliveryId: row.delivery_id,
            type: row.type,
            conversationId: row.conversation_id,
            position: row.seq,
            state: row.state,
            createdAt: row.created_at.toISOString(),
            nextAt: row.state === 'waiting' ? row.due_at.toISOString() : null,
            tries: row.tries,
          }),
        ),
        before: last && rows.length === limit ? String(last.number) : null,
      }
    },

    async replayDelivery({ actor, input, sql, parts, origin, afterCommit }) {
      const { siteId } = actor
      const { webhookId, deliveryId } = input
      await loadWebhook(sql, siteId, webhookId)
      const now = parts.clock.now()
      if (!(await deliveries.replayOne(sql, { siteId, webhookId, deliveryId }, now)))
        throw new Refused('notFound', 'delivery.unknown')
      await note({ actor, sql, origin }, 'replayed', webhookId, { reason: 'One delivery' })
      afterCommit(wake)
      return {}
    },

    async replayDeliveries({ actor, input, sql, parts, origin, afterCommit }) {
      const { siteId } = actor
      const { webhookId, from, to } = input
      await loadWebhook(sql, siteId, webhookId)
      const wish = { siteId, webhookId, from, to, only: input.only ?? null }
      const replayed = await deliveries.replayBetween(sql, wish, parts.clock.now(), mostReplayed)
      await note({ actor, sql, origin }, 'replayed', webhookId, {
        reason: `${replayed} deliveries, ${from} to ${to}`,
      })
      afterCommit(wake)
      return { replayed }
    },
  }
}

function refuseUrl(parts: Pick<Parts, 'config'>, url: string): void {
  const checked = checkUrl(url, parts.config)
  if (typeof checked === 'string') throw new Refused('invalid', checked, { field: 'url' })
}

async function loadWebhook(sql: Sql, siteId: string, webhookId: string): Promise<store.WebhookRow> {
  const row = await store.findWebhook(sql, siteId, webhookId)
  if (!row) throw new Refused('notFound', 'webhook.unknown')
  return row
}

async function viewed(sql: Sql, siteId: string, webhookId: string): Promise<Webhook> {
  const row = (await store.webhooksOf(sql, siteId)).find((one) => one.webhook_id === webhookId)
  if (!row) throw new Refused('notFound', 'webhook.unknown')
  return viewOf(row)
}

function viewOf(row: store.WebhookRow & { waiting: number }): Webhook {
  return {
    webhookId: row.webhook_id,
    url: row.url,
    label: row.label,
    eventTypes: row.event_types,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    state: row.state,
    stateSince: row.state_since.toISOString(),
    failingSince: row.failing_since?.toISOString() ?? null,
    previousSecretUntil: row.previous_until?.toISOString() ?? null,
    waiting: row.waiting,
  }
}

async function note(
  { actor, sql, origin }: { actor: Actor; sql: Sql; origin: Origin },
  did: string,
  webhookId: string,
  more: { reason?: string; before?: unknown; after?: unknown } = {},
): Promise<void> {
  await writeAudit(sql, actor, {
    action: `webhook.${did}`,
    object: `webhook:${webhookId}`,
    ip: origin.ip,
    ...more,
  })
}
