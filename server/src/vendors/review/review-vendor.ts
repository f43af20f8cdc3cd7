import { authorOf } from '@parley/shared/people.ts'
import { isAdmitted } from '@parley/shared/vendors/life-cycle.ts'
import { askingMember } from '../../app/asking-member.ts'
import { writeAudit } from '../../app/audit.ts'
import { Refused } from '../../app/refused.ts'
import type { SiteCommands, SiteContext } from '../../app/site-command.ts'
import { addInvited, createInvitation, tokenHash } from '../../identity/index.ts'
import { canMail, newApplicationLink, planLetter, planNotice } from '../letters/letters.ts'
import { describeVendor } from '../profile/describe-vendor.ts'
import { peopleOf, profileRow } from '../profile/profile-store.ts'
import { loadRules } from '../rules/rules-store.ts'
import { announceAccess } from '../states/access.ts'
import { moveVendor } from '../states/move-vendor.ts'
import { lockState, setVettedUntil, stepsOf } from '../states/states-store.ts'
import { contactOf, isNameTaken } from '../store.ts'
import { hasTraining } from '../training/training-store.ts'
import * as store from './application-store.ts'
import { acceptedDocuments, setVerdict } from './documents-store.ts'

const dayMs = 24 * 60 * 60 * 1000

type Context = SiteContext<'reviewVendor'>

export const reviewCommands: SiteCommands = {
  async reviewVendor(context) {
    const { actor, input, sql, parts, origin, afterCommit } = context
    const { siteId } = actor
    const { vendorId, act, reason: why } = input
    if (!(await lockState(sql, siteId, vendorId))) throw new Refused('notFound', 'vendor.unknown')
    await keepChecked(context)
    let link: string | null = null
    const ip = { ip: origin.ip }
    switch (act) {
      case 'startReview':
        await moveVendor(parts, sql, actor, { vendorId, act, why, ...ip })
        break
      case 'askForMore':
        link = await askForMore(context)
        break
      case 'refuse':
        await moveVendor(parts, sql, actor, { vendorId, act, why, ...ip })
        await planLetter(parts, sql, { siteId, vendorId, matter: { kind: 'refused' }, words: why })
        break
      case 'approve':
        link = await approve(context)
        break
      case 'admit':
        await moveVendor(parts, sql, actor, {
          vendorId,
          act: 'passTraining',
          why,
          to: input.to ?? (await firstState(context)),
          ...ip,
        })
        break
      default:
        act satisfies never
    }
    afterCommit(() => announceAccess(parts, siteId, vendorId))
    return { vendor: await describeVendor(parts, sql, siteId, vendorId), link }
  },

  async checkVendorDocument({ actor, input, sql, parts, origin }) {
    const { siteId } = actor
    const { vendorId, documentId, verdict, expiresOn } = input
    const at = parts.clock.now()
    const expiresAt = expiresOn === null ? null : new Date(`${expiresOn}T23:59:59Z`)
    if (verdict === 'accepted' && expiresAt !== null && expiresAt <= at)
      throw new Refused('invalid', 'document.over', { field: 'expiresOn' })
    const by = authorOf(actor).name
    if (!(await setVerdict(sql, siteId, vendorId, documentId, { verdict, by, at, expiresAt })))
      throw new Refused('notFound', 'document.unknown')
    await writeAudit(sql, actor, {
      action: verdict === 'accepted' ? 'vendor.documentAccepted' : 'vendor.documentRefused',
      object: `document:${documentId}`,
      ip: origin.ip,
    })
    return describeVendor(parts, sql, siteId, vendorId)
  },
}

/** What was ticked stays ticked by whoever ticked it first. */
async function keepChecked({ actor, input, sql, parts }: Context): Promise<void> {
  const application = await store.findApplication(sql, actor.siteId, input.vendorId)
  if (!application) return
  const mine = { by: authorOf(actor).name, at: parts.clock.now().toISOString() }
  const checked = Object.fromEntries(input.checked.map((id) => [id, application.checked[id] ?? mine]))
  await store.setChecked(sql, actor.siteId, input.vendorId, checked)
}

async function askForMore({ actor, input, sql, parts, origin }: Context): Promise<string | null> {
  const { siteId } = actor
  const { vendorId, reason: why } = input
  await moveVendor(parts, sql, actor, { vendorId, act: 'askForMore', why, ip: origin.ip })
  await store.insertWord(sql, siteId, vendorId, {
    at: parts.clock.now(),
    side: 'staff',
    by_name: authorOf(actor).name,
    text: why,
  })
  await ensureApplication({ actor, input, sql, parts })
  await planLetter(parts, sql, { siteId, vendorId, matter: { kind: 'asked' }, words: why })
  return canMail(parts) ? null : newApplicationLink(parts, sql, siteId, vendorId)
}

/** A vendor that was here before there were applications gets one when it is asked for something. */
async function ensureApplication({
  actor,
  input,
  sql,
  parts,
}: Pick<Context, 'actor' | 'input' | 'sql' | 'parts'>): Promise<void> {
  const { siteId } = actor
  const { vendorId } = input
  if (await store.findApplication(sql, siteId, vendorId)) return
  const contact = await contactOf(sql, siteId, vendorId)
  const vendor = await profileRow(sql, siteId, vendorId)
  if (!contact || !vendor) throw new Refused('conflict', 'review.noContact')
  await store.insertApplication(sql, {
    siteId,
    vendorId,
    company: vendor.name,
    contactName: contact.name,
    email: contact.email,
    phone: null,
    website: null,
    about: 'Was a vendor before it was asked for this.',
    categories: [],
    termsVersion: (await loadRules(sql, siteId)).termsVersion,
    tokenHash: tokenHash(parts.random.token()),
    at: parts.clock.now(),
  })
}

/** Documents and checklist first; where the site asks for two people, the second is another one. */
async function approve(context: Context): Promise<string | null> {
  const { actor, input, sql, parts, origin } = context
  const { siteId } = actor
  const { vendorId, reason: why } = input
  const { rules } = await loadRules(sql, siteId)
  const at = parts.clock.now()
  const application = await store.findApplication(sql, siteId, vendorId)
  const documents = await acceptedDocuments(sql, siteId, vendorId, at)
  if (application) {
    const isDone = rules.applications.checklist.every(({ id }) => input.checked.includes(id))
    if (!isDone) throw new Refused('invalid', 'review.checklist', { field: 'checked' })
    const missing = rules.applications.documents.find(
      ({ id, isRequired }) => isRequired && !documents.kinds.includes(id),
    )
    if (missing) throw new Refused('conflict', 'review.documents')
  }
  if (rules.applications.needsSecondPerson && application && !(await isSecond(context, application)))
    return null
  const to = input.to ?? (await firstState(context))
  if (to !== 'training' && (await hasTraining(sql, siteId)) && !(await wasAdmitted(context)))
    throw new Refused('conflict', 'review.training', { field: 'to' })
  const externalId = input.externalId ?? vendorId
  if (await isNameTaken(sql, siteId, externalId, vendorId))
    throw new Refused('conflict', 'vendor.externalId', { field: 'externalId' })
  // Asked before the move, which is an admission itself where there is nothing to learn.
  const isNew = !(await wasAdmitted(context))
  await moveVendor(parts, sql, actor, { vendorId, act: 'approve', why, to, ip: origin.ip })
  await store.setFirstApproval(sql, siteId, vendorId, null)
  await setVettedUntil(sql, siteId, vendorId, vettedUntil(rules.applications.vettedDays, at, documents))
  const queueId = parts.random.id('que')
  if (isNew || input.externalId !== undefined)
    await store.openVendor(sql, siteId, { vendorId, externalId, queueId })
  return application ? invite(context, application) : null
}

async function isSecond(
  { actor, sql, parts, input }: Context,
  application: store.ApplicationRow,
): Promise<boolean> {
  const { memberId, name, siteId } = askingMember(actor)
  const first = application.first_approval
  if (first === null) {
    const approval = { byId: memberId, by: name, at: parts.clock.now().toISOString() }
    await store.setFirstApproval(sql, siteId, input.vendorId, approval)
    await writeAudit(sql, actor, {
      action: 'vendor.approvedFirst',
      object: `vendor:${input.vendorId}`,
      reason: input.reason,
    })
    return false
  }
  if (first.byId === memberId) throw new Refused('notAllowed', 'review.secondPerson')
  return true
}

/** Who was admitted before comes back to where it was; who is new learns first, where there is something to learn. */
async function firstState(context: Context): Promise<'training' | 'probation' | 'active'> {
  const { actor, sql, input } = context
  const { rules } = await loadRules(sql, actor.siteId)
  if (input.act === 'approve') {
    if (await wasAdmitted(context)) return 'active'
    if (await hasTraining(sql, actor.siteId)) return 'training'
  }
  const hasProbation = rules.probation.conversations !== null || rules.probation.days !== null
  return hasProbation ? 'probation' : 'active'
}

async function wasAdmitted({ actor, sql, input }: Context): Promise<boolean> {
  const steps = await stepsOf(sql, actor.siteId, input.vendorId)
  return steps.some(
    ({ from_state: from, to_state: to }) => isAdmitted(to) || (from !== null && isAdmitted(from)),
  )
}

function vettedUntil(days: number | null, at: Date, { firstExpiry }: { firstExpiry: Date | null }) {
  const byRule = days === null ? null : at.getTime() + days * dayMs
  const ends = [byRule, firstExpiry?.getTime() ?? null].filter((end) => end !== null)
  return ends.length === 0 ? null : new Date(Math.min(...ends))
}

/** The contact becomes the vendor's first member; whoever is a member already keeps what they have. */
async function invite(context: Context, application: store.ApplicationRow): Promise<string | null> {
  const { actor, sql, parts, input } = context
  if ((await peopleOf(sql, actor.siteId, input.vendorId)).length > 0) {
    const { vendorId, reason: words } = input
    await planNotice(parts, sql, { siteId: actor.siteId, vendorId, act: 'approve', words })
    return null
  }
  const wish = {
    requestId: input.requestId,
    name: application.contact_name,
    email: application.email,
    role: 'vendor' as const,
    vendorId: input.vendorId,
  }
  const memberId = await addInvited({ ...context, input: wish })
  await planLetter(parts, sql, {
    siteId: actor.siteId,
    vendorId: input.vendorId,
    matter: { kind: 'admitted' },
    words: '',
    memberId,
  })
  return canMail(parts) ? null : createInvitation(parts, sql, { siteId: actor.siteId, memberId })
}
