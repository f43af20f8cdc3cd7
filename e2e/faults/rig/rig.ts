import { type Cluster, type ClusterOptions, startCluster } from '../../cluster/start-cluster.ts'
import { type Line, startLine } from './line.ts'
import type { Site } from './site.ts'

/** A cluster whose nodes reach PostgreSQL and Redis by lines of their own. */
export interface Rig {
  cluster: Cluster
  lines: { postgres: Line[]; redis: Line[] }
  proofs: Site['proofs']
  /** Lines carry again, frozen processes go on, whatever was ended is started. */
  heal(): Promise<void>
  stop(): Promise<void>
}

export type RigOptions = Pick<
  ClusterOptions,
  'nodes' | 'env' | 'envOf' | 'from' | 'program' | 'until' | 'postgresWithin'
>

export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const { nodes = 3 } = options
  const behind: { postgres?: number; redis?: number } = {}
  const lines: Rig['lines'] = { postgres: [], redis: [] }
  for (let node = 0; node < nodes; node += 1) {
    lines.postgres.push(await startLine(() => behind.postgres))
    lines.redis.push(await startLine(() => behind.redis))
  }
  const all = [...lines.postgres, ...lines.redis]
  const through = (url: string, line: Line | undefined, kind: 'postgres' | 'redis') => {
    const address = new URL(url)
    behind[kind] = Number(address.port)
    address.port = String(line?.port)
    return address.href
  }
  const closeLines = () => Promise.all(all.map((line) => line.close()))
  let cluster: Cluster
  try {
    cluster = await startCluster({
      ...options,
      nodes,
      withBalancer: true,
      env: { RATE_LIMIT_FACTOR: '100000', ...options.env },
      addressesFor: (node, { databaseUrl, redisUrl }) => ({
        databaseUrl: through(databaseUrl, lines.postgres[node], 'postgres'),
        redisUrl: through(redisUrl, lines.redis[node], 'redis'),
      }),
    })
  } catch (error) {
    await closeLines()
    throw error
  }
  return {
    cluster,
    lines,
    proofs: new Map(),
    async heal() {
      for (const line of all) {
        line.release()
        line.delay(null)
        line.throttle(null)
      }
      await cluster.heal()
    },
    async stop() {
      await cluster.stop()
      await closeLines()
    },
  }
}
