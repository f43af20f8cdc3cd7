import type { EventPayloads, EventType } from './events.ts'

/**
 * What of each event an integration of the site's admins may have: the audience policy's line for webhooks. `null` never
 * leaves; an empty list is the bare fact. What only staff see leaves without anybody's words, and so does what is held:
 * notes, whispers, reasons, private answers, addresses and sealed originals stay.
 */
export const webhookFields = {
  conversationStarted: ['with', 'about', 'customer', 'queue', 'topic', 'answers', 'isLeftMessage'],
  contactDetailsGiven: [],
  customerIdentified: ['customer'],
  messageSent: ['messageId', 'text', 'files', 'heldAs', 'isRedacted'],
  noteAdded: null,
  offerMade: ['to', 'untilAt'],
  offerLapsed: ['to', 'why'],
  assigned: ['to', 'how'],
  transferred: ['with', 'queue'],
  transferExplained: null,
  snoozed: ['untilAt'],
  unsnoozed: ['why'],
  conversationClosed: ['why'],
  conversationReopened: ['why'],
  conversationRated: ['stars', 'words'],
  transcriptRequested: [],
  whisperSent: null,
  moderatorJoined: ['moderator'],
  moderatorLeft: ['moderator'],
  takenOver: ['moderator', 'from'],
  handedBack: ['moderator', 'to'],
  holdingStarted: [],
  holdingStopped: [],
  moderationExplained: null,
  vendorMessageHeld: ['messageId', 'why'],
  customerMessageHeld: ['messageId', 'why'],
  vendorMessageRejected: ['messageId'],
  customerMessageRejected: ['messageId'],
  messageFlagged: ['messageId', 'flags'],
  flagsResolved: ['messageId', 'verdict'],
  originalKept: null,
  messageRestored: ['messageId', 'text'],
  messageRedacted: ['messageId', 'heldAs'],
  conversationReported: ['messageId'],
  handRaised: [],
  handLowered: [],
  customerBlocked: [],
  customerUnblocked: [],
  conversationErased: ['why'],
  memberErased: ['memberId'],
} as const satisfies { [T in EventType]: readonly (keyof EventPayloads[T])[] | null }

export type WebhookEventType = {
  [T in EventType]: (typeof webhookFields)[T] extends null ? never : T
}[EventType]

export const webhookEventTypes = Object.entries(webhookFields)
  .filter(([, fields]) => fields !== null)
  .map(([type]) => type) as WebhookEventType[]

export const mostWebhooks = 20

export interface Webhook {
  webhookId: string
  url: string
  label: string
  eventTypes: WebhookEventType[]
  createdAt: string
  createdBy: string
  /** `on`; `off` by an admin; `failing` when it was switched off because nothing arrived for days; `gone` when it said 410. */
  state: 'on' | 'off' | 'failing' | 'gone'
  stateSince: string
  /** Since when every delivery has failed; null while they arrive. */
  failingSince: string | null
  /** Until then the secret before this one signs as well. */
  previousSecretUntil: string | null
  waiting: number
}

export type DeliveryState = 'waiting' | 'delivered' | 'parked'

/** One try: what the receiver answered, or why nothing came. */
export interface DeliveryTry {
  at: string
  status: number | null
  failure: string | null
  ms: number
}

export interface Delivery {
  /** The `webhook-id` of every try, replays included. */
  deliveryId: string
  type: WebhookEventType | 'webhookTested'
  conversationId: string | null
  position: number | null
  state: DeliveryState
  createdAt: string
  /** The next try; null when there is none. */
  nextAt: string | null
  /** Newest first, the newest twenty. */
  tries: DeliveryTry[]
}
