import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '@parley/server/src/testing/postgres.ts'
import { startParley } from '../world.ts'
import { type Marketplace, openMarketplace } from './marketplace.ts'
import { cpuMsOf, familyCpuMsOf } from './processes.ts'

export type Engine = 'embedded' | 'postgres'
export type ServerName = 'relay' | Engine

export interface Running {
  name: ServerName
  url: string
  pid: number
  cpuMs(): number
  /** What the database took in processes of its own. */
  databaseCpuMs(): number
  stop(): Promise<void>
}

export async function startRelay(
  nodeFlags: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Running> {
  const child = fork(fileURLToPath(new URL('./relay.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx', ...nodeFlags],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [{ port }] = (await once(child, 'message', { signal: AbortSignal.timeout(20_000) })) as [
    { port: number },
  ]
  const pid = pidOf(child)
  return {
    name: 'relay',
    url: `http://127.0.0.1:${port}`,
    pid,
    cpuMs: () => cpuMsOf(pid),
    databaseCpuMs: () => 0,
    async stop() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

/** The relay that commits each message to a PostgreSQL of its own before it passes it on. */
export async function startKeepingRelay(): Promise<Running> {
  const postgres = await startPostgres()
  try {
    const relay = await startRelay([], { DATABASE_URL: postgres.url })
    return {
      ...relay,
      async stop() {
        await relay.stop()
        await postgres.stop()
      },
    }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}

/** The built server on a database that `prepare` has filled. */
export async function startServer<Prepared>(
  engine: Engine,
  prepare: (marketplace: Marketplace) => Promise<Prepared>,
  nodeFlags: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<{ server: Running; prepared: Prepared }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const postgres = engine === 'postgres' ? await startPostgres() : undefined
  const databaseUrl = postgres?.url
  const clear = async () => {
    await postgres?.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    const marketplace = await openMarketplace({ dataDir, ...(databaseUrl ? { databaseUrl } : {}) })
    const [prepared, postmaster] = await Promise.all([
      prepare(marketplace),
      postgres ? postmasterOf(marketplace) : undefined,
    ]).finally(() => marketplace.close())
    const world = await startParley({
      dataDir,
      nodeFlags,
      env: {
        RATE_LIMIT_FACTOR: '1000000',
        LOG_LEVEL: 'error',
        ...env,
        ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
      },
    })
    return {
      prepared,
      server: {
        name: engine,
        url: `http://127.0.0.1:${world.port}`,
        pid: world.pid,
        cpuMs: () => cpuMsOf(world.pid),
        databaseCpuMs: () => (postmaster === undefined ? 0 : familyCpuMsOf(postmaster)),
        async stop() {
          await world.stop()
          await clear()
          if (/error|warn/i.test(world.said())) process.stderr.write(world.said())
        },
      },
    }
  } catch (error) {
    await clear()
    throw error
  }
}

async function postmasterOf({ database }: Marketplace): Promise<number> {
  const [row] = await database.query<{ folder: string }>(`select current_setting('data_directory') as folder`)
  return Number((await readFile(join(row?.folder ?? '', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('The process did not start.')
  return child.pid
}
