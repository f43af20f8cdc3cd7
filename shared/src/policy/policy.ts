import type { Actor, CustomerActor, MemberActor, MemberRole } from '../people.ts'
import { isAdmitted, type VendorState } from '../vendors/life-cycle.ts'
import { actionsOfScope } from './key-scopes.ts'

/** What the policy needs to know of a conversation. */
export interface ConversationFacts {
  siteId: string
  contactId: string
  vendorId: string | null
  queueId: string
  assigneeId: string | null
  /** Who an open offer is made to. */
  offeredTo: string | null
  /** What it is about; a vendor member may be closed off from a topic. */
  topicId?: string | null
  /** Of a room: who is in it, by vendor or by contact. */
  room?: { kind: 'vendors' | 'buyers'; memberIds: readonly string[] }
}

/** A vendor's people are `vendor` while it is admitted; before and after that they are one of the three others. */
export type PolicyRole =
  | 'visitor'
  | 'buyer'
  | 'seller'
  | MemberRole
  | 'applicant'
  | 'trainee'
  | 'suspended'
  | 'system'
  | 'key'

/**
 * How the actor must stand to what is asked for:
 * `own` takes part as the customer · `scope` a vendor member: its vendor's conversation; a CSR: support conversations of
 * its queues, or assigned to it · `site` anything in the actor's own site · `member` is in the room, while the site has
 * rooms of its kind switched on.
 */
type Relation = 'own' | 'scope' | 'site' | 'member'
type Line = Partial<Record<PolicyRole, Relation>>

const customers = { visitor: 'own', buyer: 'own', seller: 'own' } as const
const answering = { vendor: 'scope', csr: 'scope', moderator: 'site', admin: 'site' } as const
const everyMember = { vendor: 'site', csr: 'site', moderator: 'site', admin: 'site' } as const
/** Members of vendors that are not admitted: themselves, and their own vendor's page. */
const waiting = { applicant: 'site', trainee: 'site', suspended: 'site' } as const
const staff = { csr: 'site', moderator: 'site', admin: 'site' } as const
const moderating = { moderator: 'site', admin: 'site' } as const
const inRoom = { buyer: 'member', vendor: 'member' } as const

/** The one table. An action that has no line for a role is refused. */
export const policy = {
  'choices.read': { visitor: 'site', buyer: 'site', seller: 'site' },
  'conversation.start': { visitor: 'site', buyer: 'site', seller: 'site' },
  'conversation.listOwn': { visitor: 'site', buyer: 'site', seller: 'site' },
  'conversation.move': { buyer: 'site', seller: 'site' },
  'visit.end': { visitor: 'site', buyer: 'site', seller: 'site' },
  'conversation.read': { ...customers, ...answering },
  'conversation.unfollow': { visitor: 'site', buyer: 'site', seller: 'site', ...everyMember },
  'message.send': { ...customers, ...answering },
  'file.upload': { ...customers, ...answering },
  'file.download': { ...customers, ...answering },
  'presence.share': { ...customers, ...answering },
  'note.read': { csr: 'scope', moderator: 'site', admin: 'site' },
  'note.write': { csr: 'scope', moderator: 'site', admin: 'site' },
  'conversation.close': { ...customers, ...answering, system: 'site' },
  'conversation.reopen': { ...answering, system: 'site' },
  'conversation.rate': customers,
  'transcript.request': customers,
  'inbox.read': everyMember,
  'contact.view': answering,
  'contact.email': { csr: 'scope', moderator: 'site', admin: 'site' },
  'conversation.take': answering,
  'conversation.transfer': answering,
  'conversation.snooze': { ...answering, system: 'site' },
  'conversation.route': { system: 'site' },
  'availability.set': everyMember,
  'cannedReply.manage': everyMember,
  'session.manageOwn': { ...everyMember, ...waiting },
  'keyboard.saveOwn': { ...everyMember, ...waiting },
  'me.read': { ...everyMember, ...waiting },
  'vendor.viewOwn': { vendor: 'site', ...waiting },
  'vendor.appeal': { vendor: 'site', suspended: 'site' },
  'training.take': { vendor: 'site', trainee: 'site', suspended: 'site' },
  'training.read': { vendor: 'site', trainee: 'site', suspended: 'site', ...staff },
  'vendor.view': staff,
  'vendor.review': staff,
  'vendor.documents': staff,
  'vendor.discipline': { moderator: 'site', admin: 'site' },
  'training.manage': { admin: 'site' },
  'vendorRules.manage': { admin: 'site' },
  'site.view': staff,
  'site.configure': { admin: 'site' },
  'site.create': { admin: 'site' },
  'queue.manage': { admin: 'site' },
  'member.manage': { admin: 'site' },
  'vendor.manage': { admin: 'site' },
  'identityKey.manage': { admin: 'site' },
  'trigger.view': staff,
  'trigger.configure': { admin: 'site' },
  'audit.read': { moderator: 'site', admin: 'site' },

  'moderation.watch': moderating,
  'moderation.act': moderating,
  'moderation.hold': moderating,
  'message.redact': { csr: 'scope', ...moderating },
  'conversation.report': { ...customers, vendor: 'scope' },
  'hand.raise': { csr: 'scope', ...moderating },
  'contact.block': moderating,
  'audit.export': { admin: 'site' },

  'termRules.read': moderating,
  'termRules.configure': { admin: 'site' },
  // Whoever sees the harm may end it.
  'links.switch': moderating,
  // A CSR also has to be named by the site, and nobody scores or decides about themselves: the domain weighs both.
  'review.write': staff,
  'review.read': everyMember,
  'review.decide': { moderator: 'site', admin: 'site' },
  'review.configure': { admin: 'site' },
  'rollout.view': staff,
  'rollout.manage': { admin: 'site' },
  // Whoever sees the harm may end it.
  'rollout.kill': { moderator: 'site', admin: 'site' },
  'tone.read': { csr: 'scope', moderator: 'site', admin: 'site' },

  'apiKey.manage': { admin: 'site' },
  // A key has only those of these that its scopes name.
  'vendor.apply': { admin: 'site', key: 'site' },
  'vendor.products': { admin: 'site', key: 'site' },
  'vendor.standing': { ...staff, key: 'site' },
  'webhook.manage': { admin: 'site' },
  'person.erase': { admin: 'site' },
  'person.hold': { admin: 'site' },
  'retention.manage': { admin: 'site' },

  // Whether the site has rooms at all is the domain's to weigh.
  'room.start': { vendor: 'site' },
  'room.openForBuyers': { admin: 'site', key: 'site' },
} as const satisfies Record<string, Line>

export type Action = keyof typeof policy

/** In a room nobody is a customer and nobody answers: only this may be done there, by whoever has a line in the table too. */
export const roomPolicy: Partial<Record<Action, Line>> = {
  'conversation.read': { ...inRoom, ...moderating },
  'message.send': { ...inRoom, ...moderating },
  'file.upload': { ...inRoom, ...moderating },
  'file.download': { ...inRoom, ...moderating },
  'presence.share': { ...inRoom, ...moderating },
  'conversation.report': inRoom,
  // There is no contact: what is answered is the room's title.
  'contact.view': { vendor: 'member', ...moderating },
  'conversation.close': moderating,
  'conversation.reopen': moderating,
  'note.read': moderating,
  'note.write': moderating,
  'moderation.watch': moderating,
  'moderation.act': moderating,
  'moderation.hold': moderating,
  'message.redact': moderating,
  'hand.raise': moderating,
  'tone.read': moderating,
}

/** What somebody who was blocked may not do, whatever their role may. */
const writing: ReadonlySet<Action> = new Set<Action>([
  'conversation.start',
  'conversation.move',
  'conversation.report',
  'message.send',
  'file.upload',
])

export function policyRoleOf(actor: Actor): PolicyRole {
  if (actor.kind === 'system' || actor.kind === 'key') return actor.kind
  if (actor.kind === 'member') return actor.role === 'vendor' ? vendorRoleOf(actor.vendorState) : actor.role
  if (!actor.isVerified) return 'visitor'
  return actor.role === 'vendor' ? 'seller' : 'buyer'
}

/** What a vendor's people are to the policy, by where their vendor stands. */
export function vendorRoleOf(vendorState: VendorState | undefined): PolicyRole {
  if (vendorState === undefined) return 'applicant'
  if (isAdmitted(vendorState)) return 'vendor'
  if (vendorState === 'training') return 'trainee'
  return vendorState === 'suspended' ? 'suspended' : 'applicant'
}

/** May this actor do this at all, in its own site? Commands on a conversation also ask `permitsOn`. */
export function permits(actor: Actor, action: Action): boolean {
  return relationFor(actor, action) !== undefined
}

/** Would be allowed, had they not been blocked. */
export function isBlockedFrom(actor: Actor, action: Action): boolean {
  if (actor.kind !== 'customer' || actor.isBlocked !== true) return false
  return writing.has(action) && relationOf(actor, action) !== undefined
}

/** May this actor do this to this conversation, now? */
export function permitsOn(actor: Actor, action: Action, conversation: ConversationFacts): boolean {
  const { room } = conversation
  const relation = room === undefined ? relationFor(actor, action) : relationInRoom(actor, action)
  if (relation === undefined || conversation.siteId !== actor.siteId) return false
  if (answeringActions.has(action) && isClosedTopic(actor, conversation)) return false
  switch (relation) {
    case 'site':
      return true
    case 'own':
      return actor.kind === 'customer' && owns(actor, conversation)
    case 'scope':
      return actor.kind === 'member' && isInScope(actor, conversation)
    case 'member':
      return room !== undefined && isIn(room, actor)
  }
  return relation satisfies never
}

function relationFor(actor: Actor, action: Action): Relation | undefined {
  return isBlockedFrom(actor, action) ? undefined : relationOf(actor, action)
}

function relationOf(actor: Actor, action: Action): Relation | undefined {
  if (actor.kind === 'key' && !actor.scopes.some((scope) => actionsOfScope[scope].includes(action)))
    return undefined
  const line: Line = policy[action]
  return line[policyRoleOf(actor)]
}

function relationInRoom(actor: Actor, action: Action): Relation | undefined {
  if (relationFor(actor, action) === undefined) return undefined
  return roomPolicy[action]?.[policyRoleOf(actor)]
}

function isIn({ kind, memberIds }: NonNullable<ConversationFacts['room']>, actor: Actor): boolean {
  if (actor.kind === 'customer')
    return actor.areRoomsOn === true && kind === 'buyers' && memberIds.includes(actor.contactId)
  if (actor.kind !== 'member' || actor.areRoomsOn !== true || actor.vendorId === null) return false
  return kind === 'vendors' && memberIds.includes(actor.vendorId)
}

/** To answer, or to be given to answer: what a vendor member without the training for it may still read. */
const answeringActions: ReadonlySet<Action> = new Set(['message.send', 'file.upload', 'conversation.take'])

/** Closed to this vendor member, whatever else it may do: not trained for the topic, or restricted in it. */
export function isClosedTopic(actor: Actor, { topicId }: Pick<ConversationFacts, 'topicId'>): boolean {
  if (actor.kind !== 'member' || actor.role !== 'vendor') return false
  return (actor.closedTopics ?? []).some((closed) => closed === '*' || closed === topicId)
}

function owns(actor: CustomerActor, conversation: ConversationFacts): boolean {
  return conversation.contactId === actor.contactId
}

function isInScope(actor: MemberActor, conversation: ConversationFacts): boolean {
  if (actor.role === 'vendor') return actor.vendorId !== null && conversation.vendorId === actor.vendorId
  if (conversation.assigneeId === actor.memberId || conversation.offeredTo === actor.memberId) return true
  return conversation.vendorId === null && actor.queueIds.includes(conversation.queueId)
}
