import { vendorNeedOf } from '@parley/shared/conversation/need.ts'
import type { BoardVendor } from '@parley/shared/protocol/reading.ts'
import type { Parts } from '../app/parts.ts'
import type { Held } from '../conversations/index.ts'
import { type VendorFacts, vendorStanding } from '../vendors/index.ts'

/** Where a vendor stands changes seldom, and rows are told many times a second. */
const freshMs = 5_000
const mostKept = 10_000

export interface BoardVendors {
  of(held: Held): Promise<BoardVendor | null>
}

type Asked = Map<string, (facts: BoardVendor | null) => void>

/** Rows that are told together ask once; a row is never kept back for want of an answer. */
export function createBoardVendors({
  database,
  clock,
  logger,
}: Pick<Parts, 'database' | 'clock' | 'logger'>): BoardVendors {
  const kept = new Map<string, { facts: Promise<BoardVendor | null>; until: number }>()
  const waiting = new Map<string, Asked>()

  async function askFor(siteId: string): Promise<void> {
    const asked: Asked = waiting.get(siteId) ?? new Map()
    waiting.delete(siteId)
    let found = new Map<string, VendorFacts>()
    try {
      found = await vendorStanding(database, siteId, [...asked.keys()])
    } catch (error) {
      logger.warn({ err: error }, 'Where vendors stand could not be read for the board.')
      for (const vendorId of asked.keys()) kept.delete(`${siteId} ${vendorId}`)
    }
    for (const [vendorId, answer] of asked) answer(boardVendorOf(found.get(vendorId)))
  }

  return {
    of(held) {
      const [vendorId] = vendorIdOf(held)
      if (vendorId === undefined) return Promise.resolve(null)
      const { siteId } = held
      const key = `${siteId} ${vendorId}`
      const now = clock.now().getTime()
      const known = kept.get(key)
      if (known && known.until > now) return known.facts
      if (kept.size >= mostKept) kept.clear()
      const facts = new Promise<BoardVendor | null>((answer) => {
        const asked: Asked = waiting.get(siteId) ?? new Map()
        if (!waiting.has(siteId)) setImmediate(() => void askFor(siteId))
        waiting.set(siteId, asked.set(vendorId, answer))
      })
      kept.set(key, { facts, until: now + freshMs })
      return facts
    },
  }
}

export function vendorIdOf({ conversation }: Held): string[] {
  return conversation.with.kind === 'vendor' ? [conversation.with.vendorId] : []
}

export function boardVendorOf(facts: VendorFacts | undefined): BoardVendor | null {
  if (!facts) return null
  const { state, isOnProbation, verdict } = facts
  return { state, isOnProbation, verdict, score: vendorNeedOf(facts) }
}
