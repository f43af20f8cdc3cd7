import { isDeepStrictEqual } from 'node:util'
import { type Actor, actorIdOf, authorOf } from '@parley/shared/people.ts'
import type { TrainingModuleSettings } from '@parley/shared/protocol/vendors.ts'
import { askingMember } from '../../app/asking-member.ts'
import { writeAudit } from '../../app/audit.ts'
import { Refused } from '../../app/refused.ts'
import type { SiteCommands, SiteContext } from '../../app/site-command.ts'
import { loadSite, sanitizeMarkup } from '../../sites/index.ts'
import { loadRules } from '../rules/rules-store.ts'
import { announceAccess, announceMember } from '../states/access.ts'
import { moveVendor } from '../states/move-vendor.ts'
import { lockState } from '../states/states-store.ts'
import { vendorsOf } from '../store.ts'
import { markTest } from './mark-test.ts'
import * as store from './training-store.ts'

const dayMs = 24 * 60 * 60 * 1000

export const trainingCommands: SiteCommands = {
  async listTraining({ actor, sql, parts }) {
    const { siteId, memberId } = askingMember(actor)
    const now = parts.clock.now()
    const since = new Date(now.getTime() - dayMs)
    const [site, modules, certificates, attempts] = await Promise.all([
      loadSite(parts, siteId),
      store.publishedModules(sql, siteId),
      store.certificatesOf(sql, siteId, memberId),
      store.attemptsSince(sql, siteId, memberId, since),
    ])
    return {
      modules: modules.map((row) => {
        const held = certificates.find((one) => one.module_id === row.module_id)
        return {
          moduleId: row.module_id,
          version: row.version,
          title: row.title,
          topicId: row.topic_id,
          topic: site.topics.find((topic) => topic.id === row.topic_id)?.label ?? null,
          sections: row.content.sections,
          questions: row.content.questions.map(({ text, choices }) => ({
            text,
            choices: choices.map((choice) => choice.text),
            rightCount: choices.filter((choice) => choice.isRight).length,
          })),
          passPercent: row.pass_percent,
          attemptsLeft: Math.max(0, row.attempts_per_day - (attempts.get(row.module_id) ?? 0)),
          certificate: held
            ? { expiresAt: held.expires_at.toISOString(), isCurrent: held.expires_at > now }
            : null,
        }
      }),
    }
  },

  async takeTraining({ actor, input, sql, parts, origin, afterCommit }) {
    const { siteId, memberId, vendorId } = askingMember(actor)
    const row = await store.findModule(sql, siteId, input.moduleId)
    if (!row?.is_published || vendorId === null) throw new Refused('notFound', 'training.unknown')
    if (row.version !== input.version) throw new Refused('conflict', 'training.changed')
    const at = parts.clock.now()
    const tried = await store.attemptsSince(sql, siteId, memberId, new Date(at.getTime() - dayMs))
    const left = row.attempts_per_day - (tried.get(row.module_id) ?? 0)
    if (left <= 0) throw new Refused('rateLimited', 'training.attempts', { retryAfterMs: dayMs })
    const { percent, right } = markTest(row.content.questions, input.answers)
    const hasPassed = percent >= row.pass_percent
    const attemptId = parts.random.id('att')
    const attempt = { attemptId, moduleId: row.module_id, version: row.version, memberId, at }
    await store.insertAttempt(sql, siteId, { ...attempt, answers: input.answers, percent, hasPassed })
    const expiresAt = new Date(at.getTime() + row.certificate_days * dayMs)
    if (hasPassed) await store.giveCertificate(sql, siteId, { ...attempt, expiresAt })
    await writeAudit(sql, actor, {
      action: hasPassed ? 'training.passed' : 'training.failed',
      object: `training:${row.module_id}`,
      reason: `version ${row.version}, ${percent} %`,
      ip: origin.ip,
    })
    if (hasPassed) {
      const isMoved = await admitTrained({ actor, sql, parts }, vendorId)
      afterCommit(() => (isMoved ? announceAccess(parts, siteId, vendorId) : announceMember(parts, memberId)))
    }
    return {
      percent,
      hasPassed,
      right,
      expiresAt: hasPassed ? expiresAt.toISOString() : null,
      attemptsLeft: left - 1,
    }
  },

  async listTrainingModules({ actor, sql, parts }) {
    const rows = await store.modulesOf(sql, actor.siteId, parts.clock.now())
    return { modules: rows.map((row) => settingsOf(row, row.certified)) }
  },

  async saveTrainingModule(context) {
    const { actor, input, sql, parts, origin, afterCommit } = context
    const { siteId } = actor
    const before = input.moduleId === null ? undefined : await store.findModule(sql, siteId, input.moduleId)
    if (input.moduleId !== null && !before) throw new Refused('notFound', 'training.unknown')
    const content = await checkContent(context)
    const isNewText = !before || before.title !== input.title || !isDeepStrictEqual(before.content, content)
    const row: store.ModuleRow = {
      module_id: before?.module_id ?? parts.random.id('trn'),
      version: (before?.version ?? 0) + (isNewText ? 1 : 0),
      title: input.title,
      topic_id: input.topicId,
      content,
      pass_percent: input.passPercent,
      attempts_per_day: input.attemptsPerDay,
      certificate_days: input.certificateDays,
      is_published: input.isPublished,
      saved_at: parts.clock.now(),
      saved_by: authorOf(actor).name,
    }
    await store.saveModule(sql, siteId, row)
    await writeAudit(sql, actor, {
      action: 'training.saved',
      object: `training:${row.module_id}`,
      reason: `version ${row.version}, ${row.is_published ? 'published' : 'draft'}`,
      ip: origin.ip,
    })
    // What is asked of people has changed: every vendor's rights are weighed again.
    const vendors = await vendorsOf(sql, siteId)
    afterCommit(async () => {
      for (const vendor of vendors) await announceAccess(parts, siteId, vendor.vendor_id)
    })
    const rows = await store.modulesOf(sql, siteId, parts.clock.now())
    const certified = rows.find((one) => one.module_id === row.module_id)?.certified ?? 0
    return settingsOf(row, certified)
  },
}

/** By the site's choice whoever has learnt what is asked of everybody is admitted without another word. */
async function admitTrained(
  { actor, sql, parts }: Pick<SiteContext<'takeTraining'>, 'actor' | 'sql' | 'parts'>,
  vendorId: string,
): Promise<boolean> {
  const { siteId } = actor
  const vendor = await lockState(sql, siteId, vendorId)
  if (vendor?.state !== 'training') return false
  const { rules } = await loadRules(sql, siteId)
  if (!rules.training.admitsByItself) return false
  if (!(await store.isTrained(sql, siteId, vendorId, parts.clock.now()))) return false
  const system: Actor = { kind: 'system', siteId, rule: 'training' }
  const hasProbation = rules.probation.conversations !== null || rules.probation.days !== null
  await moveVendor(parts, sql, system, {
    vendorId,
    act: 'passTraining',
    to: hasProbation ? 'probation' : 'active',
    why: 'The training is passed',
  })
  return true
}

async function checkContent({
  actor,
  input,
  sql,
  parts,
}: SiteContext<'saveTrainingModule'>): Promise<store.Content> {
  const site = await loadSite(parts, actor.siteId, sql)
  if (input.topicId !== null && !site.topics.some((topic) => topic.id === input.topicId))
    throw new Refused('invalid', 'topic.unknown', { field: 'topicId' })
  const unanswerable = input.questions.findIndex(({ choices }) => !choices.some(({ isRight }) => isRight))
  if (unanswerable >= 0)
    throw new Refused('invalid', 'training.noRight', { field: `questions.${unanswerable}.choices` })
  const fileIds = input.sections.flatMap(({ picture }) => (picture === null ? [] : [picture.fileId]))
  const kept = await store.keepPictures(sql, actor.siteId, actorIdOf(actor), fileIds, parts.clock.now())
  if (fileIds.some((fileId) => !kept.includes(fileId)))
    throw new Refused('invalid', 'file.unknown', { field: 'sections' })
  return {
    sections: input.sections.map((section) => ({ ...section, body: sanitizeMarkup(section.body) })),
    questions: input.questions,
  }
}

function settingsOf(row: store.ModuleRow, certified: number): TrainingModuleSettings {
  return {
    moduleId: row.module_id,
    version: row.version,
    title: row.title,
    topicId: row.topic_id,
    ...row.content,
    passPercent: row.pass_percent,
    attemptsPerDay: row.attempts_per_day,
    certificateDays: row.certificate_days,
    isPublished: row.is_published,
    savedAt: row.saved_at.toISOString(),
    savedBy: row.saved_by,
    certified,
  }
}
