import type { Connection } from '@parley/shared/client/connection.ts'

/** What does not arrive is asked again by the next look. */
export function readMentions(connection: Connection, conversationId: string, position: number): void {
  void connection.ask('markConversation', { conversationId, mentionsReadTo: position })
}
