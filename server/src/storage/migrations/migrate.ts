import type { Database, Sql } from '../database.ts'
import { CannotOpen } from '../unavailable.ts'
import { migrations as all } from './index.ts'

export type Migration = { id: string; up: string }

/** Any number that nothing else in the database locks on. */
const MIGRATION_LOCK = 7_021_996

/** Brings the schema up to this version; nodes that start together wait for the first. */
export async function migrate(
  database: Pick<Database, 'engine' | 'transaction'>,
  migrations: readonly Migration[] = all,
): Promise<string[]> {
  checkOrder(migrations)
  return database.transaction(async (sql) => {
    if (database.engine === 'postgres') {
      await sql.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
      // Old nodes still serve: rather fail and be started again than queue everybody behind a waiting change.
      await sql.query(`set local lock_timeout = '3s'`)
    }
    await sql.query(
      'create table if not exists migrations (id text primary key, applied_at timestamptz not null default now())',
    )
    const missing = await missingMigrations(sql, migrations)
    for (const migration of missing) {
      await sql.query(migration.up)
      await sql.query('insert into migrations (id) values ($1)', [migration.id])
    }
    return missing.map(({ id }) => id)
  }, 'long')
}

async function missingMigrations(sql: Sql, migrations: readonly Migration[]): Promise<Migration[]> {
  const applied = new Set((await sql.query<{ id: string }>('select id from migrations')).map(({ id }) => id))
  const known = new Set(migrations.map(({ id }) => id))
  const newer = [...applied].filter((id) => !known.has(id)).sort()
  if (newer.length > 0) {
    throw new CannotOpen(
      `The database was written by a newer version of Parley (${newer.join(', ')}). Start that version, or restore a backup made before it.`,
    )
  }
  return migrations.filter(({ id }) => !applied.has(id))
}

function checkOrder(migrations: readonly Migration[]) {
  migrations.forEach(({ id }, at) => {
    const before = migrations[at - 1]
    if (before && before.id >= id) throw new Error(`Migration ${id} must come before ${before.id}.`)
  })
}
