import type { CommandName } from '@parley/shared/protocol/commands.ts'
import type { Asker, Everybody, Name } from '../everybody.ts'
import type { Marlow } from '../marlow.ts'
import type { WebhookReceiver } from '../webhook-receiver.ts'
import { nothing, wishes } from '../wishes.ts'

/** Something that has really happened, and the wish that it makes possible: once, for whoever has the right. */
export type MakePast = (asker: Asker) => Promise<object>

export interface PastWorld {
  site: Marlow
  everybody: Everybody
  /** Of a vendor that is suspended: what happens to it happens to nobody else of the cast. */
  wren: Asker
  receiver: WebhookReceiver
}

export interface Past {
  /** Everybody else is told that they may not, or that there is nothing. */
  by: readonly (Name | 'wren' | 'key')[]
  /** Each has one of their own, which is nobody else's. */
  isOwn?: true
  make: MakePast
}

export const namesOfPasts = {
  conversation: [
    'rateConversation',
    'requestTranscript',
    'handBackConversation',
    'releaseMessage',
    'rejectMessage',
    'restoreMessage',
    'resolveFlags',
  ],
  site: [
    'appealAsVendor',
    'checkVendorDocument',
    'claimReview',
    'decideDispute',
    'decideVendorAppeal',
    'disciplineVendor',
    'disputeReview',
    'endSession',
    'eraseApplicant',
    'eraseMember',
    'erasePerson',
    'listRoomVendors',
    'openBuyerRoom',
    'orderTriggers',
    'pickReview',
    'readReview',
    'removeWebhook',
    'replayDelivery',
    'resetSignIn',
    'reviewVendor',
    'saveReview',
    'saveTrainingModule',
    'startVendorRoom',
    'submitApplication',
    'takeTraining',
  ],
} as const satisfies Record<string, readonly CommandName[]>
export type NameOfPast = (typeof namesOfPasts)['conversation' | 'site'][number]

export const patiently = 30_000
export const moderators = ['ines', 'daniel'] as const
export const staff = ['ines', 'daniel', 'priya', 'jonas'] as const

let count = 0
export const requestId = () => {
  count += 1
  return `for-a-past-${count}`
}

export const about = (command: NameOfPast, there: object) => wishes[command]({ ...nothing, ...there })
