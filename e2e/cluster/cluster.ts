import { parseArgs } from 'node:util'
import { marlow, staff, vendorMembers } from '@parley/server/src/demo/cast.ts'
import { buildWhatChanged } from '../../server/scripts/run.mjs'
import { startCluster } from './start-cluster.ts'

/** `npm run cluster`: nodes, PostgreSQL, Redis and a balancer as processes on this machine, until Ctrl+C. */
const { values } = parseArgs({ options: { nodes: { type: 'string', default: '3' } } })
const nodes = Number(values.nodes)
if (!(nodes >= 1 && nodes <= 8)) {
  process.stderr.write('Usage: npm run cluster -- [--nodes 1…8]\n')
  process.exit(2)
}

await buildWhatChanged()
const cluster = await startCluster({ nodes, withBalancer: true })
const line = (name: string, what: string) => `  ${name.padEnd(18)} ${what}\n`
process.stdout.write(
  `\nParley is running on ${nodes} nodes.\n\n` +
    cluster.nodes
      .map(({ port, pid }, at) => line(`Node ${at + 1}`, `http://localhost:${port}/  (process ${pid})`))
      .join('') +
    line('Demo marketplace', `${cluster.publicUrl}/demo/`) +
    line('Console', `${cluster.publicUrl}/console/`) +
    line('PostgreSQL', cluster.postgres.url) +
    line('Redis', cluster.redis.url) +
    `\n  Password for each of these: ${marlow.password}\n` +
    Object.values({ ...staff, ...vendorMembers })
      .map(({ email }) => `    ${email}\n`)
      .join('') +
    '\n  Ctrl+C stops everything.\n\n',
)

let isStopping = false
async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  await cluster.stop()
  process.exit(0)
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
