import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeAudit } from '../app/audit.ts'
import { type Config, readConfig } from '../config.ts'
import { type Database, openDatabase } from '../storage/database.ts'
import { migrate } from '../storage/migrations/migrate.ts'
import { copyFolder } from '../testing/copy-folder.ts'
import { freshPostgresUrl, migratedFolder, silent, testEngines } from '../testing/database.ts'
import { member } from '../testing/given-conversation.ts'
import { runAuditCommand } from './index.ts'

describe.each(testEngines)('npm run audit on %s', (engine) => {
  let folder: string
  let config: Config
  let said = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-audit-'))
    if (engine === 'embedded') await copyFolder(await migratedFolder(), folder)
    const databaseUrl = engine === 'postgres' ? { DATABASE_URL: await freshPostgresUrl() } : {}
    config = readConfig({ NODE_ENV: 'test', DATA_DIR: folder, ...databaseUrl })
    await within(async (database) => {
      await migrate(database)
      await database.query(
        `insert into sites (site_id, site_key, settings, created_at) values ('site_test', 'marlow', '{}'::jsonb, now())`,
      )
      for (let at = 1; at <= 4; at += 1)
        await writeAudit(database, member('Priya'), {
          action: 'queue.saved',
          object: `queue:${at}`,
        })
    })
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  async function within(work: (database: Database) => Promise<unknown>): Promise<void> {
    const { databaseUrl, dataDir } = config
    const database = await openDatabase({ databaseUrl, dataDir, logger: silent })
    try {
      await work(database)
    } finally {
      await database.close()
    }
  }
  function run(...words: string[]): Promise<number> {
    said = ''
    return runAuditCommand(config, words, (text) => {
      said += text
    })
  }

  it('says that every line fits, and where the chain ends', async () => {
    expect(await run('verify')).toBe(0)
    expect(said).toMatch(/^✓ marlow: 4 lines\. Head 4:[0-9a-f]{64}\n$/)
    const head = said.match(/4:[0-9a-f]{64}/)?.[0] ?? ''
    expect(await run('verify', '--site', 'marlow', '--head', head)).toBe(0)
    expect(await run('verify', '--site', 'marlow', '--head', `4:${'0'.repeat(64)}`)).toBe(1)
  })

  it('explains itself to whoever asks for something else', async () => {
    for (const words of [[], ['check'], ['verify', '--site'], ['verify', '--head', `1:${'0'.repeat(64)}`]]) {
      expect(await run(...words)).toBe(2)
      expect(said).toContain('npm run audit -- verify')
    }
    await expect(run('verify', '--site', 'unknown')).rejects.toThrow('There is no site with the key unknown.')
  })

  it('names the first line that does not fit', async () => {
    await within(async (database) => {
      await database.query('alter table audit disable trigger user')
      await database.query('delete from audit where number = 3')
    })
    expect(await run('verify')).toBe(1)
    expect(said).toBe('✗ marlow: Line 3 is missing. The 2 before it fit.\n')
  })

  if (engine === 'embedded') {
    it('does not touch a folder that Parley runs on, and says what to do', async () => {
      await within(async () => {
        await expect(run('verify')).rejects.toThrow(/Parley is running on .*Press Verify in the console/)
      })
    })

    it('makes no database where there is none', async () => {
      const elsewhere = { ...config, dataDir: join(folder, 'elsewhere') }
      await expect(runAuditCommand(elsewhere, ['verify'], () => {})).rejects.toThrow(
        'There is no database in',
      )
    })
  }
})
