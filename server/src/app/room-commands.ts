import type { Actor, MemberActor } from '@parley/shared/people.ts'
import type { RoomCounterpart } from '@parley/shared/protocol/events.ts'
import { conversationIdOf, type Log, messageIdIn, roomIdOf } from '../conversations/index.ts'
import {
  buyerRoomEvents,
  buyerRooms,
  buyersBySub,
  checkBuyers,
  listRoomVendors,
  otherVendor,
  refuseWithoutRooms,
  vendorRoomEvents,
  vendorsWithRooms,
} from '../rooms/index.ts'
import { maskCards } from '../terms/index.ts'
import { answerFor } from './dispatch.ts'
import { hostsGuard } from './hosts-guard.ts'
import type { Parts } from './parts.ts'
import { Refused } from './refused.ts'
import type { SiteCommands } from './site-command.ts'
import { weigh } from './terms-guard.ts'

/** How rooms begin: the log is written, and no conversation is named yet. */
export function roomCommands(parts: Parts, log: Log): SiteCommands {
  const { database } = parts
  return {
    async listRoomVendors({ actor, sql }) {
      const { siteId, vendorId } = asVendor(actor)
      const hasRooms = await vendorsWithRooms(parts, siteId)
      const vendors = await listRoomVendors(sql, siteId, vendorId)
      return { vendors: vendors.filter((vendor) => hasRooms(vendor.vendorId)) }
    },

    async startVendorRoom({ actor, input }) {
      const vendor = asVendor(actor)
      const { siteId } = vendor
      const isPossible =
        input.vendorId !== vendor.vendorId && (await vendorsWithRooms(parts, siteId))(input.vendorId)
      const other = isPossible ? await otherVendor(database, siteId, input.vendorId) : undefined
      if (!other) throw new Refused('notFound', 'vendor.unknown')
      const own = { id: vendor.vendorId, name: vendor.vendorName ?? '' }
      const members = [own, { id: other.vendorId, name: other.name }]
      const name = members.map((member) => member.name).join(' and ')
      const room: RoomCounterpart = { kind: 'vendors', name, members }
      const conversationId = roomIdOf(
        siteId,
        members.map(({ id }) => id),
      )
      const { requestId, text } = input
      const weighed = await weigh(parts, vendor, conversationId, text, room)
      const written = await log.append({
        actor: vendor,
        conversationId,
        requestId,
        content: ['startVendorRoom', input],
        decide(held) {
          const events = vendorRoomEvents(held, vendor, { conversationId, requestId, text, room })
          return weighed.guard(events, { counterpart: room, before: held })
        },
      })
      return { ...answerFor(vendor, written), messageId: messageIdIn(written.events) ?? '' }
    },

    async openBuyerRoom({ actor, input }) {
      const refuseLacking = await buyerRooms(parts, actor.siteId)
      const subs = input.members.map(({ sub }) => sub)
      const members = checkBuyers(input, await buyersBySub(database, actor.siteId, subs))
      refuseLacking(members)
      const conversationId = conversationIdOf(actor, input.requestId)
      const name = maskCards(input.name)
      const guardHosts = await hostsGuard(parts, actor)
      await log.append({
        actor,
        conversationId,
        requestId: input.requestId,
        content: ['openBuyerRoom', input],
        decide: (held) => guardHosts(buyerRoomEvents(held, conversationId, name, members)),
      })
      return { conversationId }
    },
  }
}

function asVendor(actor: Actor): MemberActor & { vendorId: string } {
  if (actor.kind !== 'member' || actor.vendorId === null) throw new Refused('notAllowed')
  refuseWithoutRooms(actor)
  return { ...actor, vendorId: actor.vendorId }
}
