import { createHash } from 'node:crypto'
import type { Parts } from '@parley/server/src/app/parts.ts'
import { systemClock } from '@parley/server/src/clock.ts'
import { readConfig } from '@parley/server/src/config.ts'
import { createLog, publicMember } from '@parley/server/src/conversations/index.ts'
import { marlow } from '@parley/server/src/demo/cast.ts'
import { demoQueues, seedDemo } from '@parley/server/src/demo/seed.ts'
import { fieldSealOf } from '@parley/server/src/identity/index.ts'
import { systemRandom } from '@parley/server/src/random.ts'
import { diskBlobs } from '@parley/server/src/storage/blobs.ts'
import { type Database, openDatabase } from '@parley/server/src/storage/database.ts'
import { migrate } from '@parley/server/src/storage/migrations/migrate.ts'
import { createTimers } from '@parley/server/src/storage/timers.ts'
import type { CustomerActor, MemberActor, MemberRole } from '@parley/shared/people.ts'
import type { NewEvent } from '@parley/shared/protocol/events.ts'
import { protocolVersion } from '@parley/shared/protocol/version.ts'
import { pino } from 'pino'
import type { Party } from './driver-protocol.ts'

const { siteId, siteKey } = marlow
export const vendorCount = 20
const csrCount = 20

/** The marketplace of the measurements, in a database that no server has open yet. */
export interface Marketplace {
  database: Database
  members: MemberActor[]
  cookieOf(member: MemberActor): string
  customer(number: number): Promise<CustomerActor>
  authOf(customer: CustomerActor): object
  start(customer: CustomerActor, member: MemberActor, requestId: string): Promise<string>
  say(customer: CustomerActor, conversationId: string, texts: readonly string[], from?: number): Promise<void>
  /** One fact, as a rule would write it. */
  append(by: CustomerActor | MemberActor, conversationId: string, event: NewEvent): Promise<void>
  close(): Promise<void>
}

export async function openMarketplace(where: {
  dataDir: string
  databaseUrl?: string | undefined
}): Promise<Marketplace> {
  const { dataDir, databaseUrl } = where
  const logger = pino({ level: 'silent' })
  const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' })
  const database = await openDatabase({ databaseUrl, dataDir, logger, seal: fieldSealOf(config, logger) })
  await migrate(database)
  const clock = systemClock
  const parts: Parts = {
    config,
    logger,
    clock,
    random: systemRandom,
    database,
    timers: createTimers({ database, clock, logger }),
    blobs: diskBlobs(dataDir),
  }
  await seedDemo(parts)
  const faults: unknown[] = []
  const log = createLog({ database, clock, companions: [], onFault: (error) => faults.push(error) })
  const members = [
    ...Array.from({ length: vendorCount }, (_, number) => memberOf('vendor', number)),
    ...Array.from({ length: csrCount }, (_, number) => memberOf('csr', number)),
    memberOf('admin', 0),
  ]
  await insertMembers(database, members)

  return {
    database,
    members,
    cookieOf: (member) => `__Host-sid=${tokenOf(member.memberId)}`,
    async customer(number) {
      const customer = customerOf(number)
      await insertCustomer(database, customer)
      return customer
    },
    authOf: (customer) => ({
      kind: 'visitor',
      protocol: protocolVersion,
      siteKey,
      visitorToken: tokenOf(customer.visitorId),
    }),
    async start(customer, member, requestId) {
      const conversationId = `cnv_${requestId}`
      await log.append({
        actor: customer,
        conversationId,
        requestId,
        content: requestId,
        decide: () => [startedBy(customer, member)],
      })
      await log.append({
        actor: member,
        conversationId,
        requestId: `${requestId}-take`,
        content: requestId,
        decide: () => [{ type: 'assigned', payload: { to: publicMember(member), how: 'taken' } }],
      })
      return conversationId
    },
    async say(customer, conversationId, texts, from = 0) {
      await Promise.all(
        texts.map((text, at) =>
          log.append({
            actor: customer,
            conversationId,
            requestId: `said-${from + at}`,
            content: text,
            decide: () => [
              {
                type: 'messageSent',
                payload: { messageId: `msg_${conversationId}_${from + at}`, text, files: [] },
              },
            ],
          }),
        ),
      )
    },
    async append(by, conversationId, event) {
      await log.append({
        actor: by,
        conversationId,
        requestId: null,
        content: null,
        decide: () => [event],
      })
    },
    async close() {
      await log.drain()
      await database.close()
      if (faults.length > 0) throw new Error('The marketplace could not be prepared.', { cause: faults[0] })
    },
  }
}

export interface Scene {
  party(url: string): Party
}

/** Conversations of one customer with one member each, shared evenly among members of vendors and of support. */
export async function openConversations(marketplace: Marketplace, count: number): Promise<Scene> {
  const answering = marketplace.members.filter(({ role }) => role !== 'admin')
  const conversations: { conversationId: string; auth: object; member: number }[] = []
  for (let number = 0; number < count; number += 1) {
    const at = number % answering.length
    const member = answering[at]
    if (!member) continue
    const customer = await marketplace.customer(number)
    const conversationId = await marketplace.start(customer, member, `bench-${number}`)
    conversations.push({ conversationId, auth: marketplace.authOf(customer), member: at })
  }
  return {
    party: (url) => ({
      url,
      customers: conversations.map(({ conversationId, auth }) => ({ conversationId, auth })),
      members: answering.map((member, at) => ({
        cookie: marketplace.cookieOf(member),
        conversationIds: conversations.flatMap((each) => (each.member === at ? [each.conversationId] : [])),
      })),
    }),
  }
}

/** The same people on the relay, which asks nobody who they are. */
export function strangers({ url, ...party }: Party): Party {
  return {
    url,
    customers: party.customers.map(({ conversationId }) => ({ conversationId, auth: {} })),
    members: party.members.map(({ conversationIds }) => ({ conversationIds, cookie: null })),
  }
}

function memberOf(role: MemberRole, number: number): MemberActor {
  const vendorId = role === 'vendor' ? `ven_bench_${number}` : null
  return {
    kind: 'member',
    siteId,
    memberId: `mem_bench_${role}_${number}`,
    accountId: `acc_bench_${role}_${number}`,
    role,
    name: `${role} ${number}`,
    vendorId,
    vendorName: vendorId && `Vendor ${number}`,
    queueIds: role === 'vendor' ? [`que_bench_${number}`] : role === 'csr' ? [demoQueues.support] : [],
  }
}

function customerOf(number: number): CustomerActor {
  return {
    kind: 'customer',
    siteId,
    visitorId: `vis_bench_${number}`,
    contactId: `con_bench_${number}`,
    role: 'buyer',
    isVerified: false,
    name: `Customer ${number}`,
    orders: [],
    vendorId: null,
  }
}

function startedBy(customer: CustomerActor, member: MemberActor): NewEvent {
  const { vendorId, vendorName } = member
  const isVendors = vendorId !== null && vendorName !== null
  return {
    type: 'conversationStarted',
    payload: {
      with: isVendors
        ? { kind: 'vendor', vendorId, name: vendorName }
        : { kind: 'support', name: 'Marlow support' },
      about: { page: { url: 'https://marlow.example/orders/48213', title: 'Your order' } },
      customer: {
        contactId: customer.contactId,
        name: customer.name ?? 'Guest',
        role: 'buyer',
        isVerified: false,
      },
      queue: { id: member.queueIds[0] ?? demoQueues.support, name: vendorName ?? 'Support' },
      topic: { id: 'order', label: 'An order' },
      answers: [],
      isLeftMessage: false,
    },
  }
}

const tokenOf = (id: string) => createHash('sha256').update(`bench ${id}`).digest('base64url')
const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

async function insertMembers(database: Database, members: readonly MemberActor[]): Promise<void> {
  const rows = JSON.stringify(
    members.map((member) => ({
      ...member,
      queueId: member.queueIds[0] ?? null,
      hash: hashOf(tokenOf(member.memberId)),
    })),
  )
  const from = `from json_to_recordset($2::json) as m("memberId" text, "accountId" text, role text, name text,
    "vendorId" text, "vendorName" text, "queueId" text, hash text)`
  for (const text of [
    `insert into vendors (site_id, vendor_id, external_id, name)
     select $1, "vendorId", "vendorId", "vendorName" ${from} where "vendorId" is not null`,
    `insert into queues (site_id, queue_id, name, kind, vendor_id)
     select $1, "queueId", "vendorName", 'vendor', "vendorId" ${from} where "vendorId" is not null`,
    `insert into accounts (account_id, email, created_at)
     select "accountId", "accountId" || '@bench.example', now() ${from} where $1 <> ''`,
    `insert into members (site_id, member_id, account_id, name, role, vendor_id, availability, capacity)
     select $1, "memberId", "accountId", name, role, "vendorId", 'available', 5 ${from}`,
    `insert into queue_members (site_id, queue_id, member_id)
     select $1, "queueId", "memberId" ${from} where "queueId" is not null`,
    `insert into member_sessions (session_id, token_hash, account_id, member_id, created_at, last_seen_at,
       authenticated_at, user_agent)
     select 'ses_' || "memberId", hash, "accountId", "memberId", now(), now(), now(), 'bench' ${from} where $1 <> ''`,
  ])
    await database.query(text, [siteId, rows])
}

/** Signed in at a site of their own; answers their cookie. */
export async function insertAdmin(database: Database, siteId: string): Promise<string> {
  const id = `bench_${siteId}`
  for (const text of [
    `insert into accounts (account_id, email, created_at) values ($2, $2 || '@bench.example', now()) returning $1`,
    `insert into members (site_id, member_id, account_id, name, role) values ($1, $2, $2, 'Admin', 'admin')`,
  ])
    await database.query(text, [siteId, id])
  await database.query(
    `insert into member_sessions (session_id, token_hash, account_id, member_id, created_at, last_seen_at,
       authenticated_at, user_agent)
     values ($1, $2, $1, $1, now(), now(), now(), 'bench')`,
    [id, hashOf(tokenOf(id))],
  )
  return `__Host-sid=${tokenOf(id)}`
}

async function insertCustomer(database: Database, customer: CustomerActor): Promise<void> {
  await database.query(
    'insert into contacts (site_id, contact_id, name, created_at) values ($1, $2, $3, now())',
    [siteId, customer.contactId, customer.name],
  )
  await database.query(
    `insert into visitors (site_id, visitor_id, contact_id, token_hash, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, $4, now(), now(), now() + interval '1 day')`,
    [siteId, customer.visitorId, customer.contactId, hashOf(tokenOf(customer.visitorId))],
  )
}
