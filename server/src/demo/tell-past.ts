import { type CustomerActor, type MemberActor, readerKindOf } from '@parley/shared/people.ts'
import type { Marks } from '@parley/shared/protocol/ephemeral.ts'
import type { About, NewEvent } from '@parley/shared/protocol/events.ts'
import type { Parts } from '../app/parts.ts'
import { createLog, type Log, messageIdOf, moveMarks, publicMember } from '../conversations/index.ts'
import { marlow, products, staff, vendorMembers, vendors } from './cast.ts'
import { type PastConversation, pastConversations } from './past-conversations.ts'
import { type Buyer, findPerson } from './person.ts'
import { demoContactId, demoQueues, vendorQueueId } from './seed.ts'
import { hasConversations } from './seed-store.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Writes the demo's past through the same log as everything else, on a clock that is set back. */
export async function tellPast(parts: Parts): Promise<void> {
  if (await hasConversations(parts.database, marlow.siteId)) return
  const now = parts.clock.now().getTime()
  let at = now
  const log = createLog({
    database: parts.database,
    clock: { now: () => new Date(at) },
    companions: [],
    onFault: (error) => parts.logger.error({ err: error }, 'The demo’s past could not be written.'),
  })
  for (const [index, past] of pastConversations.entries()) {
    at = now - past.daysAgo * day
    const conversationId = `cnv_past_${index}`
    await tell(log, conversationId, past, {
      wait(minutes) {
        at += minutes * minute
      },
      async reads(reader, messageId) {
        const to = { deliveredTo: messageId, readTo: messageId }
        await moveMarks(parts.database, { conversationId, ...reader }, to, new Date(at))
      },
    })
  }
}

interface Telling {
  wait(minutes: number): void
  reads(reader: Pick<Marks, 'readerId' | 'side' | 'name'>, messageId: string): Promise<void>
}

async function tell(
  log: Log,
  conversationId: string,
  past: PastConversation,
  { wait, reads }: Telling,
): Promise<void> {
  const buyer = findPerson(past.buyer)
  if (buyer?.role !== 'buyer') throw new Error(`The cast has no buyer called ${past.buyer}`)
  const customer = customerFrom(buyer, past.buyer)
  const answering = past.answeredBy && memberFrom(past.answeredBy)
  let step = 0
  const append = (actor: CustomerActor | MemberActor, events: NewEvent[]) => {
    step += 1
    return log.append({
      actor,
      conversationId,
      requestId: `past-step-${step}`,
      content: events,
      decide: () => events,
    })
  }
  const say = (actor: CustomerActor | MemberActor, text: string): NewEvent => ({
    type: 'messageSent',
    payload: { messageId: messageIdOf(actor, conversationId, `past-${step}`), text, files: [] },
  })
  // Who writes has read what stood above, and both have read a chat that is over.
  const readsTo = async (actor: CustomerActor | MemberActor, said: NewEvent | undefined) => {
    if (said?.type === 'messageSent') await reads(readerFrom(actor), said.payload.messageId)
  }

  const [first = '', ...rest] = past.lines
  let last = say(customer, first.slice(2))
  await append(customer, [started(past, customer), last])
  if (!answering) return
  wait(past.takenAfter ?? 5)
  await append(answering, [{ type: 'assigned', payload: { to: publicMember(answering), how: 'offered' } }])
  for (const line of rest) {
    wait(1 + (line.length % 3))
    const text = line.slice(2)
    if (line.startsWith('#'))
      await append(answering, [
        { type: 'noteAdded', payload: { noteId: `past-note-${step}`, text, mentions: [] } },
      ])
    else {
      const speaker = line.startsWith('>') ? customer : answering
      last = say(speaker, text)
      await append(speaker, [last])
      await readsTo(speaker, last)
    }
  }
  if (past.daysAgo < 1) return
  await readsTo(answering, last)
  if (!past.isUnread) await readsTo(customer, last)
  wait(20)
  await append(answering, [{ type: 'conversationClosed', payload: { why: 'resolved' } }])
  if (past.rating) await append(customer, [{ type: 'conversationRated', payload: past.rating }])
}

function started(past: PastConversation, customer: CustomerActor): NewEvent {
  const vendorKey = past.with === 'support' || past.with === 'payments' ? null : past.with
  return {
    type: 'conversationStarted',
    payload: {
      with:
        vendorKey === null
          ? { kind: 'support', name: `${marlow.name} support` }
          : { kind: 'vendor', vendorId: vendors[vendorKey].vendorId, name: vendors[vendorKey].name },
      about: aboutOf(past),
      customer: {
        contactId: customer.contactId,
        name: customer.name ?? 'Guest',
        role: 'buyer',
        isVerified: true,
      },
      queue: queueOf(past.with),
      topic: past.topic,
      answers: [],
      isLeftMessage: past.answeredBy === undefined,
    },
  }
}

function aboutOf({ about }: PastConversation): About {
  if (about === undefined) return {}
  if ('orderId' in about)
    return { order: { id: about.orderId, label: `Order ${about.orderId}`, isVerified: true } }
  const { productId, name, price } = products[about.product]
  return { product: { id: productId, name, price: `€${price}.00` } }
}

function queueOf(key: PastConversation['with']): { id: string; name: string } {
  if (key === 'support') return { id: demoQueues.support, name: 'Support' }
  if (key === 'payments') return { id: demoQueues.payments, name: 'Payments and refunds' }
  return { id: vendorQueueId(key), name: vendors[key].name }
}

function readerFrom(actor: CustomerActor | MemberActor): Pick<Marks, 'readerId' | 'side' | 'name'> {
  if (actor.kind === 'customer')
    return { readerId: actor.contactId, side: 'customer', name: actor.name ?? '' }
  return { readerId: actor.memberId, side: readerKindOf(actor), name: actor.name }
}

function customerFrom(buyer: Buyer, key: string): CustomerActor {
  return {
    kind: 'customer',
    siteId: marlow.siteId,
    visitorId: `vis_past_${key}`,
    contactId: demoContactId(key),
    role: 'buyer',
    isVerified: true,
    name: buyer.name,
    orders: [],
    vendorId: null,
  }
}

function memberFrom(key: NonNullable<PastConversation['answeredBy']>): MemberActor {
  const ofVendor = key in vendorMembers ? vendorMembers[key as keyof typeof vendorMembers] : null
  const { memberId, name } = ofVendor ?? staff[key as keyof typeof staff]
  const vendor = ofVendor && vendors[ofVendor.vendor]
  return {
    kind: 'member',
    siteId: marlow.siteId,
    memberId,
    accountId: memberId.replace('mem_', 'acc_'),
    role: ofVendor ? 'vendor' : 'csr',
    name,
    vendorId: vendor?.vendorId ?? null,
    vendorName: vendor?.name ?? null,
    queueIds: [],
  }
}
