import type { VendorApplication, VendorProfile } from '@parley/shared/protocol/vendors.ts'
import type { Sql } from '../../storage/database.ts'
import { type ApplicationRow, findApplication, type WordRow, wordsOf } from './application-store.ts'

export async function applicationOf(
  sql: Sql,
  siteId: string,
  vendorId: string,
): Promise<VendorProfile['application']> {
  const row = await findApplication(sql, siteId, vendorId)
  if (!row) return null
  return {
    ...applicationFrom(row, await wordsOf(sql, siteId, vendorId)),
    checked: Object.entries(row.checked).map(([id, { by, at }]) => ({ id, by, at })),
    firstApproval: row.first_approval,
    isErased: row.is_erased,
  }
}

export function applicationFrom(row: ApplicationRow, words: readonly WordRow[]): VendorApplication {
  return {
    company: row.company,
    contactName: row.contact_name,
    email: row.email,
    isEmailConfirmed: row.email_confirmed_at !== null,
    phone: row.phone,
    website: row.website,
    about: row.about,
    categories: row.categories,
    termsVersion: row.terms_version,
    appliedAt: row.applied_at.toISOString(),
    talk: words.map(({ at, side, by_name: by, text }) => ({ at: at.toISOString(), side, by, text })),
  }
}
