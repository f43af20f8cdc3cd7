import {
  answersAnew,
  closeAddress,
  fingerprintAnew,
  openAddress,
  payloadAnew,
} from '../conversations/index.ts'
import type { Sql } from '../storage/database.ts'
import { closeWays, openWays } from '../vendors/index.ts'
import * as store from './store.ts'

/** One small piece of a pass: how much of it had to be sealed, and where to go on; null at its end. */
export async function sealRows(
  sql: Sql,
  pass: store.Pass,
  limit: number,
): Promise<{ found: number; next: store.Pass | null }> {
  const contacts = await store.contactsAfter(sql, pass.contactsTo, limit)
  const lastContact = contacts.at(-1)
  if (lastContact)
    return {
      found: await sealContacts(sql, contacts),
      next: { ...pass, contactsTo: [lastContact.site_id, lastContact.contact_id] },
    }
  const applicants = await store.applicantsAfter(sql, pass.applicantsTo, limit)
  const lastApplicant = applicants.at(-1)
  if (lastApplicant)
    return {
      found: await sealApplicants(sql, applicants),
      next: { ...pass, applicantsTo: [lastApplicant.site_id, lastApplicant.vendor_id] },
    }
  const conversations = await store.conversationsAfter(sql, pass, limit)
  const last = conversations.at(-1)
  if (!last) return { found: 0, next: null }
  return {
    found: await sealConversations(sql, conversations),
    next: { ...pass, conversationsTo: last.conversation_id },
  }
}

async function sealContacts(sql: Sql, rows: readonly store.ContactRow[]): Promise<number> {
  const found = rows.flatMap((was) => {
    const email = openAddress(sql.seal, was.site_id, was)
    return email === null ? [] : [{ was, kept: closeAddress(sql.seal, was.site_id, was.sub, email) }]
  })
  if (found.length > 0) await store.replaceAddresses(sql, found)
  return found.length
}

async function sealApplicants(sql: Sql, rows: readonly store.ApplicantRow[]): Promise<number> {
  let found = 0
  for (const was of rows) {
    const of = { siteId: was.site_id, vendorId: was.vendor_id }
    const opened = openWays(sql.seal, of, was)
    const isWhole =
      (opened.email === '') === (was.email === '') && (opened.phone === null) === (was.phone === null)
    // What does not open stays as it is: the key may be found again.
    if (!isWhole) continue
    await store.replaceWays(sql, was, closeWays(sql.seal, of, opened))
    found += 1
  }
  return found
}

async function sealConversations(sql: Sql, rows: readonly store.ConversationRow[]): Promise<number> {
  const folds = rows.flatMap((was) => {
    const answers = answersAnew(sql.seal, placeOf(was), was.answers)
    return answers === was.answers ? [] : [{ was, answers }]
  })
  const told = await store.eventsWithFields(
    sql,
    rows.map((row) => row.conversation_id),
  )
  const events = told.flatMap((was) => {
    const payload = payloadAnew(sql.seal, placeOf(was), was.type, was.payload)
    const fingerprint = fingerprintAnew(sql.seal, placeOf(was), was.type, was.fingerprint)
    return payload === was.payload && fingerprint === was.fingerprint ? [] : [{ was, payload, fingerprint }]
  })
  if (folds.length > 0) await store.replaceAnswers(sql, folds)
  if (events.length > 0) await store.replaceEvents(sql, events)
  return folds.length + events.length
}

function placeOf(row: { site_id: string; conversation_id: string }) {
  return { siteId: row.site_id, conversationId: row.conversation_id }
}
