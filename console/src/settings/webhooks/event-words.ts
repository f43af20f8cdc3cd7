import type { WebhookEventType } from '@parley/shared/protocol/webhooks.ts'

interface EventGroup {
  heading: string
  types: readonly (readonly [WebhookEventType, string])[]
}

/** Every type that can be told, once, in people's words. */
export const eventGroups: readonly EventGroup[] = [
  {
    heading: 'Conversations',
    types: [
      ['conversationStarted', 'Started'],
      ['conversationClosed', 'Closed'],
      ['conversationReopened', 'Opened again'],
      ['conversationRated', 'Rated'],
      ['customerIdentified', 'Customer signed in'],
      ['contactDetailsGiven', 'Contact details given'],
      ['transcriptRequested', 'Copy asked for'],
      ['conversationErased', 'Erased'],
      ['memberErased', 'Member erased'],
    ],
  },
  {
    heading: 'Messages',
    types: [
      ['messageSent', 'Sent'],
      ['messageRestored', 'Masked words restored'],
      ['messageRedacted', 'Redacted'],
    ],
  },
  {
    heading: 'Who answers',
    types: [
      ['offerMade', 'Offered'],
      ['offerLapsed', 'Offer lapsed'],
      ['assigned', 'Assigned'],
      ['transferred', 'Passed on'],
      ['snoozed', 'Put aside'],
      ['unsnoozed', 'Back from aside'],
    ],
  },
  {
    heading: 'Moderation, without anybody’s words',
    types: [
      ['messageFlagged', 'Message flagged'],
      ['flagsResolved', 'Flags resolved'],
      ['vendorMessageHeld', 'Vendor’s message held'],
      ['customerMessageHeld', 'Customer’s message held'],
      ['vendorMessageRejected', 'Vendor’s message rejected'],
      ['customerMessageRejected', 'Customer’s message rejected'],
      ['conversationReported', 'Reported'],
      ['handRaised', 'Hand raised'],
      ['handLowered', 'Hand lowered'],
      ['moderatorJoined', 'Moderator joined'],
      ['moderatorLeft', 'Moderator left'],
      ['takenOver', 'Taken over'],
      ['handedBack', 'Handed back'],
      ['holdingStarted', 'Messages held from here on'],
      ['holdingStopped', 'Messages no longer held'],
      ['customerBlocked', 'Customer blocked'],
      ['customerUnblocked', 'Customer unblocked'],
    ],
  },
]

const mostNamed = 3

/** “messageSent, conversationClosed and 2 more”. */
export function typesInShort(types: readonly string[]): string {
  const named = types.slice(0, mostNamed)
  const more = types.length - named.length
  return more === 0 ? named.join(', ') : `${named.join(', ')} and ${more} more`
}
