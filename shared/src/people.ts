import type { ContactId, MemberId, QueueId, SiteId, VendorId, VisitorId } from './ids.ts'
import type { KeyScope } from './policy/key-scopes.ts'
import type { VendorState } from './vendors/life-cycle.ts'

/** Which stream of a conversation somebody reads. Positions are dense per reader kind. */
export type ReaderKind = 'customer' | 'vendor' | 'staff'

/** How a person is shown: shape, glyph and word follow from it. */
export type Party = 'buyer' | 'vendor' | 'support' | 'moderator' | 'system'

export type MemberRole = 'admin' | 'moderator' | 'csr' | 'vendor'

/** Who wrote or did something, as everybody entitled may see it. Never carries an address. */
export interface Author {
  side: ReaderKind | 'system'
  party: Party
  id: string
  name: string
  /** The vendor's shop name, for people who answer for a vendor. */
  of?: string
  /** A buyer among buyers: of one side with the reader, and not the reader for it. */
  isInRoom?: true
}

/** Who is asking, decided by the server before any command runs. */
export type Actor = CustomerActor | MemberActor | SystemActor | KeyActor

/** A browser of the marketplace: anonymous, or a contact proven by a signed identity. */
export interface CustomerActor {
  kind: 'customer'
  siteId: SiteId
  visitorId: VisitorId
  contactId: ContactId
  role: 'buyer' | 'vendor'
  isVerified: boolean
  name: string | null
  /** From the signed identity only: what this person may talk about. */
  orders: readonly SignedOrder[]
  /** From the signed identity of a vendor only. */
  vendorId: VendorId | null
  /** A moderator has stopped this person from writing. */
  isBlocked?: true
  /** The site has rooms for buyers switched on: without it no room is there for them. */
  areRoomsOn?: true
}

export interface SignedOrder {
  id: string
  label?: string
  vendorIds: readonly VendorId[]
  productIds?: readonly string[]
}

/** Somebody who answers: staff of the marketplace, or a member of one vendor. */
export interface MemberActor {
  kind: 'member'
  siteId: SiteId
  memberId: MemberId
  accountId: string
  role: MemberRole
  name: string
  vendorId: VendorId | null
  vendorName: string | null
  queueIds: readonly QueueId[]
  /** Of vendor members only: where their vendor stands now. Without it nothing is permitted to them. */
  vendorState?: VendorState
  /** Topics this vendor member may not answer now: not trained for them, or restricted. `*` is every conversation. */
  closedTopics?: readonly string[]
  /** Of vendor members: the site has rooms for vendors switched on. Without it no room is there for them. */
  areRoomsOn?: true
}

export interface SystemActor {
  kind: 'system'
  siteId: SiteId
  /** The rule or job that acts: `routing`, `snooze`. */
  rule: string
}

/** The marketplace's own server, by an API key: nobody in any conversation. */
export interface KeyActor {
  kind: 'key'
  siteId: SiteId
  keyId: string
  name: string
  scopes: readonly KeyScope[]
}

export function readerKindOf(actor: Actor): ReaderKind {
  if (actor.kind === 'customer') return 'customer'
  if (actor.kind === 'member' && actor.role === 'vendor') return 'vendor'
  return 'staff'
}

export function authorOf(actor: Actor): Author {
  switch (actor.kind) {
    case 'customer':
      return {
        side: 'customer',
        party: actor.role === 'vendor' ? 'vendor' : 'buyer',
        id: actor.contactId,
        name: actor.name ?? 'Guest',
      }
    case 'member':
      return {
        side: actor.role === 'vendor' ? 'vendor' : 'staff',
        party: actor.role === 'vendor' ? 'vendor' : actor.role === 'moderator' ? 'moderator' : 'support',
        id: actor.memberId,
        name: actor.name,
        ...(actor.vendorName === null ? {} : { of: actor.vendorName }),
      }
    case 'system':
      return { side: 'system', party: 'system', id: actor.rule, name: 'Parley' }
    case 'key':
      return { side: 'system', party: 'system', id: actor.keyId, name: `API key “${actor.name}”` }
  }
}

/** The id under which an actor's requests are remembered; a contact keeps it in every browser. */
export function actorIdOf(actor: Actor): string {
  if (actor.kind === 'customer') return actor.contactId
  if (actor.kind === 'key') return actor.keyId
  return actor.kind === 'member' ? actor.memberId : `system:${actor.rule}`
}
