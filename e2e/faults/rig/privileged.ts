/** Commands that must leave one line in the audit log, and the name it has there. */
const actions: Record<string, string | ((wish: { isDisabled?: boolean }) => string)> = {
  saveCannedReply: 'cannedReply.saved',
  whisper: 'moderation.whisper',
  startHolding: 'moderation.startHolding',
  stopHolding: 'moderation.stopHolding',
  takeOverConversation: 'moderation.takeOver',
  handBackConversation: 'moderation.handBack',
  redactMessage: 'message.redact',
  erasePerson: 'person.erased',
  saveRetention: 'retention.saved',
  createWebhook: 'webhook.created',
  disableMember: ({ isDisabled }) => (isDisabled ? 'member.disabled' : 'member.enabled'),
}

export const privilegedActions: readonly string[] = [
  ...Object.values(actions).filter((action) => typeof action === 'string'),
  'member.disabled',
  'member.enabled',
]

export function actionOf(command: string, wish: unknown): string | undefined {
  const action = actions[command]
  return typeof action === 'function' ? action(wish as { isDisabled?: boolean }) : action
}
