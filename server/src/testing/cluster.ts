import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Marlow, startMarlow } from './marlow.ts'
import { startPostgres } from './postgres.ts'
import { startRedis, type TestRedis } from './redis.ts'

export interface Cluster {
  /** Two whole nodes, each with its own port and its own connections. */
  a: Marlow
  b: Marlow
  redis: TestRedis
  /** One more node, to be closed by whoever asked for it. */
  another(): Promise<Marlow>
  close(): Promise<void>
}

/** One installation of two nodes on one PostgreSQL and one Redis. */
export async function startCluster(env: Record<string, string> = {}): Promise<Cluster> {
  const [postgres, redis, folder] = await Promise.all([
    startPostgres(),
    startRedis(),
    mkdtemp(join(tmpdir(), 'parley-cluster-')),
  ])
  const shared = { databaseUrl: postgres.url, folder }
  const settings = { DATABASE_URL: postgres.url, REDIS_URL: redis.url, ...env }
  const another = () => startMarlow('postgres', settings, shared)
  const a = await another()
  const b = await another()
  return {
    a,
    b,
    redis,
    another,
    async close() {
      await a.close()
      await b.close()
      await redis.stop()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
