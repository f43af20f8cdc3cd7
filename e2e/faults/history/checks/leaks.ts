import { type EventType, readerKindsOf } from '@parley/shared/protocol/events.ts'
import type { Check, History, Violation } from '../history.ts'

/** A loss of rights may take this long to reach somebody who is connected. */
const graceMs = 2_000

/** Words that stand only in texts for staff: seen by anybody else, in whatever frame, they are a leak. */
export const staffCanary = 'canary-for-staff'

/** I11: whoever receives anything of a conversation was entitled to it at that moment. */
export const leaks: Check = (history) => {
  const readerOf = new Map(history.clients.map(({ name, reader }) => [name, reader]))
  return history.frames.flatMap((frame): Violation[] => {
    const reader = readerOf.get(frame.client) ?? 'customer'
    const { conversationId, event } = frame
    const leak = (sentence: string): Violation[] => [
      {
        invariant: 'I11',
        sentence,
        evidence: [{ at: frame.at, name: frame.name, text: frame.text.slice(0, 400) }],
      },
    ]
    if (reader !== 'staff' && frame.text.includes(staffCanary))
      return leak(`${frame.client} (${reader}) received what is for staff only.`)
    if (event && !readerKindsOf(event.type as EventType).includes(reader))
      return leak(`${frame.client} (${reader}) received ${event.type}.`)
    if (
      conversationId !== null &&
      frame.name !== 'hint:forget' &&
      !isEntitled(history, frame.client, conversationId, frame.at)
    )
      return leak(`${frame.client} received ${frame.name} of ${conversationId}, which is not theirs.`)
    return []
  })
}

function isEntitled(
  { rights, slowdown }: History,
  client: string,
  conversationId: string,
  at: number,
): boolean {
  return rights.some(
    (right) =>
      right.client === client &&
      right.conversationId === conversationId &&
      right.from <= at &&
      (right.until === null || at <= right.until + graceMs * slowdown),
  )
}
