import type { Parts } from '../app/parts.ts'
import { sweepDeliveries } from './delivery-store.ts'

const webhookSweep = 'webhookSweep'
const everyMs = 60 * 60_000
/** How long what was delivered, parked or never fetched can be looked at and replayed. */
const keptMs = 30 * 24 * 60 * 60_000
const atOnce = 500

export function registerSweep(parts: Pick<Parts, 'timers' | 'database' | 'clock'>): void {
  parts.timers.on(webhookSweep, async () => {
    const before = new Date(parts.clock.now().getTime() - keptMs)
    let swept = atOnce
    for (let turns = 0; swept === atOnce && turns < 20; turns += 1)
      swept = await sweepDeliveries(parts.database, before, atOnce)
    await planSweep(parts)
  })
}

export function planSweep({ timers, database, clock }: Pick<Parts, 'timers' | 'database' | 'clock'>) {
  return timers.set(database, webhookSweep, 'all', new Date(clock.now().getTime() + everyMs))
}
