import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@parley/server/src/testing/postgres.ts'
import { startRedis } from '@parley/server/src/testing/redis.ts'
import { type Marketplace, openMarketplace } from '../bench/marketplace.ts'
import { cpuMsOf, residentBytesOf } from '../bench/processes.ts'
import { startParley, type World } from '../world.ts'

/** Nodes on one PostgreSQL and one Redis, on what `prepare` has filled. */
export interface Installation<Prepared> {
  nodes: readonly World[]
  urls: readonly string[]
  prepared: Prepared
  cpuMs(): number
  residentBytes(): number
  stop(): Promise<void>
}

export async function startInstallation<Prepared>(
  count: number,
  prepare: (marketplace: Marketplace) => Promise<Prepared>,
  more: {
    env?: Record<string, string>
    /** A line from the nodes to the database, whose port it is given. */
    line?: (port: number) => Promise<{ port: number; close(): Promise<void> }>
  } = {},
): Promise<Installation<Prepared>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-load-'))
  const [postgres, redis] = [await startPostgres(), await startRedis()]
  const line = await more.line?.(postgres.port)
  const nodes: World[] = []
  async function stop(): Promise<void> {
    await Promise.all(nodes.map((node) => node.stop()))
    await line?.close()
    await redis.stop()
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    const marketplace = await openMarketplace({ dataDir, databaseUrl: postgres.url })
    const prepared = await prepare(marketplace)
    await marketplace.close()
    const through = new URL(postgres.url)
    if (line) through.port = String(line.port)
    const env = {
      DATABASE_URL: through.href,
      REDIS_URL: redis.url,
      RATE_LIMIT_FACTOR: '1000000',
      LOG_LEVEL: 'error',
      ...more.env,
    }
    for (let node = 0; node < count; node += 1) nodes.push(await startParley({ dataDir, env }))
    return {
      nodes,
      urls: nodes.map(({ port }) => `http://127.0.0.1:${port}`),
      prepared,
      cpuMs: () => nodes.reduce((sum, { pid }) => sum + cpuMsOf(pid), 0),
      residentBytes: () => nodes.reduce((sum, { pid }) => sum + residentBytesOf(pid), 0),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
