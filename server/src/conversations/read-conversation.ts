import { type Actor, actorIdOf, readerKindOf } from '@parley/shared/people.ts'
import type { CommandInput } from '@parley/shared/protocol/commands.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import type { EventPage } from '@parley/shared/protocol/reading.ts'
import type { Sql } from '../storage/database.ts'
import { type Held, seenBy, toWire } from './held.ts'
import { sidesThatSee } from './seen-marks.ts'
import { eventsAfter, eventsBefore, marksOf } from './store.ts'

/** One stretch of the asker's own stream; the head is read first, so a page never claims more than it has. */
export async function readConversation(
  sql: Sql,
  held: Held,
  actor: Actor,
  input: CommandInput<'readConversation'>,
): Promise<EventPage> {
  const reader = readerKindOf(actor)
  const readerId = actorIdOf(actor)
  const { conversationId } = held.conversation
  const head = held.heads[reader]
  const [events, marks] = await Promise.all([
    input.after === undefined
      ? eventsBefore(sql, conversationId, reader, Math.min(input.before ?? head + 1, head + 1), input.limit)
      : eventsAfter(sql, conversationId, reader, input.after, input.limit),
    marksOf(sql, conversationId),
  ])
  return {
    conversationId,
    events: events
      .map((event) => toWire(event, reader, readerId))
      .filter((event): event is WireEvent => event !== undefined),
    head,
    conversation: seenBy(held, reader, readerId),
    marks: marks.filter((mark) => sidesThatSee(mark, held).includes(reader)),
  }
}
