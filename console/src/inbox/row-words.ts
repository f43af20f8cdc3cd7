import type { InboxRow } from '@parley/shared/protocol/reading.ts'

/** Line 2 of a row: who spoke last, unless it was the customer, and what. */
export function previewOf(row: InboxRow, ownId: string): string {
  const message = row.lastMessage
  if (message === null) return row.isLeftMessage ? 'Left a message' : 'Has not written yet'
  const wordless = message.isRedacted ? 'Message removed' : 'Sent a file'
  const text = message.text.trim() === '' ? wordless : message.text.replace(/\s+/g, ' ')
  if (message.by.id === row.customer.contactId) return text
  const speaker = message.by.id === ownId ? 'You' : message.by.name.split(' ')[0]
  return `${speaker}: ${text}`
}

/** One word about the row, the rest as a number: `Refund +2`. */
export function chipOf(row: InboxRow): string | null {
  const words = [
    row.isLeftMessage && 'Left a message',
    row.topic?.label,
    row.about.order && orderName(row.about.order),
    row.with.kind === 'vendor' && row.with.name,
    row.about.product?.name,
  ].filter((word): word is string => typeof word === 'string' && word !== '')
  const [first, ...more] = words
  if (first === undefined) return null
  return more.length === 0 ? first : `${first} +${more.length}`
}

export function orderName(order: { id: string; label?: string }): string {
  const label = order.label ?? order.id
  return /order/i.test(label) ? label : `Order ${label}`
}

export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name
}
