import type { CustomerActor, SystemActor } from '@parley/shared/people.ts'
import type { NewEvent } from '@parley/shared/protocol/events.ts'
import type { Parts } from '../app/parts.ts'
import type { Held, Log } from '../conversations/index.ts'
import { loadSite, toSupport } from '../sites/index.ts'
import { conversationsOfOthersOrders, supportQueues } from './store.ts'

/**
 * A conversation about an order is its vendor's only while the signed identity names that vendor for it: it goes to the
 * marketplace otherwise, what is closed too. An order that the identity does not bring says nothing.
 */
export async function followOrders(
  parts: Parts,
  log: Pick<Log, 'append'>,
  customer: CustomerActor,
): Promise<void> {
  const { siteId, contactId, orders } = customer
  if (orders.length === 0) return
  const conversationIds = await conversationsOfOthersOrders(parts.database, siteId, contactId, orders)
  if (conversationIds.length === 0) return
  const [site, found] = await Promise.all([loadSite(parts, siteId), supportQueues(parts.database, siteId)])
  const queues = found.map(({ queueId: id, name }) => ({ id, name }))
  const actor: SystemActor = { kind: 'system', siteId, rule: 'orders' }
  await Promise.all(
    conversationIds.map((conversationId) =>
      log.append({
        actor,
        conversationId,
        requestId: null,
        content: null,
        goesFirst: true,
        decide(held): NewEvent[] {
          if (!held || !isOfAnothersOrder(held, customer)) return []
          const { topic, about, with: vendor } = held.conversation
          const moved = toSupport(site, queues, topic?.id)
          if (moved.length === 0) return []
          const text = `${about.order?.label ?? about.order?.id ?? ''}: the marketplace no longer names ${vendor.name} for this order. The conversation left the vendor.`
          const noteId = `order_${held.heads.staff + 1}`
          return [{ type: 'noteAdded', payload: { noteId, text, mentions: [] } }, ...moved]
        },
      }),
    ),
  )
}

function isOfAnothersOrder({ siteId, conversation }: Held, customer: CustomerActor): boolean {
  const { with: counterpart, about } = conversation
  if (siteId !== customer.siteId || conversation.customer.contactId !== customer.contactId) return false
  if (counterpart.kind !== 'vendor') return false
  const order = customer.orders.find(({ id }) => id === about.order?.id)
  return order !== undefined && !order.vendorIds.includes(counterpart.vendorId)
}
