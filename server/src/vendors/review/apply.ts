import { type Actor, actorIdOf, authorOf, type SystemActor } from '@parley/shared/people.ts'
import { isStorable } from '@parley/shared/protocol/texts.ts'
import { applicationFields } from '@parley/shared/protocol/vendor-commands.ts'
import type { VendorApplication, VendorRulesContent } from '@parley/shared/protocol/vendors.ts'
import { isAdmitted, type VendorState } from '@parley/shared/vendors/life-cycle.ts'
import { z } from 'zod'
import { writeAudit } from '../../app/audit.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import { tokenHash } from '../../identity/index.ts'
import { findSite, loadSite } from '../../sites/index.ts'
import type { Sql } from '../../storage/database.ts'
import { maskCards, maskCardsIn } from '../../terms/index.ts'
import { canMail, newApplicationLink, planLetter } from '../letters/letters.ts'
import { profileRow } from '../profile/profile-store.ts'
import { loadRules } from '../rules/rules-store.ts'
import { moveVendor } from '../states/move-vendor.ts'
import { insertStep, stepsOf } from '../states/states-store.ts'
import * as store from './application-store.ts'
import { applicationFrom } from './describe-application.ts'
import { countDocuments, documentsOf, insertDocument } from './documents-store.ts'

const dayMs = 24 * 60 * 60 * 1000
/** Applications for one address, and for one site, in a day. */
const mostPerEmail = 3
const mostPerSite = 200
const mostDocuments = 20
const mostWords = 100

export const applicationInput = z.strictObject({
  siteKey: z.string().min(1).max(80).refine(isStorable, { error: 'text.unstorable' }),
  ...applicationFields,
})
export type ApplicationInput = z.output<typeof applicationInput>

/** What a page needs to ask for an application; nothing of it is anybody's. */
export interface ApplicationForm {
  siteName: string
  categories: string[]
  documents: VendorRulesContent['applications']['documents']
  terms: string
  termsVersion: number
}

/** An application as whoever holds its token sees it. */
export interface ApplicantView extends ApplicationForm {
  state: VendorState
  isAdmitted: boolean
  application: VendorApplication
  given: { label: string; name: string; bytes: number; givenAt: string; verdict: string | null }[]
  /** Why it was refused. */
  reason: string | null
  isAsked: boolean
}

export async function viewForm(parts: Parts, siteKey: string): Promise<ApplicationForm> {
  const site = await findSite(parts, siteKey)
  const found = site?.isEnabled ? await loadRules(parts.database, site.siteId) : undefined
  if (!site || !found?.rules.applications.isOpen) throw new Refused('notFound', 'applications.closed')
  return formFrom(site.branding.name, found)
}

function formFrom(siteName: string, found: Awaited<ReturnType<typeof loadRules>>): ApplicationForm {
  const { categories, documents, terms } = found.rules.applications
  return { siteName, categories, documents, terms, termsVersion: found.termsVersion }
}

/** Anybody may apply. The token is for this browser and shown nowhere; the link is mailed, or shown once. */
export async function apply(
  parts: Parts,
  { siteKey, ...told }: ApplicationInput,
  ip: string,
): Promise<{ token: string; link: string | null }> {
  const site = await findSite(parts, siteKey)
  if (!site?.isEnabled) throw new Refused('notFound', 'applications.closed')
  const vendorId = parts.random.id('ven')
  return parts.database.transaction(async (sql) => {
    const { token, link } = await takeApplication(parts, sql, {
      siteId: site.siteId,
      vendorId,
      told,
      actor: applicantOf(site.siteId, vendorId),
      ip,
    })
    return { token, link }
  })
}

interface Handed {
  siteId: string
  vendorId: string
  told: Omit<ApplicationInput, 'siteKey'>
  /** The applicant, or whoever hands it in for them. */
  actor: Actor
  ip: string
}

/** Within the asker's transaction: the vendor, its first step, the audit line and the letter. */
export async function takeApplication(
  parts: Parts,
  sql: Sql,
  { siteId, vendorId, told: given, actor, ip }: Handed,
): Promise<{ token: string; link: string | null }> {
  const told = maskCardsIn(given)
  const { rules, termsVersion } = await loadRules(sql, siteId)
  if (!rules.applications.isOpen) throw new Refused('notFound', 'applications.closed')
  if (told.termsVersion !== termsVersion)
    throw new Refused('conflict', 'terms.changed', { field: 'termsVersion' })
  const unknown = told.categories.findIndex((category) => !rules.applications.categories.includes(category))
  if (unknown >= 0) throw new Refused('invalid', 'category.unknown', { field: `categories.${unknown}` })
  const at = parts.clock.now()
  const email = told.email.toLowerCase()
  const known = await store.appliedSince(sql, siteId, email, new Date(at.getTime() - dayMs))
  if (known.byEmail >= mostPerEmail || known.all >= mostPerSite)
    throw new Refused('rateLimited', 'applications.tooMany', { retryAfterMs: dayMs })
  const token = parts.random.token()
  await store.insertApplicant(sql, {
    siteId,
    vendorId,
    company: told.company,
    contactName: told.contactName,
    email,
    phone: told.phone ?? null,
    website: told.website ?? null,
    about: told.about,
    categories: told.categories,
    termsVersion,
    tokenHash: tokenHash(token),
    at,
  })
  const isOwn = actor.kind === 'system'
  await insertStep(sql, siteId, vendorId, {
    at,
    by_id: isOwn ? 'applicant' : actorIdOf(actor),
    by_name: isOwn ? told.contactName : authorOf(actor).name,
    is_by_rule: false,
    act: 'added',
    from_state: null,
    to_state: 'applied',
    why: isOwn
      ? `Accepted the terms in version ${termsVersion}`
      : `Handed in for ${told.contactName}, who accepted the terms in version ${termsVersion}`,
    until: null,
    conversation_ids: [],
  })
  await writeAudit(sql, actor, { action: 'vendor.applied', object: `vendor:${vendorId}`, ip })
  await planLetter(parts, sql, { siteId, vendorId, matter: { kind: 'received' }, words: '' })
  return { token, link: canMail(parts) ? null : await newApplicationLink(parts, sql, siteId, vendorId) }
}

/** By the mailed link the address is confirmed as well. */
export async function viewApplication(parts: Parts, token: string): Promise<ApplicantView> {
  const row = await loadByToken(parts, token)
  const sql = parts.database
  if (row.is_link && canMail(parts)) {
    const at = parts.clock.now()
    await store.confirmEmail(sql, row.site_id, row.vendor_id, at)
    row.email_confirmed_at ??= at
  }
  const [site, rules, vendor, words, documents, steps] = await Promise.all([
    loadSite(parts, row.site_id),
    loadRules(sql, row.site_id),
    profileRow(sql, row.site_id, row.vendor_id),
    store.wordsOf(sql, row.site_id, row.vendor_id),
    documentsOf(sql, row.site_id, row.vendor_id),
    stepsOf(sql, row.site_id, row.vendor_id),
  ])
  if (!vendor) throw ended()
  const application = applicationFrom(row, words)
  return {
    ...formFrom(site.branding.name, rules),
    state: vendor.state,
    isAdmitted: isAdmitted(vendor.state),
    // Who of the staff wrote is theirs to say.
    application: {
      ...application,
      talk: application.talk.map((word) =>
        word.side === 'staff' ? { ...word, by: site.branding.name } : word,
      ),
    },
    given: documents.map(({ label, name, bytes, givenAt, verdict }) => ({
      label,
      name,
      bytes,
      givenAt,
      verdict,
    })),
    reason: vendor.state === 'refused' ? (steps.findLast(({ act }) => act === 'refuse')?.why ?? null) : null,
    isAsked: words.at(-1)?.side === 'staff',
  }
}

export async function answerApplication(parts: Parts, token: string, words: string): Promise<void> {
  const row = await loadByToken(parts, token)
  await parts.database.transaction(async (sql) => {
    if ((await store.wordsOf(sql, row.site_id, row.vendor_id)).length >= mostWords)
      throw new Refused('conflict', 'applications.full')
    await store.insertWord(sql, row.site_id, row.vendor_id, {
      at: parts.clock.now(),
      side: 'applicant',
      by_name: row.contact_name,
      text: maskCards(words),
    })
    await writeAudit(sql, applicantOf(row.site_id, row.vendor_id), {
      action: 'vendor.answered',
      object: `vendor:${row.vendor_id}`,
    })
  })
}

/** After a refusal, with what has changed. */
export async function applyAgain(parts: Parts, token: string, words: string): Promise<void> {
  const row = await loadByToken(parts, token)
  await parts.database.transaction(async (sql) => {
    await moveVendor(parts, sql, applicantOf(row.site_id, row.vendor_id), {
      vendorId: row.vendor_id,
      act: 'applyAgain',
      why: 'Sent the application again',
    })
    await store.setFirstApproval(sql, row.site_id, row.vendor_id, null)
    await store.insertWord(sql, row.site_id, row.vendor_id, {
      at: parts.clock.now(),
      side: 'applicant',
      by_name: row.contact_name,
      text: maskCards(words),
    })
  })
}

/** Who uploads for an application, for the files' own limits and record. */
export async function applicantBy(parts: Parts, token: string): Promise<SystemActor> {
  const row = await loadByToken(parts, token)
  if ((await countDocuments(parts.database, row.site_id, row.vendor_id)) >= mostDocuments)
    throw new Refused('conflict', 'applications.full')
  return applicantOf(row.site_id, row.vendor_id)
}

export async function addDocument(
  parts: Parts,
  token: string,
  given: { kind: string; fileId: string },
): Promise<void> {
  const row = await loadByToken(parts, token)
  const { rules } = await loadRules(parts.database, row.site_id)
  const kind = rules.applications.documents.find(({ id }) => id === given.kind)
  if (!kind) throw new Refused('invalid', 'document.unknown', { field: 'kind' })
  const documentId = parts.random.id('doc')
  await parts.database.transaction(async (sql) => {
    await insertDocument(sql, {
      siteId: row.site_id,
      vendorId: row.vendor_id,
      documentId,
      kind: kind.id,
      label: kind.label,
      fileId: given.fileId,
      at: parts.clock.now(),
    })
    await writeAudit(sql, applicantOf(row.site_id, row.vendor_id), {
      action: 'vendor.documentGiven',
      object: `document:${documentId}`,
      reason: kind.label,
    })
  })
}

async function loadByToken(parts: Parts, token: string) {
  const row = await store.applicationByToken(parts.database, tokenHash(token))
  if (!row) throw ended()
  return row
}

function ended(): Refused {
  return new Refused('notFound', 'link.ended')
}

export function applicantOf(siteId: string, vendorId: string): SystemActor {
  return { kind: 'system', siteId, rule: `applicant ${vendorId}` }
}
