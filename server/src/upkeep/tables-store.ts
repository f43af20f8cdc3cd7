import type { Sql } from '../storage/database.ts'

export interface Table {
  name: string
  columns: { name: string; type: string }[]
}

/** What says which version the schema has is written by migrating, not by copying. */
const own = 'migrations'

/** In an order in which no row comes before what it refers to. */
export async function tablesOf(sql: Sql): Promise<Table[]> {
  const columns = await sql.query<{ table: string; column: string; type: string }>(
    `select c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as type
       from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> $1
        and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      order by c.relname, a.attnum`,
    [own],
  )
  const references = await sql.query<{ from: string; to: string }>(
    `select r.conrelid::regclass::text as "from", r.confrelid::regclass::text as "to"
       from pg_constraint r where r.contype = 'f' and r.conrelid <> r.confrelid and r.connamespace = 'public'::regnamespace`,
  )
  const byName = new Map<string, Table>()
  for (const { table, column, type } of columns) {
    const known = byName.get(table) ?? { name: table, columns: [] }
    known.columns.push({ name: column, type })
    byName.set(table, known)
  }
  const ordered: Table[] = []
  while (byName.size > 0) {
    const free = [...byName.values()].filter(
      ({ name }) => !references.some(({ from, to }) => from === name && byName.has(to)),
    )
    if (free.length === 0) throw new Error(`Tables refer to each other in a circle: ${[...byName.keys()]}.`)
    for (const table of free) byName.delete(table.name)
    ordered.push(...free)
  }
  return ordered
}

export async function isEmpty(sql: Sql, tables: readonly Table[]): Promise<boolean> {
  for (const { name } of tables) {
    const [row] = await sql.query(`select 1 from ${quoted(name)} limit 1`)
    if (row) return false
  }
  return true
}

/** Values leave as text and enter as text, as in a dump: what a JSON number or a Date would round stays exact. */
export async function* rowsOf(sql: Sql, { name, columns }: Table, atOnce: number): AsyncGenerator<string[]> {
  const values = columns.map((column) => `${quoted(column.name)}::text`).join(', ')
  await sql.query(
    `declare moving no scroll cursor for select json_build_array(${values})::text as row from ${quoted(name)}`,
  )
  for (;;) {
    const rows = await sql.query<{ row: string }>(`fetch ${atOnce} from moving /* ${name} */`, [])
    if (rows.length === 0) break
    yield rows.map(({ row }) => row)
  }
  await sql.query('close moving')
}

export async function insertRows(sql: Sql, { name, columns }: Table, rows: readonly string[]): Promise<void> {
  const values = columns.map(({ type }, at) => `(r->>${at})::${type}`).join(', ')
  await sql.query(
    `insert into ${quoted(name)} (${columns.map((column) => quoted(column.name)).join(', ')})
     overriding system value select ${values} from json_array_elements($1::json) as r`,
    [`[${rows.join(',')}]`],
  )
}

/** Rows arrive as they were: nothing is to be worked out anew for them. */
export async function withoutTriggers(sql: Sql, tables: readonly Table[], isOff: boolean): Promise<void> {
  for (const { name } of tables)
    await sql.query(`alter table ${quoted(name)} ${isOff ? 'disable' : 'enable'} trigger user`)
}

/** Numbers go on where they were. */
export async function continueNumbers(sql: Sql): Promise<void> {
  const counted = await sql.query<{ table: string; column: string; sequence: string }>(
    `select c.relname as "table", a.attname as "column",
       pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attidentity <> ''`,
  )
  for (const { table, column, sequence } of counted)
    await sql.query(
      `select setval('${sequence}', greatest((select max(${quoted(column)}) from ${quoted(table)}), 1),
         exists (select 1 from ${quoted(table)}))`,
    )
}

/** How many rows, and a sum over all they hold that does not depend on their order. */
export async function fingerprintOf(
  sql: Sql,
  { name, columns }: Table,
): Promise<{ rows: number; sum: string }> {
  const values = columns.map((column) => `${quoted(column.name)}::text`).join(', ')
  const [found] = await sql.query<{ rows: number; sum: string }>(
    `select count(*) as rows, coalesce(sum(('x' || substr(md5(json_build_array(${values})::text), 1, 15))::bit(60)::bigint), 0)::text as sum
       from ${quoted(name)}`,
  )
  if (!found) throw new Error(`${name} was not counted.`)
  return found
}

/** Conversations whose head is not their last event. */
export async function strayHeads(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `select count(*) from conversations c
     where c.seq <> (select coalesce(max(e.seq), 0) from events e where e.conversation_id = c.conversation_id)`,
  )
  return row?.count ?? 0
}

export async function currentTransaction(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ at: number }>('select pg_current_xact_id()::text::bigint as at')
  return row?.at ?? 0
}

/** Uses up numbers of transactions: what was written before must lie before whatever is written after. */
export async function spendTransactions(sql: Sql, count: number): Promise<void> {
  await sql.query(
    `do $$ begin for i in 1..${Math.trunc(count)} loop perform pg_current_xact_id(); commit; end loop; end $$`,
  )
}

/** Both sides write times alike while they are compared. */
export async function speakPlainly(sql: Sql): Promise<void> {
  await sql.query(
    `set local timezone = 'UTC'; set local datestyle = 'ISO'; set local intervalstyle = 'postgres'; set local extra_float_digits = 1; set local bytea_output = 'hex'`,
  )
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
