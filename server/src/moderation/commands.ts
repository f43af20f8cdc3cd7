import type { Verbs } from '../conversations/index.ts'
import { blockCustomer, unblockCustomer } from './block-customer.ts'
import { handBackConversation } from './hand-back-conversation.ts'
import { joinConversation } from './join-conversation.ts'
import { leaveConversation } from './leave-conversation.ts'
import { lowerHand, raiseHand } from './raise-hand.ts'
import { redactMessage } from './redact-message.ts'
import { rejectMessage } from './reject-message.ts'
import { releaseMessage } from './release-message.ts'
import { reportConversation } from './report-conversation.ts'
import { resolveFlags } from './resolve-flags.ts'
import { restoreMessage } from './restore-message.ts'
import { startHolding, stopHolding } from './start-holding.ts'
import { takeOverConversation } from './take-over-conversation.ts'
import { whisper } from './whisper.ts'

export const moderationVerbs: Verbs = {
  whisper,
  joinConversation,
  leaveConversation,
  takeOverConversation,
  handBackConversation,
  startHolding,
  stopHolding,
  releaseMessage,
  rejectMessage,
  restoreMessage,
  redactMessage,
  resolveFlags,
  reportConversation,
  raiseHand,
  lowerHand,
  blockCustomer,
  unblockCustomer,
}
