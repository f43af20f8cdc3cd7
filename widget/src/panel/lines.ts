import { roomOf } from '@parley/shared/conversation/room.ts'
import type { Counterpart } from '@parley/shared/protocol/events.ts'
import { say } from '../i18n/words.ts'
import type { LineEvent } from './thread.ts'
import { clock } from './when.ts'

/** What happened between messages, in one sentence; `place` is whom the chat is with. */
export function lineText(event: LineEvent, place: Counterpart | undefined): string {
  const { by, at } = event
  switch (event.type) {
    case 'assigned':
      return say('joined', event.payload.to.of ?? event.payload.to.name)
    case 'moderatorJoined':
      return say('moderatorJoined', event.payload.moderator.name)
    case 'takenOver': {
      const { moderator, from } = event.payload
      // In a room nobody is answered for: the others can no longer write.
      if (place && roomOf({ with: place })) return say('moderatorAlone', moderator.name)
      return say('tookOver', moderator.name, from?.of ?? from?.name ?? place?.name ?? '')
    }
    case 'moderatorLeft':
    case 'handedBack':
      return say('moderatorLeft', event.payload.moderator.name)
    case 'transferred':
      return say('passedOn', event.payload.with.name)
    case 'conversationClosed':
      if (by.side === 'customer') return say('endedByYou', clock(at))
      return by.side === 'system' ? say('resolved', clock(at)) : say('ended', by.of ?? by.name, clock(at))
    case 'conversationReopened':
      return say('reopened')
    case 'conversationRated':
      return say('youRated', event.payload.stars)
    case 'transcriptRequested':
      return say('copySent', event.payload.to)
  }
  return event satisfies never
}
