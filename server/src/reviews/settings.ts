import type { ReviewRules } from '@parley/shared/protocol/reviews.ts'
import { type Rubric, standardCriteria } from '@parley/shared/review/rubric.ts'
import type { Parts } from '../app/parts.ts'
import type { Sql } from '../storage/database.ts'
import { standardRules } from './rules.ts'
import { insertRubric, latestRubric, rulesOf } from './store.ts'

export async function loadRules(sql: Sql, siteId: string): Promise<ReviewRules> {
  return (await rulesOf(sql, siteId)) ?? standardRules
}

/** The first review of a site writes the standard rubric down: from then on it has a version to be scored on. */
export async function loadRubric(parts: Parts, sql: Sql, siteId: string): Promise<Rubric> {
  const latest = await latestRubric(sql, siteId)
  if (latest) return latest
  const first = { version: 1, criteria: standardCriteria }
  await insertRubric(sql, siteId, first, parts.clock.now(), 'system:reviews')
  return (await latestRubric(sql, siteId)) ?? first
}
