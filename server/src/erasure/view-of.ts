import { maskedAddress } from '@parley/shared/conversation/masked.ts'
import type { FoundPerson } from '@parley/shared/protocol/privacy.ts'
import type { PersonRow } from './store.ts'

/** Whole: for an export. */
export function viewOf(row: PersonRow): FoundPerson {
  return {
    contactId: row.contact_id,
    name: row.name,
    email: row.email,
    externalId: row.sub,
    conversations: row.conversations,
    createdAt: row.created_at.toISOString(),
    erasedAt: row.erased_at?.toISOString() ?? null,
  }
}

export function listedOf(row: PersonRow): FoundPerson {
  const { email, ...person } = viewOf(row)
  return { ...person, email: email && maskedAddress(email) }
}
