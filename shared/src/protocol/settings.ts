import type { MemberId, QueueId, SiteId, VendorId } from '../ids.ts'
import type { MemberRole } from '../people.ts'
import type { KeyScope } from '../policy/key-scopes.ts'
import type { VendorState } from '../vendors/life-cycle.ts'
import type { IntakeForm } from './reading.ts'

/** Opening times of one weekday in the site's time zone, `HH:MM`; an empty list is a closed day. */
export interface Hours {
  timeZone: string
  /** Monday first, seven entries. */
  week: { from: string; to: string }[][]
  /** Dates (YYYY-MM-DD) that are closed whatever the weekday. */
  closedOn: string[]
}

export interface Branding {
  name: string
  /** Hex colour of launcher and own bubbles; ink is chosen for contrast. */
  colour: string
  launcherText: string | null
  side: 'end' | 'start'
  /** Sanitised HTML with a small allow-list, shown above the choices. */
  welcome: string
  /** Sanitised HTML, shown when a chat has ended. */
  closing: string
  /** Plain sentence shown before the first message. */
  notice: string
  /** Where the launcher leads when chat cannot be reached: https: or mailto:. */
  fallbackUrl: string | null
}

export interface Topic {
  id: string
  label: string
  /** Queue that answers it; null is the site's first support queue. */
  queueId: QueueId | null
  /** Which counterpart is offered this topic. */
  for: 'support' | 'vendor' | 'both'
}

export interface SiteSettings {
  siteId: SiteId
  siteKey: string
  allowedOrigins: string[]
  branding: Branding
  hours: Hours
  topics: Topic[]
  intake: { support: IntakeForm; vendor: IntakeForm }
  isIdentityRequired: boolean
  totpRoles: MemberRole[]
  isEnabled: boolean
}

export interface QueueSettings {
  queueId: QueueId
  name: string
  kind: 'support' | 'vendor'
  vendorId: VendorId | null
  memberIds: MemberId[]
  /** `offer`: the next fitting person is asked; `pick`: people take from the queue. */
  mode: 'offer' | 'pick'
  offerSeconds: number
}

export interface MemberSettings {
  memberId: MemberId
  name: string
  email: string
  role: MemberRole
  vendorId: VendorId | null
  capacity: number
  availability: 'available' | 'away'
  isOnline: boolean
  isDisabled: boolean
  isInvited: boolean
  hasTotp: boolean
  queueIds: QueueId[]
}

export interface VendorSettings {
  vendorId: VendorId
  name: string
  /** The marketplace's own id of the vendor, as signed identities name it. */
  externalId: string
  state: VendorState
  /** Its people answer: on probation, active or restricted. */
  isActive: boolean
  queueId: QueueId
}

export interface ApiKey {
  keyId: string
  name: string
  scopes: KeyScope[]
  createdAt: string
  createdBy: string
  /** To the minute. */
  lastUsedAt: string | null
  revokedAt: string | null
}

export interface IdentityKey {
  kid: string
  algorithm: 'HS256' | 'EdDSA'
  createdAt: string
  createdBy: string
  lastUsedAt: string | null
  revokedAt: string | null
}

export interface CannedReply {
  cannedReplyId: string
  shortcut: string
  title: string
  /** `{{customer.firstName}}`, `{{agent.name}}`, `{{order.id}}`, `{{site.name}}` are filled in. */
  text: string
  scope: 'site' | 'vendor'
}

export interface SessionEntry {
  sessionId: string
  memberName: string
  createdAt: string
  lastSeenAt: string
  userAgent: string
  isCurrent: boolean
}

export interface InstallationCheck {
  /** Last time a loader was served for this key, and from which page origins a panel was opened. */
  loaderSeenAt: string | null
  origins: { origin: string; seenAt: string; isAllowed: boolean }[]
  identitySeenAt: string | null
  identityProblem: string | null
}
