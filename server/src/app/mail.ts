import { isRoom } from '@parley/shared/conversation/room.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import { type Companion, eventsAfter, findHeld, marksOf, toWire } from '../conversations/index.ts'
import { registerInvitationLetters } from '../identity/index.ts'
import { contactForMail } from '../inbox/index.ts'
import {
  createMailer,
  type MailReaders,
  planAnswer,
  planTranscript,
  registerAlarmLetters,
  registerMailTimers,
} from '../notify/index.ts'
import { loadSite } from '../sites/index.ts'
import type { Parts } from './parts.ts'

const mostEvents = 10_000

/** Letters that follow from events are planned in the transaction that writes the events. */
export function mailCompanion(parts: Parts): Companion {
  return async (sql, commits) => {
    if (parts.config.smtpUrl === undefined) return
    for (const { held, events } of commits) {
      // Nobody there is the customer to whom an answer could be sent.
      if (isRoom(held.conversation)) continue
      const { conversationId, customer } = held.conversation
      const planned = { siteId: held.siteId, conversationId, contactId: customer.contactId }
      for (const event of events) {
        if (event.type === 'transcriptRequested') await planTranscript(parts, sql, planned)
        if (event.type === 'messageSent' && event.by.side !== 'customer')
          await planAnswer(parts, sql, { ...planned, messageId: event.payload.messageId })
      }
    }
  }
}

export function startMail(parts: Parts): { close(): void } {
  const mailer = createMailer(parts.config)
  registerMailTimers(parts, mailReaders(parts), mailer)
  registerAlarmLetters(parts, mailer)
  registerInvitationLetters(parts, mailer)
  return { close: () => mailer?.close() }
}

function mailReaders(parts: Parts): MailReaders {
  return {
    async eventsFor(conversationId) {
      const held = await findHeld(parts.database, conversationId)
      if (!held) return undefined
      const { customer } = held.conversation
      const [site, contact, events, marks] = await Promise.all([
        loadSite(parts, held.siteId),
        contactForMail(parts.database, held.siteId, customer.contactId),
        eventsAfter(parts.database, conversationId, 'customer', 0, mostEvents),
        marksOf(parts.database, conversationId),
      ])
      return {
        siteId: held.siteId,
        siteName: site.branding.name,
        contactId: customer.contactId,
        conversationId,
        events: events
          .map((event) => toWire(event, 'customer'))
          .filter((event): event is WireEvent => event !== undefined),
        contact: { email: contact?.email ?? null, isEmailVerified: contact?.isEmailVerified ?? false },
        readTo: marks.find((mark) => mark.readerId === customer.contactId)?.readTo ?? null,
        locale: contact?.locale ?? null,
        timeZone: contact?.timeZone ?? null,
        allowedOrigins: site.allowedOrigins,
      }
    },
  }
}
