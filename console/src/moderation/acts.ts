import { newRequestId } from '@parley/shared/client/request-id.ts'
import type { CommandName, CommandWish } from '@parley/shared/protocol/commands.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { ask } from '../connection.ts'

export type ModeratorsAct = Extract<
  CommandName,
  | 'whisper'
  | 'joinConversation'
  | 'leaveConversation'
  | 'takeOverConversation'
  | 'handBackConversation'
  | 'closeConversation'
  | 'startHolding'
  | 'stopHolding'
  | 'releaseMessage'
  | 'rejectMessage'
  | 'restoreMessage'
  | 'redactMessage'
  | 'resolveFlags'
  | 'reportConversation'
  | 'raiseHand'
  | 'lowerHand'
  | 'blockCustomer'
  | 'unblockCustomer'
  | 'switchLinks'
  | 'disciplineVendor'
>

/** Answers the refusal, because what asked stays open with what was typed. */
export async function moderate<N extends ModeratorsAct>(
  name: N,
  wish: Omit<CommandWish<N>, 'requestId'>,
  requestId: string = newRequestId(),
): Promise<Refusal | null> {
  const outcome = await ask(name, { ...wish, requestId } as unknown as CommandWish<N>)
  return outcome.ok ? null : outcome.refusal
}
