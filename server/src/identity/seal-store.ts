import type { Sql } from '../storage/database.ts'

/** A column that holds sealed secrets, and what names the place of each. */
export interface SealedColumn {
  table: string
  column: string
  key: readonly string[]
  contextOf(key: readonly string[]): string
}

export interface SealedRow {
  key: readonly string[]
  sealed: string
}

/** All that one key has sealed. */
export async function rowsSealedBy(sql: Sql, of: SealedColumn, keyId: string): Promise<SealedRow[]> {
  const { table, column, key } = of
  return sql.query<SealedRow>(
    `select array[${key.join(', ')}]::text[] as key, ${column} as sealed from ${table}
     where ${column} is not null and starts_with(${column}, $1)`,
    [`${keyId}.`],
  )
}

/** Nothing when somebody else was faster. */
export async function replaceSealed(
  sql: Sql,
  of: SealedColumn,
  row: SealedRow,
  sealed: string,
): Promise<void> {
  const { table, column, key } = of
  const isThisRow = key.map((name, at) => `${name} = $${at + 3}`).join(' and ')
  await sql.query(`update ${table} set ${column} = $1 where ${column} = $2 and ${isThisRow}`, [
    sealed,
    row.sealed,
    ...row.key,
  ])
}
