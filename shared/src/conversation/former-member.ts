/** What stands where the name of somebody who answered was. */
export const formerMember = 'Former member'

interface Naming {
  id?: unknown
  memberId?: unknown
  readerId?: unknown
  name?: unknown
  text?: string
  mentions?: { memberId: string; name: string }[]
}

/**
 * What is held of a conversation, without the name of one member: it goes wherever it stands beside their id, and out of
 * the text of a note that calls them. Nothing else does: what they wrote is the conversation's, and so is who was where.
 */
export function withoutMember<Value>(value: Value, memberId: string): Value {
  if (!value || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((one) => withoutMember(one, memberId)) as Value
  const left = Object.entries(value).map(([key, one]) => [key, withoutMember(one, memberId)])
  const { id, memberId: ofMember, readerId, name, text = '', mentions = [] } = value as Naming
  if (name && [id, ofMember, readerId].includes(memberId)) left.push(['name', formerMember])
  for (const called of mentions)
    if (called.memberId === memberId)
      left.push(['text', text.replaceAll(`@${called.name}`, `@${formerMember}`)])
  return Object.fromEntries(left)
}
