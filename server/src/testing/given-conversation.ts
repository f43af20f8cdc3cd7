import type { CustomerActor, MemberActor } from '@parley/shared/people.ts'
import type { NewEvent } from '@parley/shared/protocol/events.ts'
import type { Parts } from '../app/parts.ts'
import { createLog, type Held, type Log, messageIdOf, type Written } from '../conversations/index.ts'

export const siteId = 'site_test'
export const queue = { id: 'que_support', name: 'Support' }

/** A site with one support queue and one vendor with its queue, and nobody in it yet. */
export async function givenTestSite(parts: Parts): Promise<void> {
  const { database, clock } = parts
  await database.query(
    `insert into sites (site_id, site_key, settings, created_at) values ($1, 'test', '{}'::jsonb, $2)`,
    [siteId, clock.now()],
  )
  await database.query(
    `insert into vendors (site_id, vendor_id, external_id, name) values ($1, 'ven_kiln', 'kiln', 'Kiln & Thread')`,
    [siteId],
  )
  await database.query(
    `insert into queues (site_id, queue_id, name, kind, vendor_id) values
       ($1, 'que_support', 'Support', 'support', null), ($1, 'que_kiln', 'Kiln & Thread', 'vendor', 'ven_kiln')`,
    [siteId],
  )
}

export async function givenBuyer(parts: Parts, name: string): Promise<CustomerActor> {
  const contactId = `con_${name.toLowerCase()}`
  await parts.database.query(
    `insert into contacts (site_id, contact_id, sub, name, created_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [siteId, contactId, `sub-${contactId}`, name, parts.clock.now()],
  )
  return {
    kind: 'customer',
    siteId,
    visitorId: `vis_${name.toLowerCase()}`,
    contactId,
    role: 'buyer',
    isVerified: true,
    name,
    orders: [],
    vendorId: null,
  }
}

export function member(name: string, role: MemberActor['role'] = 'csr'): MemberActor {
  const isVendor = role === 'vendor'
  return {
    kind: 'member',
    siteId,
    memberId: `mem_${name.toLowerCase()}`,
    accountId: `acc_${name.toLowerCase()}`,
    role,
    name,
    vendorId: isVendor ? 'ven_kiln' : null,
    vendorName: isVendor ? 'Kiln & Thread' : null,
    queueIds: isVendor ? ['que_kiln'] : ['que_support'],
    ...(isVendor ? { vendorState: 'active' as const } : {}),
  }
}

export function openLog(parts: Parts, faults: unknown[] = []): Log {
  return createLog({
    database: parts.database,
    clock: parts.clock,
    companions: [],
    onFault: (error) => faults.push(error),
  })
}

export function start(
  log: Log,
  customer: CustomerActor,
  conversationId: string,
  vendor = false,
): Promise<Written> {
  return log.append({
    actor: customer,
    conversationId,
    requestId: `start-${conversationId}`,
    content: 'start',
    decide: (held) => (held ? [] : [startedBy(customer, vendor)]),
  })
}

export function startedBy(customer: CustomerActor, vendor = false): NewEvent {
  return {
    type: 'conversationStarted',
    payload: {
      with: vendor
        ? { kind: 'vendor', vendorId: 'ven_kiln', name: 'Kiln & Thread' }
        : { kind: 'support', name: 'Test support' },
      about: {},
      customer: {
        contactId: customer.contactId,
        name: customer.name ?? 'Guest',
        role: 'buyer',
        isVerified: customer.isVerified,
      },
      queue: vendor ? { id: 'que_kiln', name: 'Kiln & Thread' } : queue,
      topic: null,
      answers: [],
      isLeftMessage: false,
    },
  }
}

export function say(
  log: Log,
  actor: CustomerActor | MemberActor,
  conversationId: string,
  requestId: string,
  text: string,
): Promise<Written> {
  return log.append({
    actor,
    conversationId,
    requestId,
    content: text,
    decide: (held: Held | null) =>
      held
        ? [
            {
              type: 'messageSent',
              payload: { messageId: messageIdOf(actor, conversationId, requestId), text, files: [] },
            },
          ]
        : [],
  })
}
