import { isRoom } from '@parley/shared/conversation/room.ts'
import type { Parts } from '../app/parts.ts'
import type { Companion } from '../conversations/index.ts'
import { insertDeliveries } from './delivery-store.ts'
import { readWanted } from './wanted.ts'

/** What is to be told commits with the event: a server that dies after the answer has still promised it. */
export function webhookCompanion(parts: Pick<Parts, 'database' | 'clock'>): Companion {
  return async (sql, commits) => {
    const isWanted = await readWanted(
      parts,
      sql,
      commits.map(({ held }) => held.siteId),
    )
    // Every event is told with its customer, and a room has none.
    const told = commits.filter(({ held }) => !isRoom(held.conversation))
    const events = told.flatMap(({ held, events }) =>
      events
        .filter(({ type }) => isWanted(held.siteId, type))
        .map(({ siteId, conversationId, type, positions }) => ({
          siteId,
          conversationId,
          type,
          seq: positions.staff ?? 0,
        })),
    )
    if (events.length > 0) await insertDeliveries(sql, events, parts.clock.now())
  }
}
