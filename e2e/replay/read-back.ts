import type { WireEvent } from '@parley/shared/protocol/events.ts'
import type { Member } from './site.ts'
import { isDense, type Said, said } from './transcript.ts'

/** The whole conversation as the store has it, over HTTP, page by page. */
export async function readBack(reader: Member, conversationId: string): Promise<Said[]> {
  const events: WireEvent[] = []
  for (;;) {
    const after = events.length
    const page = await reader.ask('readConversation', { conversationId, after })
    events.push(...page.events)
    if (events.length >= page.head) break
    if (page.events.length === 0) throw new Error(`The store ends ${conversationId} before its own head.`)
  }
  if (!isDense(events)) throw new Error(`The store’s numbers of ${conversationId} have a hole.`)
  return said(events)
}
