import type { WireEvent } from '@parley/shared/protocol/events.ts'
import { expect, it } from 'vitest'
import { mentionedAt } from './use-mentions-read.ts'

function noted(position: number, ...memberIds: string[]): WireEvent {
  return {
    conversationId: 'cnv_maya',
    position,
    type: 'noteAdded',
    at: '2026-11-20T10:00:00.000Z',
    by: { side: 'staff', party: 'support', id: 'mem_daniel', name: 'Daniel Okafor' },
    payload: {
      noteId: `not_${position}`,
      text: 'look',
      mentions: memberIds.map((memberId) => ({ memberId, name: memberId })),
    },
  }
}

it('the newest note that calls this person is what has to be read', () => {
  const events = [noted(2, 'mem_priya'), noted(3, 'mem_priya', 'mem_jonas'), noted(4, 'mem_jonas')]
  expect(mentionedAt(events, 'mem_priya')).toBe(3)
  expect(mentionedAt(events, 'mem_ines')).toBe(0)
})
