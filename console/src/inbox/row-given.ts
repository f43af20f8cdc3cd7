import type { InboxRow } from '@parley/shared/protocol/reading.ts'

/** A row for tests: Maya waits for support since ten o'clock. */
export function givenRow(change: Partial<InboxRow> = {}): InboxRow {
  return {
    conversationId: 'cnv_maya',
    status: 'waiting',
    customer: { contactId: 'con_maya', name: 'Maya Lindqvist', role: 'buyer', isVerified: true },
    with: { kind: 'support', name: 'Marlow support' },
    queue: { id: 'que_support', name: 'Support' },
    about: {},
    topic: null,
    assignee: null,
    offer: null,
    lastMessage: {
      messageId: 'msg_1',
      text: 'Where is my parcel?',
      by: { party: 'buyer', id: 'con_maya', name: 'Maya Lindqvist' },
      at: '2026-11-20T10:00:00.000Z',
    },
    waitingSince: '2026-11-20T10:00:00.000Z',
    snoozedUntilAt: null,
    startedAt: '2026-11-20T10:00:00.000Z',
    updatedAt: '2026-11-20T10:00:00.000Z',
    isLeftMessage: false,
    rating: null,
    unread: 1,
    unanswered: 1,
    position: 2,
    ...change,
  }
}
