import type { Actor } from '@parley/shared/people.ts'
import type { PersonExport } from '@parley/shared/protocol/privacy.ts'
import { auditRead } from '../app/audit-reads.ts'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import type { Sql } from '../storage/database.ts'
import { exportPerson } from './export-person.ts'
import { findPerson } from './store.ts'
import { viewOf } from './view-of.ts'

/** For whoever may erase; on record before anything is given. */
export async function takePerson(
  parts: Parts,
  sql: Sql,
  actor: Actor,
  contactId: string,
  from: { ip: string; sessionId: string | null },
): Promise<PersonExport> {
  const row = await findPerson(sql, actor.siteId, contactId)
  if (!row) throw new Refused('notFound', 'person.unknown')
  await auditRead(parts, actor, { action: 'person.exported', object: `contact:${contactId}`, ...from })
  return exportPerson(sql, actor.siteId, row, viewOf(row), parts.clock.now())
}
