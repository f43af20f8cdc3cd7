import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Parts } from '../app/parts.ts'
import { systemClock, testClock } from '../clock.ts'
import { closeFolder } from '../storage/closed-folder.ts'
import { silent } from '../testing/database.ts'
import { givenBuyer, givenTestSite, openLog, say, start } from '../testing/given-conversation.ts'
import { partsOnDisk } from '../testing/on-disk.ts'
import { waitFor } from '../testing/wait-for.ts'
import { askForBackup, openDoor } from './door.ts'
import { keptBackups } from './kept-backups.ts'
import { restoreBackup } from './restore-backup.ts'
import { scheduleBackups } from './schedule.ts'
import { takeBackup } from './take-backup.ts'

const blobKey = '0123456789abcdef0123456789abcdef'
let folder: string
let dataDir: string
const opened: Parts[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-backup-'))
  dataDir = join(folder, 'data')
})
afterEach(async () => {
  for (const parts of opened.splice(0)) await parts.database.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(...given: Parameters<typeof partsOnDisk>): Promise<Parts> {
  const parts = await partsOnDisk(...given)
  opened.push(parts)
  return parts
}

/** A conversation with this many messages, somebody signed in, and a file. */
async function givenChat(parts: Parts, messages: number) {
  await givenTestSite(parts)
  const marta = await givenBuyer(parts, 'Marta')
  const log = openLog(parts)
  await start(log, marta, 'cnv_kept')
  for (let at = 1; at <= messages; at += 1) await say(log, marta, 'cnv_kept', `kept-${at}-x`, `message ${at}`)
  await parts.blobs.put(blobKey, new Uint8Array([1, 2, 3]))
  await parts.database.query(
    `insert into accounts (account_id, email, created_at) values ('acc_a', 'a@example.test', now());
     insert into members (site_id, member_id, account_id, name, role) values ('site_test', 'mem_a', 'acc_a', 'A', 'admin');
     insert into member_sessions values ('ses_a', 'hash', 'acc_a', 'mem_a', now(), now(), now(), 'test');
     insert into one_time_links values ('link', 'invitation', '{}', now() + interval '1 day', null)`,
  )
  return { marta, log }
}

async function close(parts: Parts): Promise<void> {
  opened.splice(opened.indexOf(parts), 1)
  await parts.database.close()
}

async function texts(parts: Parts): Promise<string[]> {
  const rows = await parts.database.query<{ text: string }>(
    `select payload->>'text' as text from events where type = 'messageSent' order by seq`,
  )
  return rows.map(({ text }) => text)
}

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `message ${from + at}`)

describe('a backup of the embedded database', () => {
  it('taken while people write, restored elsewhere, holds one moment of it and goes on from there', async () => {
    const parts = await open(dataDir)
    const { marta, log } = await givenChat(parts, 20)
    let written = 20
    let isTaken = false
    const writing = (async () => {
      for (; !isTaken; written += 1)
        await say(log, marta, 'cnv_kept', `kept-${written + 1}-x`, `message ${written + 1}`)
    })()
    const { path, manifest } = await takeBackup(parts)
    isTaken = true
    await writing
    const then = manifest.events - 1
    expect(then).toBeGreaterThanOrEqual(20)
    expect(await texts(parts)).toEqual(numbered(1, written))

    const elsewhere = join(folder, 'elsewhere')
    const config = { ...parts.config, dataDir: elsewhere }
    const { before } = await restoreBackup(path, { config, clock: systemClock, logger: silent })
    expect(before).toBeNull()
    const restored = await open(elsewhere)
    expect(await texts(restored)).toEqual(numbered(1, then))
    expect(await restored.blobs.get(blobKey)).toEqual(Buffer.from([1, 2, 3]))
    const next = await say(openLog(restored), marta, 'cnv_kept', 'after-restore', 'and on')
    expect(next.events[0]?.positions.staff).toBe(manifest.heads + 1)
    const repeat = await say(openLog(restored), marta, 'cnv_kept', 'kept-7-x', 'message 7')
    expect(repeat).toMatchObject({ isRepeat: true, events: [{ positions: { staff: 8 } }] })
  })

  it('ends every sign-in and link when it is restored, and leaves a line in the audit log', async () => {
    const parts = await open(dataDir)
    await givenChat(parts, 1)
    const { path, manifest } = await takeBackup(parts)
    await close(parts)
    await restoreBackup(path, parts)
    const restored = await open(dataDir)
    for (const table of ['member_sessions', 'one_time_links'])
      expect(await restored.database.query(`select 1 from ${table}`)).toEqual([])
    expect(await restored.database.query('select site_id, action, object from audit')).toEqual([
      { site_id: 'site_test', action: 'backup.restored', object: `backup:${manifest.takenAt}` },
    ])
  })

  it('moves what was there aside when it is restored over it, and deletes nothing', async () => {
    const parts = await open(dataDir)
    const { marta, log } = await givenChat(parts, 3)
    const { path } = await takeBackup(parts)
    await say(log, marta, 'cnv_kept', 'written-later', 'message 4')
    await close(parts)
    const { before } = await restoreBackup(path, parts)
    const restored = await open(dataDir)
    expect(await texts(restored)).toEqual(numbered(1, 3))
    await close(restored)
    const aside = await open(before as string)
    expect(await texts(aside)).toEqual(numbered(1, 4))
  })

  it('is not restored under a running server', async () => {
    const parts = await open(dataDir)
    await givenChat(parts, 1)
    const { path } = await takeBackup(parts)
    await expect(restoreBackup(path, parts)).rejects.toThrow(`is in use by process ${process.pid}`)
    expect(await texts(parts)).toEqual(['message 1'])
  })

  it('changes nothing when it is damaged or holds less than it should', async () => {
    const parts = await open(dataDir)
    await givenChat(parts, 2)
    const { path, bytes } = await takeBackup(parts)
    const short = join(folder, 'short.tar.gz')
    await writeFile(short, (await readFile(path)).subarray(0, bytes - 2_000))
    const database = parts.database
    const lying = await takeBackup({
      ...parts,
      clock: { now: () => new Date('2030-01-01T00:00:00Z') },
      database: {
        ...database,
        copyTo: async (to, read) => ({ ...(await database.copyTo?.(to, read)), events: 99 }) as never,
      },
    })
    await close(parts)
    await expect(restoreBackup(short, parts)).rejects.toThrow('is not a whole backup')
    await expect(restoreBackup(lying.path, parts)).rejects.toThrow('"events":99')
    await expect(restoreBackup(join(folder, 'none.tar.gz'), parts)).rejects.toThrow('There is no backup')
    expect(await texts(await open(dataDir))).toEqual(numbered(1, 2))
    expect((await readdir(dataDir)).filter((name) => name.startsWith('restoring-'))).toEqual([])
  })

  it('keeps the folder closed when restoring was interrupted, until it is done again', async () => {
    const parts = await open(dataDir)
    await givenChat(parts, 2)
    const { path } = await takeBackup(parts)
    await close(parts)
    // As it looks between the two renames.
    await closeFolder(dataDir, 'Restoring a backup into this folder was interrupted.')
    await rename(join(dataDir, 'postgres'), join(dataDir, 'before'))
    await expect(open(dataDir)).rejects.toThrow('was interrupted')
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false)
    await restoreBackup(path, parts)
    expect(await texts(await open(dataDir))).toEqual(numbered(1, 2))
  })

  it('leaves earlier backups alone when it cannot be taken', async () => {
    const parts = await open(dataDir)
    await givenChat(parts, 1)
    const { path } = await takeBackup(parts)
    const failing = { ...parts.database, copyTo: () => Promise.reject(new Error('No space left on device')) }
    await expect(takeBackup({ ...parts, database: failing })).rejects.toThrow('No space left')
    expect(await readdir(parts.config.backups.folder)).toEqual([path.split('/').at(-1)])
  })

  it('cannot hold what a sweep removed while it was taken, and does not mind', async () => {
    const parts = await open(dataDir)
    await givenChat(parts, 1)
    const database = parts.database
    const { path } = await takeBackup({
      ...parts,
      database: {
        ...database,
        async copyTo(to, read) {
          const found = await database.copyTo?.(to, read)
          await parts.blobs.delete(blobKey)
          return found as never
        },
      },
    })
    await close(parts)
    await restoreBackup(path, parts)
    expect(await texts(await open(dataDir))).toEqual(['message 1'])
  })
})

describe('scheduled backups', () => {
  it('are taken when the newest is old enough, also after a restart, and only so many are kept', async () => {
    const clock = testClock('2026-11-23T10:00:00Z')
    const env = { BACKUP_EVERY_HOURS: '6', BACKUP_KEEP: '2' }
    const lines: string[] = []
    const parts = await open(dataDir, { env, clock, lines })
    const backups = scheduleBackups(parts)
    expect(await backups.takeWhenDue()).toBe(false)
    clock.advance(11 * 60_000)
    expect(await backups.takeWhenDue()).toBe(true)
    expect(await backups.takeWhenDue()).toBe(false)
    await backups.stop()

    const restarted = scheduleBackups(parts)
    clock.advance(5 * 3_600_000)
    expect(await restarted.takeWhenDue()).toBe(false)
    for (let round = 0; round < 3; round += 1) {
      clock.advance(6 * 3_600_000)
      expect(await restarted.takeWhenDue()).toBe(true)
    }
    await restarted.stop()
    const kept = await keptBackups(parts.config.backups.folder)
    expect(kept.map(({ takenAt }) => takenAt.toISOString())).toEqual([
      '2026-11-24T09:11:00.000Z',
      '2026-11-24T03:11:00.000Z',
    ])
    expect(lines.filter((line) => line.includes('A backup was taken'))).toHaveLength(4)
  })

  it('say loudly that one failed, and try again in an hour', async () => {
    const clock = testClock()
    const lines: string[] = []
    const parts = await open(dataDir, { clock, lines })
    const database = { ...parts.database, copyTo: () => Promise.reject(new Error('No space left on device')) }
    const backups = scheduleBackups({ ...parts, database })
    clock.advance(11 * 60_000)
    expect(await backups.takeWhenDue()).toBe(false)
    clock.advance(59 * 60_000)
    expect(await backups.takeWhenDue()).toBe(false)
    const loud = () => lines.filter((line) => line.includes('could not be taken'))
    expect(loud()).toHaveLength(1)
    expect(JSON.parse(loud()[0] ?? '{}')).toMatchObject({ level: 50 })
    clock.advance(60_000)
    await backups.takeWhenDue()
    expect(loud()).toHaveLength(2)
    await backups.stop()
  })

  it('are never taken when they are switched off', async () => {
    const clock = testClock()
    const parts = await open(dataDir, { env: { BACKUP_EVERY_HOURS: '0' }, clock })
    const backups = scheduleBackups(parts)
    clock.advance(1_000 * 3_600_000)
    expect(await backups.takeWhenDue()).toBe(false)
    await backups.stop()
  })
})

describe('the door of a running server', () => {
  it('takes a backup for whoever can reach its folder, and is gone when the server is', async () => {
    const parts = await open(dataDir)
    const { log } = await givenChat(parts, 4)
    const backups = scheduleBackups(parts)
    const door = await openDoor(dataDir, backups, silent)
    const [one, same] = await Promise.all([askForBackup(dataDir), askForBackup(dataDir)])
    expect(one.manifest.events).toBe(5)
    expect(same.path).toBe(one.path)
    await log.drain()
    await door.close()
    await backups.stop()
    await expect(askForBackup(dataDir)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('tells why a backup could not be taken', async () => {
    const parts = await open(dataDir)
    const refuse = () => Promise.reject(new Error('No space left on device'))
    const door = await openDoor(dataDir, { take: refuse }, silent)
    await expect(askForBackup(dataDir)).rejects.toThrow('could not be taken: No space left on device')
    await door.close()
    await waitFor(() => !existsSync(join(parts.config.dataDir, 'parley.sock')))
  })
})
