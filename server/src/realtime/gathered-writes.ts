import type { ParleySocket } from './socket-types.ts'

type Connection = ParleySocket['conn']

/**
 * Handing bytes to the system is the largest single cost of a message. Whatever a connection is sent in one turn of the
 * event loop (the announcements of a commit, the acknowledgement) is held back until its end and leaves in one write.
 */
export function createGatheredWrites(): (connection: Connection) => void {
  let held: { connection: Connection; transport: Connection['transport'] }[] = []

  function release(): void {
    const released = held
    held = []
    for (const { connection, transport } of released) {
      const stream = connection.request.socket
      stream?.cork()
      transport.writable = true
      resume(transport)
      stream?.uncork()
    }
  }

  return (connection) => {
    connection.on('packetCreate', () => {
      const { transport } = connection
      // Busy with an earlier write: what waits behind it already leaves together.
      if (!transport.writable || transport.name !== 'websocket') return
      transport.writable = false
      if (held.length === 0) setImmediate(release)
      held.push({ connection, transport })
    })
  }
}

/** As the transport says itself when a write is done. */
function resume(transport: Connection['transport']): void {
  transport.emit.call(transport, 'ready')
}
