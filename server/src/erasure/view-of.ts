import type { FoundPerson } from '@parley/shared/protocol/privacy.ts'
import type { PersonRow } from './store.ts'

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
