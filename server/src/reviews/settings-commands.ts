import { isDeepStrictEqual } from 'node:util'
import { askingMember } from '../app/asking-member.ts'
import { writeAudit } from '../app/audit.ts'
import { Refused } from '../app/refused.ts'
import type { SiteCommands } from '../app/site-command.ts'
import { loadRubric, loadRules } from './settings.ts'
import { countStaff, insertRubric, saveRules } from './store.ts'

export const reviewSettingsCommands: SiteCommands = {
  async viewReviewSettings({ actor, sql, parts }) {
    return { rubric: await loadRubric(parts, sql, actor.siteId), rules: await loadRules(sql, actor.siteId) }
  },

  /** A changed rubric is a new version: what was scored stays as it was scored. */
  async saveReviewSettings({ actor, input, sql, parts, origin }) {
    const { siteId, memberId } = askingMember(actor)
    const { criteria, rules } = input
    if (new Set(criteria.map(({ id }) => id)).size !== criteria.length)
      throw new Refused('invalid', 'rubric.twice', { field: 'criteria' })
    const reviewerIds = [...new Set(rules.reviewerIds)]
    if ((await countStaff(sql, siteId, reviewerIds)) !== reviewerIds.length)
      throw new Refused('invalid', 'review.reviewers', { field: 'rules.reviewerIds' })
    const before = { rubric: await loadRubric(parts, sql, siteId), rules: await loadRules(sql, siteId) }
    const isNewVersion = !isDeepStrictEqual(before.rubric.criteria, criteria)
    const rubric = isNewVersion ? { version: before.rubric.version + 1, criteria } : before.rubric
    if (isNewVersion && !(await insertRubric(sql, siteId, rubric, parts.clock.now(), memberId)))
      throw new Refused('conflict', 'rubric.version')
    const saved = { rubric, rules: { ...rules, reviewerIds } }
    await saveRules(sql, siteId, saved.rules)
    await writeAudit(sql, actor, {
      action: 'rubric.saved',
      object: `rubric:${rubric.version}`,
      ...(input.reason === undefined ? {} : { reason: input.reason }),
      ip: origin.ip,
      before,
      after: saved,
    })
    return saved
  },
}
