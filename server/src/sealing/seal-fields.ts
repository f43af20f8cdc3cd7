import type { Parts } from '../app/parts.ts'
import { sealRows } from './seal-rows.ts'
import * as store from './store.ts'

const sealFieldsJob = 'sealFields'
const soonMs = 60_000
/** By then processes of the version before, which may still write in clear, are gone. */
const againMs = 60 * 60_000
/** What takes longer is another turn. */
const longestTurnMs = 20_000
const atOnce = 100

type Needs = Pick<Parts, 'clock' | 'timers' | 'database' | 'logger'>

/**
 * Seals what an older version has written in clear, and anew what was sealed with the key before: once across all nodes, in
 * small pieces, and on from where it was. Looks again until a whole pass finds nothing.
 */
export function registerSealing(parts: Needs): void {
  const turn = async () => {
    const againInMs = await sealSome(parts)
    if (againInMs !== null) await plan(parts, againInMs)
  }
  parts.timers.on(sealFieldsJob, turn, { isApart: true })
}

/** At each start: an older version may have served in between. */
export function planSealing(parts: Needs): Promise<void> {
  return plan(parts, soonMs)
}

function plan({ timers, database, clock }: Needs, ms: number): Promise<void> {
  return timers.set(database, sealFieldsJob, 'all', new Date(clock.now().getTime() + ms))
}

/** Null when everything is sealed. */
async function sealSome({ database, clock, logger }: Needs): Promise<number | null> {
  const { keyId } = database.seal
  const from = clock.now()
  let pass = await store.passWith(database, keyId, from)
  while (clock.now().getTime() - from.getTime() < longestTurnMs) {
    const { found, next } = await sealRows(database, pass, atOnce)
    if (next === null) {
      const { hasFound, isLast } = await store.endPass(database, keyId, clock.now())
      if (hasFound) logger.info('Addresses and numbers were sealed with SECRET_KEY.')
      return isLast ? null : againMs
    }
    await store.notePass(database, keyId, next, found)
    pass = next
  }
  return 0
}
