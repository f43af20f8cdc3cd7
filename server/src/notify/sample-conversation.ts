import type { Author } from '@parley/shared/people.ts'
import type { EventPayloads, EventType, WireEvent } from '@parley/shared/protocol/events.ts'
import type { MailedConversation } from './mailed-conversation.ts'

export const nora: Author = { side: 'customer', party: 'buyer', id: 'con_nora', name: 'Nora' }
export const lena: Author = { side: 'staff', party: 'support', id: 'mem_lena', name: 'Lena' }
export const ines: Author = { side: 'vendor', party: 'vendor', id: 'mem_ines', name: 'Inês', of: 'Oakline' }

/** Builds a customer's stream, one fact after the other, a minute apart. */
export class Story {
  readonly events: WireEvent[] = []
  #at = Date.parse('2026-03-06T23:58:00Z')

  happens<T extends EventType>(type: T, by: Author, payload: EventPayloads[T]): this {
    this.events.push({
      conversationId: 'cnv_lamp',
      position: this.events.length + 1,
      type,
      at: new Date(this.#at).toISOString(),
      by,
      payload,
    } as WireEvent)
    this.#at += 60_000
    return this
  }

  begins(pageUrl = 'https://marlow.example/lamps/oak?ref=mail#reviews'): this {
    return this.happens('conversationStarted', nora, {
      with: { kind: 'support', name: 'Marlow' },
      about: { page: { url: pageUrl, title: 'Oak lamp' } },
      customer: { contactId: 'con_nora', name: 'Nora', role: 'buyer', isVerified: true },
      queue: { id: 'que_support', name: 'Support' },
      topic: null,
      answers: [],
      isLeftMessage: false,
    })
  }

  says(by: Author, text: string, files: EventPayloads['messageSent']['files'] = []): this {
    return this.happens('messageSent', by, { messageId: `msg_${this.events.length + 1}`, text, files })
  }

  gives(email: string, by = nora): this {
    return this.happens('contactDetailsGiven', by, { email, answers: [] })
  }
}

export function mailed(story: Story, more: Partial<MailedConversation> = {}): MailedConversation {
  return {
    siteId: 'sit_marlow',
    siteName: 'Marlow',
    contactId: 'con_nora',
    conversationId: 'cnv_lamp',
    events: story.events,
    contact: { email: 'nora@example.com', isEmailVerified: true },
    readTo: null,
    locale: 'en-GB',
    timeZone: 'Europe/Lisbon',
    allowedOrigins: ['https://marlow.example'],
    ...more,
  }
}
