import { newRequestId } from '@parley/shared/client/request-id.ts'
import type { Outcome } from '@parley/shared/protocol/answers.ts'
import type { CommandName, CommandWish } from '@parley/shared/protocol/commands.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { signal } from '@preact/signals'
import { ask } from '../connection.ts'
import { showToast } from '../parts/toast.tsx'
import { comingTime } from '../times.ts'

/** Why the last act on a conversation failed; shown in that conversation until the next act or a dismissal. */
export const failedAct = signal<{ conversationId: string; refusal: Refusal } | null>(null)

type Act = Extract<
  CommandName,
  | 'takeConversation'
  | 'acceptOffer'
  | 'declineOffer'
  | 'transferConversation'
  | 'snoozeConversation'
  | 'unsnoozeConversation'
  | 'closeConversation'
  | 'reopenConversation'
>

async function act<N extends Act>(name: N, wish: Omit<CommandWish<N>, 'requestId'>): Promise<boolean> {
  const conversationId = (wish as { conversationId: string }).conversationId
  failedAct.value = null
  const outcome: Outcome<unknown> = await ask(name, { ...wish, requestId: newRequestId() } as CommandWish<N>)
  if (!outcome.ok) failedAct.value = { conversationId, refusal: outcome.refusal }
  return outcome.ok
}

export function take(conversationId: string, from: string | null): Promise<boolean> {
  return act('takeConversation', { conversationId, from })
}

export function accept(conversationId: string): Promise<boolean> {
  return act('acceptOffer', { conversationId })
}

export function decline(conversationId: string): Promise<boolean> {
  return act('declineOffer', { conversationId })
}

export async function resolve(conversationId: string, name: string): Promise<boolean> {
  const isDone = await act('closeConversation', { conversationId })
  if (isDone)
    showToast({
      text: `Conversation with ${name} resolved`,
      undo: () => void act('reopenConversation', { conversationId }),
    })
  return isDone
}

export function reopen(conversationId: string): Promise<boolean> {
  return act('reopenConversation', { conversationId })
}

export async function snooze(conversationId: string, until: Date): Promise<boolean> {
  const untilAt = until.toISOString()
  const isDone = await act('snoozeConversation', { conversationId, untilAt })
  if (isDone)
    showToast({
      text: `Snoozed until ${comingTime(untilAt, Date.now())}`,
      undo: () => void act('unsnoozeConversation', { conversationId }),
    })
  return isDone
}

export function unsnooze(conversationId: string): Promise<boolean> {
  return act('unsnoozeConversation', { conversationId })
}

export type TransferTarget = { kind: 'member'; memberId: string } | { kind: 'queue'; queueId: string }

/** Answers the refusal, because the dialog that asked stays open with what was typed. */
export async function transfer(
  conversationId: string,
  to: TransferTarget,
  reason: string,
  requestId: string,
): Promise<Refusal | null> {
  const outcome = await ask('transferConversation', { conversationId, to, reason, requestId })
  return outcome.ok ? null : outcome.refusal
}
