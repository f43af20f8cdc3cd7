import type { ContactId, ConversationId, MessageId, SiteId } from '@parley/shared/ids.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import { isMailable } from './mail-address.ts'

/** A conversation as its customer may see it, and what is known of the way to that customer. */
export interface MailedConversation {
  siteId: SiteId
  siteName: string
  contactId: ContactId
  conversationId: ConversationId
  /** The customer's own stream, oldest first. */
  events: readonly WireEvent[]
  /** The contact's address; only one that the signed identity proves is used. */
  contact: { email: string | null; isEmailVerified: boolean }
  /** Newest message the customer has read. */
  readTo: MessageId | null
  locale: string | null
  timeZone: string | null
  /** Pages outside these are never linked to. */
  allowedOrigins: readonly string[]
}

export interface MailReaders {
  /** Undefined when the conversation is gone. */
  eventsFor(conversationId: ConversationId): Promise<MailedConversation | undefined>
}

export interface WayToCustomer {
  address: string
  isVerified: boolean
}

/** The proven address, else the one this same customer gave in this very conversation; nothing else is ever written to. */
export function wayTo(conversation: MailedConversation): WayToCustomer | undefined {
  const { email, isEmailVerified } = conversation.contact
  if (isEmailVerified && email !== null)
    return isMailable(email) ? { address: email, isVerified: true } : undefined
  const given = conversation.events.findLast(
    (event) =>
      event.type === 'contactDetailsGiven' &&
      event.by.id === conversation.contactId &&
      event.payload.email !== undefined,
  )
  if (given?.type !== 'contactDetailsGiven' || given.payload.email === undefined) return undefined
  return isMailable(given.payload.email) ? { address: given.payload.email, isVerified: false } : undefined
}

export type MessageEvent = Extract<WireEvent, { type: 'messageSent' }>

/** What others wrote since the customer last read or wrote here. */
export function unreadBy(conversation: MailedConversation, afterPosition: number): MessageEvent[] {
  const { events, readTo } = conversation
  const seen = events.findLast(
    (event) =>
      event.type === 'messageSent' && (event.payload.messageId === readTo || event.by.side === 'customer'),
  )
  const from = Math.max(seen?.position ?? 0, afterPosition)
  return events.filter(
    (event): event is MessageEvent =>
      event.type === 'messageSent' &&
      event.position > from &&
      (event.by.side === 'vendor' || event.by.side === 'staff'),
  )
}

/** The page the conversation began on, when it is one of the site's; a query only goes to who is known. */
export function pageOf(conversation: MailedConversation, way: WayToCustomer): string | undefined {
  const [started] = conversation.events
  const home = conversation.allowedOrigins.find((origin) => URL.canParse(origin))
  const given = started?.type === 'conversationStarted' ? started.payload.about.page?.url : undefined
  if (given === undefined || !URL.canParse(given)) return home && `${new URL(home).origin}/`
  const { origin, pathname, search } = new URL(given)
  if (!conversation.allowedOrigins.includes(origin)) return home && `${new URL(home).origin}/`
  return origin + pathname + (way.isVerified ? search : '')
}
