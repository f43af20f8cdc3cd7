import type { Parts } from '../app/parts.ts'
import type { Sql } from '../storage/database.ts'

export const vendorWeigh = 'vendorWeigh'

/** Part of the transaction that changed what vendors are held against: nobody waits for the next turn. */
export async function weighSoon(parts: Parts, sql: Sql): Promise<void> {
  await parts.timers.set(sql, vendorWeigh, 'all', parts.clock.now())
}
