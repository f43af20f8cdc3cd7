import type { Held } from '../conversations/index.ts'

export function isHeld({ conversation }: Held, messageId: string): boolean {
  const { vendor, customer } = conversation.held
  return vendor.includes(messageId) || customer.includes(messageId)
}
