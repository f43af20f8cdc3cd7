import type { WireSocket } from '@parley/shared/client/socket.ts'

/** What the clients did to get their messages across, counted at their sockets. */
export interface Tally {
  sent: number
  /** Messages whose sender knows that they are stored. */
  acknowledged: number
  /** The same request, asked again. */
  retries: number
  /** Reads of what was missed while away or behind a hole. */
  repairs: number
  reloads: number
  watch(socket: WireSocket): WireSocket
}

export function createTally(): Tally {
  const asked = new Set<string>()
  const tally: Tally = {
    sent: 0,
    acknowledged: 0,
    retries: 0,
    repairs: 0,
    reloads: 0,
    watch(socket) {
      return {
        on: (name, listener) => socket.on(name, listener),
        connect: () => socket.connect(),
        disconnect: () => socket.disconnect(),
        emit(name, ...values) {
          const wish = values[0] as { requestId?: string; after?: number } | undefined
          if (name === 'readConversation' && wish?.after !== undefined) tally.repairs += 1
          if (name === 'sendMessage' && wish?.requestId !== undefined) {
            if (asked.has(wish.requestId)) tally.retries += 1
            asked.add(wish.requestId)
          }
          return socket.emit(name, ...values)
        },
      }
    },
  }
  return tally
}
