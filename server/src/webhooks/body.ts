import type { Author } from '@parley/shared/people.ts'
import type { EventType } from '@parley/shared/protocol/events.ts'
import { webhookFields } from '@parley/shared/protocol/webhooks.ts'

export interface ToTell {
  siteId: string
  conversationId: string
  position: number
  type: EventType
  at: Date
  by: Author
  payload: Record<string, unknown>
  contactId: string
  /** The shop's own id of the person; null for a stranger. */
  externalId: string | null
}

/** What leaves of an event, built from the list of fields; nothing for what never does. */
export function bodyOf(event: ToTell): object | undefined {
  const fields: readonly string[] | null = webhookFields[event.type]
  if (fields === null) return undefined
  const { siteId, conversationId, position, by, contactId, externalId } = event
  const { side, party, id, name, of } = by
  return {
    type: event.type,
    timestamp: event.at.toISOString(),
    data: {
      siteId,
      conversationId,
      position,
      customer: { contactId, externalId },
      by: { side, party, id, name, ...(of === undefined ? {} : { of }) },
      payload: Object.fromEntries(
        fields.flatMap((field) => (field in event.payload ? [[field, event.payload[field]]] : [])),
      ),
    },
  }
}
