import type { WireEvent } from '@parley/shared/protocol/events.ts'
import type { FoundPerson, PersonExport } from '@parley/shared/protocol/privacy.ts'
import { eventsAfter, heldOf, toWire } from '../conversations/index.ts'
import { noticesOf } from '../sites/index.ts'
import type { Sql } from '../storage/database.ts'
import { browsersOf, conversationsOf, filesBy, type PersonRow } from './store.ts'

const mostConversations = 200
const mostEvents = 5_000
const mostFiles = 10_000

/** What is kept about a person, as they may have it: their own stream of each conversation, no notes about them. */
export async function exportPerson(
  sql: Sql,
  siteId: string,
  row: PersonRow,
  found: FoundPerson,
  now: Date,
): Promise<PersonExport> {
  const { contactId } = found
  const [browsers, files, ids] = await Promise.all([
    browsersOf(sql, siteId, contactId),
    filesBy(sql, siteId, contactId, mostFiles),
    conversationsOf(sql, siteId, contactId, mostConversations),
  ])
  const held = new Map((await heldOf(sql, ids)).map((one) => [one.conversation.conversationId, one]))
  const conversations: PersonExport['conversations'] = []
  for (const conversationId of ids) {
    const one = held.get(conversationId)
    if (!one) continue
    const events = await eventsAfter(sql, conversationId, 'customer', 0, mostEvents)
    conversations.push({
      conversationId,
      startedAt: one.conversation.startedAt,
      status: one.conversation.status,
      events: events
        .map((event) => toWire(event, 'customer'))
        .filter((event): event is WireEvent => event !== undefined),
    })
  }
  return {
    parley: 'person',
    exportedAt: now.toISOString(),
    siteId,
    contact: { ...found, isEmailVerified: row.is_email_verified, orders: row.orders },
    browsers: browsers.map((browser) => ({
      firstSeenAt: browser.created_at.toISOString(),
      lastSeenAt: browser.last_seen_at.toISOString(),
      locale: browser.locale,
      timeZone: browser.time_zone,
      page: browser.page,
    })),
    notices: await noticesOf(sql, siteId, shownVersions(conversations)),
    conversations,
    files,
    isCut:
      found.conversations > conversations.length ||
      files.length >= mostFiles ||
      conversations.some(({ events }) => events.length >= mostEvents),
  }
}

function shownVersions(conversations: PersonExport['conversations']): number[] {
  const events = conversations.flatMap((conversation) => conversation.events)
  return events.flatMap(({ type, payload }) =>
    type === 'conversationStarted' && payload.notice ? [payload.notice.version] : [],
  )
}
