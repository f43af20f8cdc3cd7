import { setTimeout as wait } from 'node:timers/promises'
import { marlow } from '@parley/server/src/demo/cast.ts'
import { protocolVersion } from '@parley/shared/protocol/version.ts'
import { startDriver } from './driver.ts'
import { type Figure, figure, tell } from './figures.ts'
import { residentBytesOf } from './processes.ts'
import { type Engine, type Running, startRelay, startServer } from './servers.ts'

/** What the first ones load and compile is not theirs alone, so they are not counted. */
const first = 500
const usualCount = 5_000
const settleMs = 3_000
const goal = 1.5

const addresses = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5']

/** Both servers collect their garbage on this signal: measured is what a connection keeps. */
const collecting = [
  '--expose-gc',
  '--import',
  `data:text/javascript,${encodeURIComponent(`process.on('SIGUSR2', () => { gc(); gc() })`)}`,
]

/** Resident memory of each connection that does nothing, beside the relay's. */
export async function measureIdle({
  counted = usualCount,
  prefix = 'idle',
  engine = 'embedded',
}: {
  counted?: number
  prefix?: string
  engine?: Engine
} = {}): Promise<Figure[]> {
  const hello = { kind: 'visitor', protocol: protocolVersion, siteKey: marlow.siteKey }
  const relay = await perConnection(await startRelay(collecting), {}, counted)
  const { server } = await startServer(engine, async () => undefined, collecting)
  const own = await perConnection(server, hello, counted)
  return [
    figure(prefix === 'idle' ? 'idle.memory.ratio' : `${prefix}.memoryRatio`, own / relay, {
      unit: 'x',
      better: 'lower',
      goal,
    }),
    figure(`${prefix}.memory.kB`, own / 1024, { unit: 'kB', better: 'lower' }),
    figure(`${prefix}.relay.memory.kB`, relay / 1024, { unit: 'kB', better: 'lower' }),
  ]
}

async function perConnection(server: Running, auth: object, counted: number): Promise<number> {
  const driver = await startDriver()
  try {
    await driver.idle({ url: server.url, count: first, auth, from: addresses })
    const before = await settled(server)
    await driver.idle({ url: server.url, count: counted, auth, from: addresses })
    const after = await settled(server)
    const each = (after - before) / counted
    tell(
      `idle: ${server.name} holds ${counted} connections, ${(before / 2 ** 20).toFixed(0)} → ${(after / 2 ** 20).toFixed(0)} MB,` +
        ` ${(each / 1024).toFixed(1)} kB each`,
    )
    return each
  } finally {
    await driver.stop()
    await server.stop()
  }
}

async function settled({ pid }: Running): Promise<number> {
  for (let time = 0; time < 3; time += 1) {
    await wait(settleMs / 3)
    process.kill(pid, 'SIGUSR2')
  }
  await wait(settleMs / 3)
  return residentBytesOf(pid)
}
