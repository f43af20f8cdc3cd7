import { marlow, staff, vendorMembers } from '@parley/server/src/demo/cast.ts'
import { buildWhatChanged } from '../../server/scripts/run.mjs'
import { misused, readWords } from '../command-line.ts'
import { startCluster } from './start-cluster.ts'

/** `npm run cluster`: nodes, PostgreSQL, Redis and a balancer as processes on this machine, until Ctrl+C. */
const usage = `npm run cluster -- [--nodes N]

  --nodes  how many, 1 to 8, 3 unless told
`
const { values } = readWords(usage, { nodes: { type: 'string', default: '3' } })
const nodes = Number(values.nodes)
if (!(nodes >= 1 && nodes <= 8)) misused(usage, '--nodes takes a number from 1 to 8.')

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
