import { openDatabase } from '../storage/database.ts'
import { silent } from './database.ts'

const [, , dataDir, first] = process.argv
if (!dataDir || !first) throw new Error('Say in which folder to insert, and the first number.')

const database = await openDatabase({ dataDir, logger: silent })
await database.query('create table if not exists acknowledged (id integer primary key)')
process.stdin.on('data', () => process.stdout.write('alive\n'))
process.stdout.write('open\n')

for (let id = Number(first); ; id += 1) {
  await database.transaction((sql) => sql.query('insert into acknowledged (id) values ($1)', [id]))
  process.stdout.write(`${id}\n`)
}
