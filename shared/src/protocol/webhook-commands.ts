import { z } from 'zod'
import type { CommandDefinition } from './commands.ts'
import { id, line, requestId, storable } from './texts.ts'
import { type WebhookEventType, webhookEventTypes } from './webhooks.ts'

const onSite = { action: 'webhook.manage', on: 'site' } as const
const read = { action: 'webhook.manage', on: 'site', isRead: true } as const
const one = { requestId, webhookId: id }
const given = {
  url: storable(2_000),
  label: line(80),
  eventTypes: z
    .array(z.enum(webhookEventTypes as [WebhookEventType, ...WebhookEventType[]]))
    .min(1, { error: 'webhook.noEvents' })
    .max(webhookEventTypes.length),
}

export const webhookCommands = {
  listWebhooks: { input: z.strictObject({}), ...read },
  /** Answers the secret, once. */
  createWebhook: { input: z.strictObject({ requestId, ...given }), ...onSite },
  saveWebhook: { input: z.strictObject({ ...one, ...given }), ...onSite },
  switchWebhook: { input: z.strictObject({ ...one, isOn: z.boolean() }), ...onSite },
  /** The old secret signs beside the new one for so long; at once not any more with 0. */
  rotateWebhookSecret: {
    input: z.strictObject({ ...one, keepHours: z.number().int().min(0).max(168).default(24) }),
    ...onSite,
  },
  removeWebhook: { input: z.strictObject(one), ...onSite },
  sendTestEvent: { input: z.strictObject(one), ...onSite },
  listDeliveries: {
    input: z.strictObject({
      webhookId: id,
      state: z.enum(['waiting', 'delivered', 'parked']).optional(),
      before: storable(200).optional(),
      limit: z.number().int().min(1).max(100).default(30),
    }),
    ...read,
  },
  replayDelivery: { input: z.strictObject({ ...one, deliveryId: id }), ...onSite },
  /** Everything of a stretch of time that is kept, or only what did not arrive; oldest first, the first 1,000. */
  replayDeliveries: {
    input: z.strictObject({
      ...one,
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      only: z.enum(['parked']).optional(),
    }),
    ...onSite,
  },
} as const satisfies Record<string, CommandDefinition>
