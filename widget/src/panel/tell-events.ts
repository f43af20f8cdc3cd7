import type { WireEvent } from '@parley/shared/protocol/events.ts'
import type { ToHost } from '../channel.ts'
import { connection } from './connect.ts'
import { tellHost } from './host.ts'
import { isOwn } from './own.ts'

const tell = (...event: ToHost['event']) => tellHost('event', ...event)

/** Who comes, goes and writes: names that the reader sees anyway, and nothing of what is said. */
connection.on('event', (event: WireEvent) => {
  const { conversationId } = event
  switch (event.type) {
    case 'assigned':
      return tell('participantJoined', { conversationId, name: event.payload.to.name })
    case 'moderatorJoined':
      return tell('participantJoined', { conversationId, name: event.by.name })
    case 'moderatorLeft':
    case 'handedBack':
      return tell('participantLeft', { conversationId, name: event.payload.moderator.name })
    case 'takenOver':
      return tell('tookOver', { conversationId, name: event.payload.moderator.name })
  }
})

connection.on('typing', ({ conversationId, isTyping, who }) => {
  if (!isOwn(who)) tell('typing', { conversationId, isTyping, name: who.name })
})
