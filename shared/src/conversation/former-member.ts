import type { EventPayloads, EventType, Withheld } from '../protocol/events.ts'

/** What stands where the name of somebody who answered was. */
export const formerMember = 'Former member'

/**
 * What is held of a conversation, without the name of one member: it goes wherever it stands beside their id. Nothing else
 * does: what they wrote is the conversation's, and so is who was where in it.
 */
export function withoutMember<Value>(value: Value, memberId: string): Value {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => withoutMember(one, memberId)) as Value
  const left = Object.entries(value).map(([key, one]) => [key, withoutMember(one, memberId)])
  const { id, memberId: ofMember, name } = value as Partial<Record<'id' | 'memberId' | 'name', unknown>>
  const isTheirs = name !== undefined && (id === memberId || ofMember === memberId)
  return Object.fromEntries(isTheirs ? [...left, ['name', formerMember]] : left)
}

type Told =
  | { [T in EventType]: { type: T; payload: EventPayloads[T] } }[EventType]
  | Pick<Withheld, 'type' | 'payload'>

/** The same for an event, at rest and in every client. A note that calls them does so by name in its text as well. */
export function withoutMemberIn<Event extends Told>(event: Event, memberId: string): Event {
  const left = withoutMember(event, memberId)
  if (event.type !== 'noteAdded' || left.type !== 'noteAdded') return left
  const text = event.payload.mentions
    .filter((mention) => mention.memberId === memberId)
    .reduce((words, { name }) => words.replaceAll(`@${name}`, `@${formerMember}`), event.payload.text)
  return { ...left, payload: { ...left.payload, text } }
}
