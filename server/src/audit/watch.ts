import type { Parts } from '../app/parts.ts'
import { chainsWithLines, headsOf } from './store.ts'
import { verifyChain } from './verify-chain.ts'

const kind = 'watchAudit'
const afterStartMs = 10 * 60_000
const everyMs = 24 * 60 * 60_000

/**
 * Once a day every chain is checked. Heads go to the server's own log, which is kept elsewhere: a chain that was made
 * anew does not pass through them.
 */
export async function watchAudit(parts: Parts): Promise<void> {
  const { database, logger, timers, clock } = parts
  const plan = (ms: number) => timers.set(database, kind, 'every chain', new Date(clock.now().getTime() + ms))
  timers.on(kind, async () => {
    const heads = await headsOf(database, 'all')
    const chains = new Set([...heads.map(({ chain }) => chain), ...(await chainsWithLines(database))])
    for (const chain of chains) {
      const { fault, head, lines } = await verifyChain(database, chain)
      if (fault) logger.error({ chain, fault }, 'The audit does not fit: somebody has changed the database.')
      else logger.info({ chain, lines, head }, 'The audit is whole.')
    }
    await plan(everyMs)
  })
  await plan(afterStartMs)
}
