import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, cp, mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { openPostgres } from '@parley/server/src/storage/postgres.ts'
import { freePort } from '@parley/server/src/testing/free-port.ts'
import { pino } from 'pino'
import { Unplayable } from './unplayable.ts'
import { until } from './until.ts'

export interface Standby {
  port: number
  /** It is the database from now on. */
  promote(): Promise<void>
  stop(): Promise<void>
}

const readyWithinMs = 60_000
const name = 'parley_standby'
const isReady = /database system is ready to accept (read-only )?connections/

/** A second PostgreSQL that follows the first, which from then on acknowledges nothing that the second has not written. */
export async function startStandby(primaryUrl: string): Promise<Standby> {
  const logger = pino({ level: 'silent' })
  const primary = await openPostgres({ databaseUrl: primaryUrl, logger, connections: 2 })
  const parent = await mkdtemp(join(tmpdir(), 'parley-standby-'))
  const folder = join(parent, 'cluster')
  let child: ChildProcess | undefined
  async function stop(): Promise<void> {
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGINT')
      await once(child, 'close')
    }
    await rm(parent, { recursive: true, force: true })
  }
  try {
    const [at] = await primary.query<{ folder: string }>(`select current_setting('data_directory') as folder`)
    const from = at?.folder ?? ''
    const [pid] = (await readFile(join(from, 'postmaster.pid'), 'utf8')).split('\n')
    const program = await readlink(`/proc/${pid}/exe`).catch(() => {
      throw new Unplayable('a standby is made from what /proc tells of PostgreSQL')
    })
    const { uid, gid } = await stat(from)
    await chown(parent, uid, gid)
    await primary.transaction(async (sql) => {
      await sql.query('set local idle_in_transaction_session_timeout = 0')
      await sql.query(`select pg_backup_start('standby', true)`)
      const isWanted = (path: string) => basename(path) !== 'postmaster.pid'
      await cp(from, folder, { recursive: true, filter: isWanted })
      const [end] = await sql.query<{ label: string }>('select labelfile as label from pg_backup_stop(false)')
      await writeFile(join(folder, 'backup_label'), end?.label ?? '')
    }, 'long')
    await writeFile(join(folder, 'standby.signal'), '')
    await chownAll(folder, uid, gid)
    const port = await freePort()
    const source = `host=127.0.0.1 port=${new URL(primaryUrl).port} user=parley application_name=${name}`
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      primary_conninfo: source,
    }
    const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
    const started = spawn(program, ['-D', folder, '-p', String(port), ...flags], {
      uid,
      gid,
      cwd: parent,
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child = started
    let said = ''
    started.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    process.once('exit', () => started.kill('SIGKILL'))
    if ((await until(() => isReady.test(said), readyWithinMs)) === undefined)
      throw new Error(`The standby did not start: ${said}`)
    await primary.query(`alter system set synchronous_standby_names = '${name}'`)
    await primary.query('select pg_reload_conf()')
    const isInStep = async () =>
      (await primary.query(`select 1 from pg_stat_replication where sync_state = 'sync'`)).length > 0
    if ((await until(isInStep, readyWithinMs)) === undefined)
      throw new Error(`The standby does not follow: ${said}`)
    return {
      port,
      async promote() {
        const url = new URL(primaryUrl)
        url.port = String(port)
        const standby = await openPostgres({ databaseUrl: url.href, logger, connections: 2 })
        await standby.query('select pg_promote()')
        await standby.close()
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  } finally {
    await primary.close()
  }
}

async function chownAll(folder: string, uid: number, gid: number): Promise<void> {
  const chowning = spawn('chown', ['-R', `${uid}:${gid}`, folder])
  const [code] = await once(chowning, 'close')
  if (code !== 0) throw new Error(`The files of the standby could not be given to ${uid}.`)
}
