import type { Logger } from 'pino'
import type { ParleySocket } from './socket-types.ts'

type Connection = ParleySocket['conn']

/** What may wait for one connection beyond what the system buffers: whoever is further behind is quicker with a fresh start. */
const mostWaiting = 500
const mostBytes = 1024 * 1024
/** A burst of one moment is not yet slowness. */
const patienceMs = 200

/** A client that reads more slowly than it is told would fill the memory. Nothing is lost by cutting it: it asks for what it lacks. */
export function createSlowReaders(logger: Logger): (connection: Connection) => void {
  return (connection) => {
    let waiting = 0
    let bytes = 0
    let judging: ReturnType<typeof setTimeout> | undefined

    function forgive(): void {
      waiting = bytes = 0
      clearTimeout(judging)
      judging = undefined
    }

    function judge(): void {
      if (judging === undefined || connection.readyState !== 'open') return
      logger.info({ waiting, bytes }, 'A client read too slowly and was cut.')
      // A farewell would only wait behind all the rest.
      connection.request.socket?.destroy()
    }

    connection.on('drain', forgive)
    connection.once('close', forgive)
    connection.on('packetCreate', ({ data }: { data?: unknown }) => {
      waiting += 1
      if (typeof data === 'string') bytes += data.length
      if (waiting < mostWaiting && bytes < mostBytes) return
      // After the system was asked once more: when we were the slow ones, its answer is already there.
      judging ??= setTimeout(() => setImmediate(judge), patienceMs)
    })
  }
}
