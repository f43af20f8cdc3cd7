import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { marlow } from '@parley/server/src/demo/cast.ts'
import { protocolVersion } from '@parley/shared/protocol/version.ts'
import { type Figure, figure, tell } from '../bench/figures.ts'
import { startBalancer } from '../cluster/balancer.ts'
import { startCountedLine } from './counted-line.ts'
import { startInstallation } from './installation.ts'
import type { Size } from './size.ts'
import type { FromStorm, ToStorm } from './storm-protocol.ts'

const goals = { seconds: 90, questions: 3 } as const
const patienceMs = 180_000
const addresses = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5', '127.0.0.6']

/** A node dies with everybody on it, and they all come to another at once. */
export async function measureStorm({ storm }: Size): Promise<Figure[]> {
  let questions = () => 0
  const own = await startInstallation(2, async () => undefined, {
    async line(port) {
      const line = await startCountedLine(port)
      questions = line.questions
      return line
    },
  })
  const balancer = await startBalancer(own.nodes.map(({ port }) => port))
  const crowd = await startCrowd()
  try {
    const auth = { kind: 'visitor', protocol: protocolVersion, siteKey: marlow.siteKey }
    await crowd.ask({ ask: 'arrive', url: own.urls[0] ?? '', auth, count: 0, from: addresses })
    await crowd.ask({
      ask: 'arrive',
      url: `http://127.0.0.1:${balancer.port}`,
      auth,
      count: storm,
      from: addresses,
    })
    tell(`storm: ${storm} are connected to two nodes`)
    const before = questions()
    await own.nodes[0]?.kill9()
    const told = await crowd.ask({ ask: 'back', withinMs: patienceMs })
    if (told.answer !== 'back') throw new Error('The crowd did not answer.')
    const each = (questions() - before) / Math.max(1, told.lost)
    tell(
      `storm: ${told.lost} were cut, ${told.back} of ${storm} are back after ${told.seconds.toFixed(1)} s, ${told.errors} errors, ${each.toFixed(1)} questions each`,
    )
    return [
      figure('storm5000.seconds', told.back === storm ? told.seconds : patienceMs / 1_000, {
        unit: 's',
        better: 'lower',
        goal: goals.seconds,
      }),
      figure('storm5000.queriesPerClient', each, { unit: 'count', better: 'lower', goal: goals.questions }),
      figure('storm5000.errors', told.errors + storm - told.back, {
        unit: 'count',
        better: 'lower',
        goal: 0,
      }),
    ]
  } finally {
    await crowd.stop()
    await balancer.close()
    await own.stop()
  }
}

/** People who come back by themselves, in a process of their own. */
export async function startCrowd() {
  const child: ChildProcess = fork(fileURLToPath(new URL('./storm-process.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  })
  await once(child, 'message')
  return {
    async ask(wanted: ToStorm): Promise<FromStorm> {
      const answer = once(child, 'message')
      child.send(wanted)
      return ((await answer) as [FromStorm])[0]
    },
    async stop() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
