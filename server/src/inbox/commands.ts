import { createHmac } from 'node:crypto'
import { type MemberActor, readerKindOf } from '@parley/shared/people.ts'
import { auditRead, sameLookMs } from '../app/audit-reads.ts'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import type { Origin, SiteCommands } from '../app/site-command.ts'
import { readableBy } from './readable-by.ts'
import { rowFor } from './row.ts'
import { conversationsOfContact, countInbox, countMentions, pageOfInbox } from './store.ts'

export const inboxCommands: SiteCommands = {
  async listInbox({ actor, input, sql, parts, origin }) {
    const member = memberOf(actor)
    const search = input.search?.trim()
    if (search && readerKindOf(member) === 'staff')
      await auditRead(parts, member, searchLine(parts, search, origin), sameLookMs)
    const before = input.cursor === undefined ? null : readCursor(input.cursor)
    const listed = await pageOfInbox(sql, member, input, before, input.limit)
    const last = listed.at(-1)
    const isFull = listed.length === input.limit
    return {
      rows: readableBy(member, listed).map(({ held, updatedAt, unread, mention }) => ({
        ...rowFor(held, readerKindOf(member), updatedAt, unread),
        ...(readerKindOf(member) === 'staff' && { mention }),
      })),
      cursor: last && isFull ? `${last.orderedAt}~${last.held.conversation.conversationId}` : null,
    }
  },

  async countInbox({ actor, sql }) {
    const member = memberOf(actor)
    const [mine, waiting, team, all, rooms, mentions] = await Promise.all([
      countInbox(sql, member, 'mine'),
      countInbox(sql, member, 'waiting'),
      countInbox(sql, member, 'team'),
      countInbox(sql, member, 'all'),
      countInbox(sql, member, 'rooms'),
      countMentions(sql, member),
    ])
    const unread = await pageOfInbox(sql, member, { view: 'mine', unreadOnly: true }, null, 100)
    return { mine, waiting, team, all, rooms, unread: unread.length, mentions }
  },

  async listConversations({ actor, sql }) {
    if (actor.kind !== 'customer') throw new Refused('notAllowed')
    const listed = await conversationsOfContact(sql, actor)
    return {
      rows: readableBy(actor, listed).map(({ held, updatedAt, unread }) =>
        rowFor(held, 'customer', updatedAt, unread),
      ),
    }
  },
}

/** What was looked for may be somebody's name: the same words give the same digest, and nobody reads them. */
function searchLine(parts: Parts, search: string, { ip, sessionId }: Origin) {
  const digest = createHmac('sha256', parts.config.secretKey).update(search.toLowerCase()).digest('base64url')
  return { action: 'inbox.searched', object: `search:${digest.slice(0, 16)}`, ip, sessionId }
}

function memberOf(actor: { kind: string }): MemberActor {
  if (actor.kind !== 'member') throw new Refused('notAllowed')
  return actor as MemberActor
}

const cursorTime = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

function readCursor(cursor: string): { at: string; conversationId: string } {
  const [at = '', conversationId = ''] = cursor.split('~')
  if (!cursorTime.test(at) || Number.isNaN(Date.parse(at)) || conversationId === '')
    throw new Refused('invalid', 'cursor.shape', { field: 'cursor' })
  return { at, conversationId }
}
