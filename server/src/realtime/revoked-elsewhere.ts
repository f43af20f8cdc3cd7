import type { Parts } from '../app/parts.ts'
import { onRevoked, type Revocation } from '../identity/index.ts'
import { lookAgain } from '../look-again.ts'
import { noteRevoked, revokedSince } from './store.ts'

const gatherMs = 20
const lookMs = 2_000
/** Longer than a node may be without the database and still serve anybody who is connected. */
const keptMs = 10 * 60_000

/**
 * Who lost a right on one node is to be looked at on all. Redis says so at once; where its word is lost, the database does.
 * Needed only where several nodes share one.
 */
export function createRevokedElsewhere(
  parts: Pick<Parts, 'database' | 'clock' | 'logger'>,
  nodeId: string,
  recheck: (who: Revocation) => void,
): { start(): Promise<void>; stop(): Promise<void> } {
  const { database, clock, logger } = parts
  if (database.engine === 'embedded') return { start: async () => {}, stop: async () => {} }
  let unwritten: Revocation[] = []
  let since = '0'

  async function write(): Promise<void> {
    if (unwritten.length === 0) return
    const now = clock.now()
    const noted = unwritten
    await noteRevoked(database, nodeId, noted, now, new Date(now.getTime() - keptMs))
    unwritten = unwritten.slice(noted.length)
  }

  async function look(): Promise<void> {
    await write()
    const { found, until } = await revokedSince(database, nodeId, since)
    for (const who of found) recheck(who)
    since = until
  }

  const looking = lookAgain(look, { gatherMs, lookMs }, (error) =>
    logger.warn({ err: error }, 'Lost rights could not be told to other nodes; trying at the next turn.'),
  )
  const forget = onRevoked(parts, (who) => {
    unwritten = [...unwritten, who]
    looking.wake()
  })

  return {
    async start() {
      // From before the first client: what is lost after this is seen by the first look.
      since = (await revokedSince(database, nodeId, null)).until
      looking.start()
    },
    async stop() {
      forget()
      await looking.stop()
      await write().catch((error) => logger.warn({ err: error }, 'Lost rights were not told to other nodes.'))
    },
  }
}
