import type { VendorState } from '@parley/shared/vendors/life-cycle.ts'
import type { Sql } from '../../storage/database.ts'
import { loadRules } from '../rules/rules-store.ts'
import { standingRows } from './standing-store.ts'

/** What other domains ask of a vendor: the board that orders conversations, the rules that hold and mask messages. */
export interface VendorFacts {
  state: VendorState
  verdict: 'good' | 'warning' | 'hard' | null
  isOnProbation: boolean
  /** By the site's choice every message of a vendor on probation waits until a moderator has let it go. */
  isHoldAll: boolean
  areLinksOff: boolean
}

export async function vendorStanding(
  sql: Sql,
  siteId: string,
  vendorIds: readonly string[],
): Promise<Map<string, VendorFacts>> {
  if (vendorIds.length === 0) return new Map()
  const { rules } = await loadRules(sql, siteId)
  const rows = await standingRows(sql, siteId, vendorIds)
  return new Map(
    rows.map((row) => [
      row.vendor_id,
      {
        state: row.state,
        verdict: row.verdict,
        isOnProbation: row.state === 'probation',
        isHoldAll: row.state === 'probation' && rules.probation.holdsMessages,
        areLinksOff: row.links_off,
      },
    ]),
  )
}
