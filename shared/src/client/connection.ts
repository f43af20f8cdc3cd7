import { type Conversations, createConversations } from './conversations.ts'
import { createLink, type Link, type LinkOptions } from './link.ts'
import type { OutboxStore } from './outbox.ts'

export type { ConnectionEvents, ConnectionState } from './link.ts'

export interface ConnectionOptions extends LinkOptions {
  /** Where unsent messages survive a reload. */
  store: OutboxStore
}

export interface Connection extends Link, Conversations {}

/** A link with its conversations, for who has all the code at once. */
export function createConnection(options: ConnectionOptions): Connection {
  const link = createLink(options)
  return Object.assign(link, createConversations(link, options.store))
}
