import { vendorNeedOf } from '@parley/shared/conversation/need.ts'
import type { BoardVendor } from '@parley/shared/protocol/reading.ts'
import type { TermRules } from '@parley/shared/protocol/terms.ts'
import type { Parts } from '../app/parts.ts'
import type { Held } from '../conversations/index.ts'
import { loadTermRules } from '../terms/index.ts'
import { type VendorFacts, vendorStanding } from '../vendors/index.ts'

/** Where a vendor stands changes seldom, and rows are told many times a second. */
const freshMs = 5_000
const mostKept = 10_000

export interface BoardVendors {
  of(held: Held): Promise<BoardVendor | null>
}

type Facts = VendorFacts | undefined
type Asked = Map<string, (facts: Facts) => void>

/** Rows that are told together ask once; a row is never kept back for want of an answer. */
export function createBoardVendors({
  database,
  clock,
  logger,
}: Pick<Parts, 'database' | 'clock' | 'logger'>): BoardVendors {
  const kept = new Map<string, { facts: Promise<Facts>; until: number }>()
  const waiting = new Map<string, Asked>()

  async function askFor(siteId: string): Promise<void> {
    const asked: Asked = waiting.get(siteId) ?? new Map()
    waiting.delete(siteId)
    let found = new Map<string, VendorFacts>()
    try {
      found = await vendorStanding(database, siteId, [...asked.keys()])
    } catch (error) {
      warn(error)
      for (const vendorId of asked.keys()) kept.delete(`${siteId} ${vendorId}`)
    }
    for (const [vendorId, answer] of asked) answer(found.get(vendorId))
  }

  function factsOf(siteId: string, vendorId: string): Promise<Facts> {
    const key = `${siteId} ${vendorId}`
    const now = clock.now().getTime()
    const known = kept.get(key)
    if (known && known.until > now) return known.facts
    if (kept.size >= mostKept) kept.clear()
    const facts = new Promise<Facts>((answer) => {
      const asked: Asked = waiting.get(siteId) ?? new Map()
      if (!waiting.has(siteId)) setImmediate(() => void askFor(siteId))
      waiting.set(siteId, asked.set(vendorId, answer))
    })
    kept.set(key, { facts, until: now + freshMs })
    return facts
  }

  function warn(error: unknown): null {
    logger.warn({ err: error }, 'Where vendors stand could not be read for the board.')
    return null
  }

  return {
    async of(held) {
      const [vendorId] = vendorIdOf(held)
      if (vendorId === undefined) return null
      const { siteId } = held
      // The rules are kept where they are changed: a switch shows in the next row, not when these facts are old.
      const [facts, current] = await Promise.all([
        factsOf(siteId, vendorId),
        loadTermRules({ database, clock }, siteId).catch(warn),
      ])
      return current && boardVendorOf(vendorId, facts, current.rules)
    },
  }
}

export function vendorIdOf({ conversation }: Held): string[] {
  return conversation.with.kind === 'vendor' ? [conversation.with.vendorId] : []
}

export function boardVendorOf(vendorId: string, facts: Facts, { linksOff }: TermRules): BoardVendor | null {
  if (!facts) return null
  const { state, isOnProbation, verdict } = facts
  const areLinksOff = linksOff.vendorIds.includes(vendorId)
  return { state, isOnProbation, verdict, areLinksOff, score: vendorNeedOf(facts) }
}
