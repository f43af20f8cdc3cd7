import { type Cluster, type ClusterOptions, startCluster } from '../../cluster/start-cluster.ts'
import { type Line, startLine } from './line.ts'
import type { Site } from './site.ts'

export interface Outlet {
  port: number
  leadTo(port: number | undefined): void
}

/** A cluster whose nodes reach PostgreSQL and Redis by lines of their own. */
export interface Rig {
  cluster: Cluster
  lines: { postgres: Line[]; redis: Line[] }
  /** Where mail and files to be scanned go; nobody answers there until a scenario says who. */
  outside: { mail: Outlet; scanner: Outlet }
  proofs: Site['proofs']
  /** The database as it is found by whoever looks past the nodes, wherever it is now. */
  storeUrl: string
  /** From now on everybody finds the database on this port. */
  moveDatabase(port: number): void
  /** Done when the rig is stopped: scenarios end before what they leave is read. */
  atEnd(work: () => Promise<void>): void
  /** Lines carry again, frozen processes go on, whatever was ended is started. */
  heal(): Promise<void>
  stop(): Promise<void>
}

export type RigOptions = Pick<
  ClusterOptions,
  'nodes' | 'env' | 'envOf' | 'from' | 'program' | 'until' | 'postgresWithin'
> & {
  /** Mail, a scanner of files and webhooks are set up. */
  hasOutside?: boolean
  /** Nodes reach PostgreSQL and Redis themselves: where speed is asked about, and no line is harmed. */
  isDirect?: boolean
}

export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const { nodes = 3 } = options
  const behind: { postgres?: number; redis?: number } = {}
  const lines: Rig['lines'] = { postgres: [], redis: [] }
  for (let node = 0; node < nodes; node += 1) {
    lines.postgres.push(await startLine(() => behind.postgres))
    lines.redis.push(await startLine(() => behind.redis))
  }
  const [mail, scanner] = [await openOutlet(), await openOutlet()]
  const past = await startLine(() => behind.postgres)
  const all = [...lines.postgres, ...lines.redis, past, mail.line, scanner.line]
  const lastWorks: (() => Promise<void>)[] = []
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
      env: {
        RATE_LIMIT_FACTOR: '100000',
        ...(options.hasOutside
          ? {
              SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
              CLAMD_URL: `tcp://127.0.0.1:${scanner.port}`,
              OUTBOUND_ALLOW: '127.0.0.1',
            }
          : {}),
        ...options.env,
      },
      addressesFor: (node, plain) =>
        options.isDirect
          ? plain
          : {
              databaseUrl: through(plain.databaseUrl, lines.postgres[node], 'postgres'),
              redisUrl: through(plain.redisUrl, lines.redis[node], 'redis'),
            },
    })
  } catch (error) {
    await closeLines()
    throw error
  }
  return {
    cluster,
    lines,
    outside: { mail, scanner },
    proofs: new Map(),
    storeUrl: through(cluster.postgres.url, past, 'postgres'),
    moveDatabase(port) {
      behind.postgres = port
      for (const line of [...lines.postgres, past]) line.cut()
    },
    atEnd: (work) => void lastWorks.push(work),
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
      for (const work of lastWorks) await work()
      await closeLines()
    },
  }
}

async function openOutlet(): Promise<Outlet & { line: Line }> {
  let target: number | undefined
  const line = await startLine(() => target)
  return {
    line,
    port: line.port,
    leadTo(port) {
      target = port
    },
  }
}
