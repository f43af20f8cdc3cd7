import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { buyers, marlow } from '../demo/cast.ts'
import { hasRedis } from '../testing/across-nodes.ts'
import { startCluster } from '../testing/cluster.ts'
import { expectFoldToMatchStore } from '../testing/fold-matches-store.ts'
import { type Marlow, type Person, startMarlow } from '../testing/marlow.ts'
import { waitFor } from '../testing/wait-for.ts'

type Orders = { id: string; vendorIds: string[]; label?: string; productIds?: string[] }[]
const kiln = ['ven_kiln']
const nordvik = ['ven_nordvik']
let site: Marlow
let elin: Person
let priya: Person
let daniel: Person
beforeAll(async () => {
  site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000000' })
  const ines = await site.member('ines')
  for (const [queueId, memberIds] of [
    ['que_support', ['mem_priya']],
    ['que_kiln', ['mem_elin']],
  ] as const)
    await ines.ask('saveQueue', {
      requestId: requestId(),
      queueId,
      name: 'Queue',
      memberIds: [...memberIds],
      mode: 'pick',
      offerSeconds: 60,
    })
  elin = await site.member('elin')
  priya = await site.member('priya')
  daniel = await site.member('daniel')
})
afterAll(() => site?.close())

let count = 0
const requestId = () => {
  count += 1
  return `orders-${count}`
}
const write = (conversationId: string) => ({ requestId: requestId(), conversationId })

/** A page that the shop has signed these orders for. */
async function arrives(
  orders: Orders,
  { sub, name }: { sub: string; name: string } = buyers.marta,
  node = site,
) {
  const identityToken = await new SignJWT({ role: 'buyer', name, orders })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: marlow.identityKeyId })
    .setIssuer(marlow.siteKey)
    .setAudience('parley')
    .setSubject(sub)
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(new TextEncoder().encode(marlow.identitySecret))
  return node.visitor({ identityToken })
}
async function starts(buyer: Person, orderId: string, words = 'canary-of-the-order'): Promise<string> {
  const { conversationId } = await buyer.ask('startConversation', {
    requestId: requestId(),
    with: { kind: 'vendor', vendorId: 'ven_kiln' },
    about: { order: { id: orderId } },
    answers: { description: words },
  })
  return conversationId
}
async function eventsOf(person: Person, conversationId: string) {
  return (await person.ask('readConversation', { conversationId })).events
}
const absent = { code: 'notFound' }
async function expectGone(conversationId: string): Promise<void> {
  for (const command of ['readConversation', 'followConversation', 'viewContact'] as const)
    expect(await elin.refusal(command, { conversationId })).toEqual(absent)
  expect(await elin.refusal('sendMessage', { ...write(conversationId), text: 'Still here?' })).toEqual(absent)
  for (const view of ['all', 'closed', 'waiting', 'mine'] as const)
    expect(JSON.stringify(await elin.ask('listInbox', { view }))).not.toContain(conversationId)
}
async function expectStays(conversationId: string): Promise<void> {
  const { conversation } = await elin.ask('readConversation', { conversationId })
  expect(conversation.with).toMatchObject({ kind: 'vendor', vendorId: 'ven_kiln' })
}

describe('a conversation about an order', () => {
  it('leaves the vendor when the shop signs the order for others, and the open screen hears nothing after', async () => {
    const marta = await arrives([{ id: 'ord-1', vendorIds: kiln, label: 'Order 1' }])
    const conversationId = await starts(marta, 'ord-1')
    await elin.ask('takeConversation', write(conversationId))
    const screen = elin.open(conversationId)
    await waitFor(() => screen.get().events.length > 0)
    const again = await arrives([{ id: 'ord-1', vendorIds: nordvik, label: 'Order 1' }])
    await waitFor(() => elin.frames.some(({ name }) => name === 'hint:forget'))
    const heard = elin.frames.length
    await again.ask('sendMessage', { ...write(conversationId), text: 'canary-after-it-left' })
    await expectGone(conversationId)
    const since = JSON.stringify(elin.frames.slice(heard))
    expect(since).not.toContain(conversationId)
    expect(JSON.stringify(elin.frames)).not.toMatch(/canary-after-it-left|ven_nordvik|no longer names/)

    const events = await eventsOf(again, conversationId)
    expect(events.filter(({ type }) => type === 'transferred')).toMatchObject([
      { by: { side: 'system', id: 'orders' }, payload: { with: { kind: 'support' } } },
    ])
    const staff = await eventsOf(priya, conversationId)
    expect(staff.find(({ type }) => type === 'noteAdded')).toMatchObject({
      by: { side: 'system' },
      payload: {
        text: 'Order 1: the marketplace no longer names Kiln & Thread for this order. The conversation left the vendor.',
      },
    })
    const { conversation } = await priya.ask('readConversation', { conversationId })
    expect(conversation).toMatchObject({ status: 'waiting', queue: { id: 'que_support' }, assignee: null })
    await expectFoldToMatchStore(site, conversationId, [
      { reader: 'customer', feed: again.open(conversationId) },
      { reader: 'staff', feed: daniel.open(conversationId) },
    ])
  })

  it('stays while the identity still names the vendor, beside others too, and when it does not bring the order', async () => {
    const marta = await arrives([{ id: 'ord-2', vendorIds: kiln }])
    const conversationId = await starts(marta, 'ord-2')
    await arrives([{ id: 'ord-2', vendorIds: [...nordvik, ...kiln] }])
    await expectStays(conversationId)
    await arrives([{ id: 'ord-other', vendorIds: nordvik }])
    await expectStays(conversationId)
    await arrives([])
    await expectStays(conversationId)
  })

  it('that is closed leaves the vendor too, and stays closed', async () => {
    const marta = await arrives([{ id: 'ord-3', vendorIds: kiln }])
    const conversationId = await starts(marta, 'ord-3')
    await elin.ask('takeConversation', write(conversationId))
    await elin.ask('closeConversation', write(conversationId))
    await expectStays(conversationId)
    const before = await daniel.ask('readConversation', { conversationId })
    const again = await arrives([{ id: 'ord-3', vendorIds: [] }])
    await expectGone(conversationId)
    const { conversation } = await again.ask('readConversation', { conversationId })
    expect(conversation).toMatchObject({
      status: 'closed',
      closedAt: before.conversation.closedAt,
      with: { kind: 'support' },
      waitingSince: null,
    })
    await expectFoldToMatchStore(site, conversationId, [
      { reader: 'customer', feed: again.open(conversationId) },
      { reader: 'staff', feed: daniel.open(conversationId) },
    ])
    await again.ask('sendMessage', { ...write(conversationId), text: 'One more thing' })
    const reopened = await priya.ask('readConversation', { conversationId })
    expect(reopened.conversation).toMatchObject({ status: 'waiting', queue: { id: 'que_support' } })
    await expectGone(conversationId)
  })

  it('leaves once, however often and wherever the same identity is shown at the same moment', async () => {
    const marta = await arrives([{ id: 'ord-4', vendorIds: kiln }])
    const conversationId = await starts(marta, 'ord-4')
    await Promise.all(Array.from({ length: 6 }, () => arrives([{ id: 'ord-4', vendorIds: nordvik }])))
    await arrives([{ id: 'ord-4', vendorIds: nordvik }])
    const types = (await eventsOf(daniel, conversationId)).map(({ type }) => type)
    expect(types.filter((type) => type === 'transferred')).toHaveLength(1)
    expect(types.filter((type) => type === 'noteAdded')).toHaveLength(1)
  })

  it('of somebody else with the same order stays', async () => {
    const omar = { sub: 'buyer-of-the-same', name: 'Second' }
    const theirs = await starts(await arrives([{ id: 'ord-5', vendorIds: kiln }], omar), 'ord-5')
    const own = await starts(await arrives([{ id: 'ord-5', vendorIds: kiln }]), 'ord-5')
    await arrives([{ id: 'ord-5', vendorIds: nordvik }])
    await expectStays(theirs)
    await expectGone(own)
  })

  it('of two vendors shows neither which other it names nor what else is in it', async () => {
    const products = ['prd_canary_lamp', 'prd_canary_cup']
    const marta = await arrives([
      { id: 'ord-6', vendorIds: [...kiln, ...nordvik], productIds: products },
      { id: 'ord-canary-foreign', vendorIds: nordvik, label: 'canary-label' },
    ])
    const conversationId = await starts(marta, 'ord-6')
    const seen = [
      await elin.ask('viewContact', { conversationId }),
      await elin.ask('readConversation', { conversationId }),
      await elin.ask('listInbox', { view: 'all' }),
    ]
    expect(JSON.stringify(seen)).not.toMatch(/ven_nordvik|prd_canary|canary-label|ord-canary/)
    expect(seen[0]).toMatchObject({ orders: [{ id: 'ord-6', label: 'Order ord-6' }] })
  })
})

describe.skipIf(!hasRedis)('a conversation about an order on two nodes', () => {
  it('leaves once though both are shown the identity, and the vendor on either hears nothing after', async () => {
    const cluster = await startCluster({ RATE_LIMIT_FACTOR: '1000000' })
    onTestFinished(() => cluster.close())
    const nodes = [cluster.a, cluster.b]
    const vendors = await Promise.all(nodes.map((node) => node.member('elin')))
    const marta = await arrives([{ id: 'ord-1', vendorIds: kiln }], buyers.marta, cluster.a)
    const conversationId = await starts(marta, 'ord-1')
    const screens = vendors.map((vendor) => vendor.open(conversationId))
    await waitFor(() => screens.every((screen) => screen.get().events.length > 0))
    const [again] = await Promise.all(
      [...nodes, ...nodes].map((node) => arrives([{ id: 'ord-1', vendorIds: [] }], buyers.marta, node)),
    )
    await again?.ask('sendMessage', { ...write(conversationId), text: 'canary-after-it-left' })
    await waitFor(() => vendors.every(({ frames }) => frames.some(({ name }) => name === 'hint:forget')))
    for (const vendor of vendors) {
      expect(await vendor.refusal('readConversation', { conversationId })).toEqual(absent)
      expect(JSON.stringify(vendor.frames)).not.toContain('canary-after-it-left')
    }
    const events = await eventsOf(await cluster.b.member('daniel'), conversationId)
    expect(events.filter(({ type }) => type === 'transferred')).toHaveLength(1)
  })
})
