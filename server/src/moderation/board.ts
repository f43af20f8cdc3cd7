import { needOf } from '@parley/shared/conversation/need.ts'
import { isWatchedOver } from '@parley/shared/conversation/room.ts'
import { permits } from '@parley/shared/policy/policy.ts'
import type { BoardNeed, BoardRow } from '@parley/shared/protocol/reading.ts'
import { Refused } from '../app/refused.ts'
import type { SiteCommands } from '../app/site-command.ts'
import type { Held } from '../conversations/index.ts'
import { rowFor } from '../inbox/index.ts'
import { termRulesNow } from '../terms/index.ts'
import { dissatisfactionNow } from '../tone/index.ts'
import { vendorStanding } from '../vendors/index.ts'
import { type BoardPlace, countBoard, pageOfBoard } from './board-store.ts'
import { boardVendorOf, vendorIdOf } from './board-vendors.ts'

/** What is not with support, and whatever a colleague has raised a hand for. */
export function isOnBoard({ conversation }: Held): boolean {
  if (conversation.status === 'closed') return false
  return isWatchedOver(conversation) || conversation.hand !== null
}

const nothingKnown = { ofVendor: null, dissatisfaction: null }

/** Made of the fold; a row that is told live leaves out the tone, which is told by itself. */
export function boardRowFor(
  held: Held,
  updatedAt: string,
  { ofVendor, dissatisfaction }: Pick<BoardNeed, 'ofVendor' | 'dissatisfaction'> = nothingKnown,
): BoardRow {
  const { conversation } = held
  const { flags, hand, moderation, isBlocked, isHolding } = conversation
  const kinds = [...new Set(flags.flatMap((flag) => flag.kinds))]
  return {
    ...rowFor(held, 'staff', updatedAt, 0),
    moderation,
    need: {
      score: needOf(conversation),
      flags: flags.filter((flag) => flag.kinds.some((kind) => kind !== 'reported')).length,
      kinds: kinds.filter((kind) => kind !== 'reported'),
      reports: flags.filter((flag) => flag.kinds.includes('reported')).length,
      held: conversation.held.vendor.length + conversation.held.customer.length,
      hand: hand && { by: hand.by.name, reason: hand.reason, at: hand.at },
      isBlocked,
      isHolding,
      dissatisfaction,
      ofVendor,
    },
  }
}

export const boardCommands: SiteCommands = {
  async listBoard({ actor, input, sql, parts, origin }) {
    if (!permits(actor, 'moderation.watch')) throw new Refused('notAllowed')
    const after = input.cursor === undefined ? null : readCursor(input.cursor)
    // Join first, then read: what changes in between arrives live.
    await origin.rooms?.followBoard(input.isLive)
    const [listed, counts] = await Promise.all([
      pageOfBoard(sql, actor.siteId, input, after),
      countBoard(sql, actor.siteId),
    ])
    const last = listed.at(-1)
    const vendorIds = [...new Set(listed.flatMap(({ held }) => vendorIdOf(held)))]
    const [vendors, { rules }, tones] = await Promise.all([
      vendorStanding(sql, actor.siteId, vendorIds),
      termRulesNow(sql, actor.siteId),
      dissatisfactionNow(
        parts,
        sql,
        actor.siteId,
        listed.map(({ held }) => held.conversation.conversationId),
      ),
    ])
    return {
      rows: listed.map(({ held, updatedAt }) => {
        const [vendorId = ''] = vendorIdOf(held)
        return boardRowFor(held, updatedAt, {
          ofVendor: boardVendorOf(vendorId, vendors.get(vendorId), rules),
          dissatisfaction: tones.get(held.conversation.conversationId) ?? null,
        })
      }),
      cursor: last && listed.length === input.limit ? cursorOf(last) : null,
      counts,
    }
  },
}

function cursorOf({ place }: { place: BoardPlace }): string {
  return `${place.need}~${place.waitingSince}~${place.conversationId}`
}

const cursorShape = /^(\d{1,6})~(infinity|\d{4}-\d\d-\d\dT[\d:.]+Z)~([A-Za-z0-9_.:-]{1,80})$/

function readCursor(cursor: string): BoardPlace {
  const [, need, waitingSince = '', conversationId = ''] = cursorShape.exec(cursor) ?? []
  const isTime = waitingSince === 'infinity' || !Number.isNaN(Date.parse(waitingSince))
  if (need === undefined || !isTime) throw new Refused('invalid', 'cursor.shape', { field: 'cursor' })
  return { need: Number(need), waitingSince, conversationId }
}
