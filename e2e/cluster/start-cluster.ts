import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@parley/server/src/testing/free-port.ts'
import { startPostgres, type TestPostgres } from '@parley/server/src/testing/postgres.ts'
import { startRedis, type TestRedis } from '@parley/server/src/testing/redis.ts'
import { startParley, type World, type WorldOptions } from '../world.ts'
import { type Balancer, startBalancer } from './balancer.ts'

export interface ClusterOptions {
  nodes?: number
  from?: WorldOptions['from']
  program?: WorldOptions['program']
  until?: WorldOptions['until']
  /** On top of what every node is given; by number, from 0, for what only one is to have. */
  env?: Record<string, string>
  envOf?: (node: number) => Record<string, string>
  /** One address before all nodes, which is then the one people use; otherwise that is the first node's. */
  withBalancer?: boolean
  /** Where nodes find their database and Redis, when something stands between. */
  addressesFor?: (node: number, plain: Addresses) => Addresses
  /** A folder for PostgreSQL's own files. */
  postgresWithin?: string
}

export interface Addresses {
  databaseUrl: string
  redisUrl: string
}

export interface Node {
  readonly port: number
  readonly pid: number
  readonly isRunning: boolean
  said(): string
  /** Ended without having been told to. */
  hasEnded(): boolean
  /** The exit code of an orderly end. */
  stop(): Promise<number | null>
  kill(): Promise<void>
  /** After `stop` or `kill`, on the same port; with another build when told. */
  start(options?: Pick<WorldOptions, 'from' | 'program' | 'env'>): Promise<void>
  freeze(): void
  thaw(): void
}

export interface Cluster {
  nodes: readonly Node[]
  postgres: TestPostgres
  redis: TestRedis
  balancer: Balancer | undefined
  publicUrl: string
  dataDir: string
  /** Whatever is frozen goes on, whatever was ended is started. */
  heal(): Promise<void>
  /** Nodes that ended or broke by themselves. */
  ends(): { node: string; why: string }[]
  stop(): Promise<void>
}

/** One installation on one machine: a PostgreSQL, a Redis and nodes, each a process of its own. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const { nodes: count = 3, from = 'built', program, env = {}, envOf = () => ({}), addressesFor } = options
  const [postgres, redis, dataDir] = await Promise.all([
    startPostgres({}, options.postgresWithin),
    startRedis(),
    mkdtemp(join(tmpdir(), 'parley-cluster-')),
  ])
  const ports: number[] = []
  for (let node = 0; node < count; node += 1) ports.push(await freePort())
  const balancer = options.withBalancer ? await startBalancer(ports) : undefined
  const publicUrl = `http://localhost:${balancer?.port ?? ports[0]}`
  const plain = { databaseUrl: postgres.url, redisUrl: redis.url }
  const secretKey = randomBytes(32).toString('hex')

  async function openNode(number: number): Promise<Node> {
    const port = ports[number] as number
    const { databaseUrl, redisUrl } = addressesFor?.(number, plain) ?? plain
    const settings = {
      PORT: String(port),
      PUBLIC_URL: publicUrl,
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      SECRET_KEY: secretKey,
      ...env,
      ...envOf(number),
    }
    let world: World | undefined
    let isFrozen = false
    const running = () => {
      if (!world) throw new Error(`Node ${number + 1} does not run.`)
      return world
    }
    const node: Node = {
      port,
      get pid() {
        return running().pid
      },
      get isRunning() {
        return world !== undefined
      },
      said: () => world?.said() ?? '',
      hasEnded: () => world?.hasEnded() ?? false,
      async stop() {
        const stopping = world
        world = undefined
        return (await stopping?.stop()) ?? null
      },
      async kill() {
        const killed = world
        world = undefined
        await killed?.kill9()
      },
      async start(again) {
        world = await startParley({
          dataDir,
          from: again?.from ?? from,
          until: options.until,
          program: again?.program ?? program,
          env: { ...settings, ...again?.env },
        })
      },
      freeze() {
        isFrozen = true
        process.kill(running().pid, 'SIGSTOP')
      },
      thaw() {
        if (isFrozen) process.kill(running().pid, 'SIGCONT')
        isFrozen = false
      },
    }
    await node.start()
    return node
  }

  const nodes: Node[] = []
  async function stop(): Promise<void> {
    await balancer?.close()
    await Promise.all(nodes.map((node) => node.stop()))
    await redis.stop()
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    // The first makes the tables and the demo; the others find them.
    nodes.push(await openNode(0))
    nodes.push(...(await Promise.all(ports.slice(1).map((_, at) => openNode(at + 1)))))
  } catch (error) {
    await stop()
    throw error
  }
  return {
    nodes,
    postgres,
    redis,
    balancer,
    publicUrl,
    dataDir,
    async heal() {
      postgres.thaw()
      redis.thaw()
      if (!postgres.isRunning) await postgres.start()
      if (!redis.isRunning) await redis.start()
      for (const node of nodes) {
        node.thaw()
        if (!node.isRunning) await node.start()
      }
    },
    ends: () =>
      nodes.flatMap((node, at) => {
        const unhandled = /unhandled fault[^\n]*/i.exec(node.said())?.[0]
        const why = unhandled ?? (node.hasEnded() ? node.said().slice(-2_000) : undefined)
        return why === undefined ? [] : [{ node: `node ${at + 1}`, why }]
      }),
    stop,
  }
}
