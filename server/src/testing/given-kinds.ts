import type { Author, CustomerActor, SystemActor } from '@parley/shared/people.ts'
import type { ConversationFacts } from '@parley/shared/policy/policy.ts'
import type { NewEvent, PublicMember, RoomCounterpart } from '@parley/shared/protocol/events.ts'
import { createLog, messageIdOf } from '../conversations/index.ts'
import { marlow, staff, vendors } from '../demo/cast.ts'
import type { Everybody, Name } from './everybody.ts'
import type { Marlow, Person } from './marlow.ts'
import { rollOut } from './roll-out.ts'

/** How conversations can differ in who may have them. */
export const kinds = [
  'kiln',
  'nordvik',
  'support',
  'payments',
  'ofStranger',
  'assignedToPriya',
  'offeredToPriya',
  'kilnAssignedToPriya',
  'vendorRoom',
  'buyerRoom',
  'elsewhere',
] as const
export type Kind = (typeof kinds)[number]

export interface Given {
  kind: Kind
  conversationId: string
  messageId: string
  /** Said in it, and nowhere else. */
  canary: string
  owner: Name
  facts: ConversationFacts
}

const priya: PublicMember = {
  memberId: staff.priya.memberId,
  name: staff.priya.name,
  party: 'support',
}

/** Conversations written straight into the log: their facts are known here, whatever the server makes of them. */
export async function createKinds(
  site: Marlow,
  everybody: Everybody,
): Promise<(kind: Kind) => Promise<Given>> {
  const { parts } = site.world
  const log = createLog({
    database: parts.database,
    clock: parts.clock,
    companions: [],
    onFault: (error) => {
      throw error
    },
  })
  await switchRoomsOn(everybody)
  const { queues } = await everybody.secondAdmin.person.ask('listQueues', {})
  const queueElsewhere = queues[0]?.queueId ?? ''
  let made = 0

  return async (kind) => {
    made += 1
    const conversationId = `cnv_${kind}_${made}`
    const canary = `canary${kind}${made}`
    const owner = ownerOf(kind)
    const customer = everybody[owner].actor as CustomerActor
    const room = roomOf(kind, customer)
    const facts: ConversationFacts = {
      siteId: customer.siteId,
      contactId: room ? conversationId : customer.contactId,
      vendorId: vendorOf(kind)?.vendorId ?? null,
      queueId: queueOf(kind, queueElsewhere),
      assigneeId: kind === 'assignedToPriya' || kind === 'kilnAssignedToPriya' ? priya.memberId : null,
      offeredTo: kind === 'offeredToPriya' ? priya.memberId : null,
      ...(room && { room: { kind: room.kind, memberIds: room.members.map(({ id }) => id) } }),
    }
    const append = (actor: CustomerActor | SystemActor, step: string, events: NewEvent[]) =>
      log.append({ actor, conversationId, requestId: `given-${step}`, content: step, decide: () => events })
    const messageId = messageIdOf(customer, conversationId, 'given-start')
    await append(customer, 'start', [
      startedBy(customer, facts, vendorOf(kind)?.name, room),
      { type: 'messageSent', payload: { messageId, text: `Hello, ${canary}`, files: [] } },
    ])
    const system: SystemActor = { kind: 'system', siteId: customer.siteId, rule: 'routing' }
    if (facts.assigneeId !== null)
      await append(system, 'assigned', [{ type: 'assigned', payload: { to: priya, how: 'transferred' } }])
    if (facts.offeredTo !== null) {
      const untilAt = new Date(parts.clock.now().getTime() + 3_600_000).toISOString()
      await append(system, 'offered', [{ type: 'offerMade', payload: { to: priya, untilAt } }])
    }
    return { kind, conversationId, messageId, canary, owner, facts }
  }
}

function ownerOf(kind: Kind): Name {
  if (kind === 'elsewhere') return 'secondAnonymous'
  if (kind === 'vendorRoom') return 'elin'
  if (kind === 'ofStranger') return 'anonymous'
  return vendorOf(kind) || kind === 'buyerRoom' ? 'marta' : 'omar'
}

function vendorOf(kind: Kind): (typeof vendors)['kiln' | 'nordvik'] | null {
  if (kind === 'nordvik') return vendors.nordvik
  return kind === 'kiln' || kind === 'kilnAssignedToPriya' ? vendors.kiln : null
}

function queueOf(kind: Kind, elsewhere: string): string {
  if (kind === 'elsewhere') return elsewhere
  if (kind === 'vendorRoom' || kind === 'buyerRoom') return ''
  if (kind === 'nordvik') return 'que_nordvik'
  if (kind === 'kiln' || kind === 'kilnAssignedToPriya') return 'que_kiln'
  return kind === 'support' || kind === 'ofStranger' ? 'que_support' : 'que_payments'
}

/** One that Kiln, or Marta, is in with somebody who is nobody here. */
function roomOf(kind: Kind, customer: CustomerActor): RoomCounterpart | undefined {
  if (kind === 'vendorRoom') {
    const { vendorId, name } = vendors.kiln
    return { kind: 'vendors', name, members: [{ id: vendorId, name }, somebodyElse] }
  }
  if (kind !== 'buyerRoom') return undefined
  return { kind: 'buyers', name: 'Weavers', members: [{ id: customer.contactId, name: 'M' }, somebodyElse] }
}
const somebodyElse = { id: 'somebody-else', name: 'Somebody else' }

/** Everybody could be in one; who is, is the conversation's to say. */
async function switchRoomsOn({ ines, elin, nils, marta, omar }: Everybody): Promise<void> {
  await switchRooms(ines.person, { vendors: true, buyers: true })
  for (const asker of [elin, nils, marta, omar]) Object.assign(asker.actor, { areRoomsOn: true })
}

export async function switchRooms(
  admin: Person,
  { vendors, buyers }: { vendors: boolean; buyers: boolean },
): Promise<void> {
  await rollOut(admin, 'rooms.vendors', { sharePercent: vendors ? 100 : 0 })
  await rollOut(admin, 'rooms.buyers', { sharePercent: buyers ? 100 : 0 })
}

function startedBy(
  customer: CustomerActor,
  facts: ConversationFacts,
  vendorName: string | undefined,
  room: RoomCounterpart | undefined,
): NewEvent {
  const name: Author['name'] = customer.name ?? 'Guest'
  return {
    type: 'conversationStarted',
    payload: {
      with:
        room ??
        (facts.vendorId === null
          ? { kind: 'support', name: `${marlow.name} support` }
          : { kind: 'vendor', vendorId: facts.vendorId, name: vendorName ?? '' }),
      about: {},
      customer: {
        contactId: facts.contactId,
        name,
        role: 'buyer',
        isVerified: room !== undefined || customer.isVerified,
      },
      queue: { id: facts.queueId, name: facts.queueId },
      topic: null,
      answers: [],
      isLeftMessage: false,
    },
  }
}
