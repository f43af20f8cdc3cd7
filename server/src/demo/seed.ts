import type { Parts } from '../app/parts.ts'
import { hashPassword, sealKey } from '../identity/index.ts'
import { alwaysOpen, defaultSettings, dropSite, openSite, type StoredSettings } from '../sites/index.ts'
import type { Sql } from '../storage/database.ts'
import { seedTriggers } from '../triggers/index.ts'
import { marlow, staff, type VendorKey, vendorMembers, vendors } from './cast.ts'
import { castBuyers } from './person.ts'
import { purchasesOf } from './purchase.ts'
import { marketplaceReplies, vendorReplies } from './seed-replies.ts'
import * as store from './seed-store.ts'
import { demoTriggerSettings, demoTriggers } from './triggers.ts'

const { siteId } = marlow

export const demoQueues = { support: 'que_support', payments: 'que_payments' } as const
const vendorKeys = Object.keys(vendors) as VendorKey[]

export function vendorQueueId(key: VendorKey): string {
  return `que_${key}`
}

/** Known ids, so that the demo's past conversations can be told about the same people. */
export function demoContactId(buyerKey: string): string {
  return `con_${buyerKey}`
}

/** The marketplace Marlow with its people; at a later start only what depends on this start is put right. */
export async function seedDemo(parts: Parts): Promise<void> {
  if (parts.config.production) throw new Error('The demo is never seeded in production')
  const isThere = await store.hasSite(parts.database, siteId)
  // The password's work is done before the transaction, which keeps everybody else waiting.
  const people = isThere ? [] : await castMembers()
  await parts.database.transaction(async (sql) => {
    if (people.length > 0 && !(await store.hasSite(sql, siteId))) await seedMarlow(parts, sql, people)
    await store.allowOrigin(sql, siteId, new URL(parts.config.publicUrl).origin)
    await store.seedIdentityKey(sql, siteId, {
      kid: marlow.identityKeyId,
      sealedKey: sealKey(parts, siteId, marlow.identityKeyId, marlow.identitySecret),
      at: parts.clock.now(),
    })
  })
  dropSite(parts, siteId)
}

async function seedMarlow(parts: Parts, sql: Sql, people: readonly CastMember[]): Promise<void> {
  const at = parts.clock.now()
  await openSite(parts, sql, {
    siteId,
    name: marlow.name,
    siteKey: marlow.siteKey,
    settings: marlowSettings(),
    queueId: demoQueues.support,
  })
  await store.seedSupportQueue(sql, siteId, { queueId: demoQueues.payments, name: 'Payments and refunds' })
  for (const key of vendorKeys) {
    const { vendorId, name } = vendors[key]
    await store.seedVendor(sql, siteId, { vendorId, name, queueId: vendorQueueId(key) })
    for (const reply of vendorReplies[key]) {
      const cannedReplyId = `can_${key}_${reply.shortcut}`
      await store.seedCannedReply(sql, siteId, { cannedReplyId, vendorId, ...reply })
    }
  }
  for (const reply of marketplaceReplies) {
    const cannedReplyId = `can_${reply.shortcut}`
    await store.seedCannedReply(sql, siteId, { cannedReplyId, vendorId: null, ...reply })
  }
  await seedTriggers(sql, parts.clock, siteId, demoTriggers, demoTriggerSettings)
  for (const person of people) await store.seedMember(sql, siteId, { ...person, at })
  for (const buyer of castBuyers) {
    const orders = purchasesOf(buyer).map((purchase) => ({
      id: purchase.orderId,
      label: purchase.label,
      vendorIds: purchase.vendors.map((vendor) => vendor.vendorId),
      productIds: purchase.lines.map((line) => line.productId),
    }))
    const { sub, name, email } = buyer
    await store.seedContact(sql, siteId, {
      contactId: demoContactId(buyer.key),
      sub,
      name,
      email,
      orders,
      at,
    })
  }
}

type CastMember = Omit<Parameters<typeof store.seedMember>[2], 'at'>

async function castMembers(): Promise<CastMember[]> {
  const support = [demoQueues.support, demoQueues.payments]
  const ofStaff = Object.values(staff).map((member) => ({
    ...member,
    vendorId: null,
    queueIds: member.role === 'csr' ? support : [],
  }))
  const ofVendors = Object.values(vendorMembers).map(({ vendor, ...member }) => ({
    ...member,
    role: 'vendor' as const,
    vendorId: vendors[vendor].vendorId,
    queueIds: [vendorQueueId(vendor)],
  }))
  return Promise.all(
    [...ofStaff, ...ofVendors].map(async (member) => ({
      ...member,
      accountId: member.memberId.replace('mem_', 'acc_'),
      passwordHash: await hashPassword(marlow.password),
    })),
  )
}

function marlowSettings(): StoredSettings {
  const settings = defaultSettings(marlow.name)
  const toPayments = ['payment', 'return']
  return {
    ...settings,
    hours: alwaysOpen,
    topics: settings.topics.map((topic) =>
      toPayments.includes(topic.id) ? { ...topic, queueId: demoQueues.payments } : topic,
    ),
    branding: {
      ...settings.branding,
      welcome: '<p>Hello. Ask the people who made it, or us.</p>',
      closing: '<p>Thank you for writing. This chat stays here, and you can go on with it at any time.</p>',
      fallbackUrl: 'mailto:help@marlow.example',
    },
  }
}
