import { expect } from 'vitest'
import type { Sql } from '../storage/database.ts'
import { tablesOf } from '../upkeep/tables-store.ts'

/** Every row of every table, as text. */
export async function everyRow(sql: Sql): Promise<string> {
  const found: string[] = []
  for (const { name } of await tablesOf(sql)) {
    const [row] = await sql.query<{ rows: string }>(
      `select coalesce(json_agg(t)::text, '') as rows from "${name}" t`,
    )
    found.push(`${name}: ${row?.rows}`)
  }
  expect(found.length).toBeGreaterThan(40)
  return found.join('\n')
}
