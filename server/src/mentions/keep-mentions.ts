import type { Companion } from '../conversations/index.ts'
import { mentionedIn } from './mentioned-in.ts'
import { addMentions } from './store.ts'

/** Commits with the note: who was called stays called, whatever happens to the hint that tells them. */
export const keepMentions: Companion = async (sql, commits) => {
  const called = commits.flatMap(({ events }) =>
    events.flatMap((event) =>
      mentionedIn(event).map((memberId) => ({
        siteId: event.siteId,
        conversationId: event.conversationId,
        memberId,
        seq: event.positions.staff ?? 0,
      })),
    ),
  )
  if (called.length > 0) await addMentions(sql, called)
}
