import { type Figure, figure, tell } from '../bench/figures.ts'
import { openConversations, strangers } from '../bench/marketplace.ts'
import { startRelay } from '../bench/servers.ts'
import { startInstallation } from './installation.ts'
import type { Size } from './size.ts'
import { type Costed, sendAndCost, untilRested, withClients } from './spread.ts'

const goals = { cpu: 0.7, p99: 3, refuseMs: 1_000 } as const
const recoverWithinMs = 10_000

/** One node on PostgreSQL beside the bare relay: as fast as it goes, at a quarter, half and three quarters of that, and beyond. */
export async function measureSaturation({ seconds, seed, conversations }: Size): Promise<Figure[]> {
  const relay = await startRelay()
  const own = await startInstallation(1, (marketplace) => openConversations(marketplace, conversations))
  try {
    const party = own.prepared.party(own.urls[0] ?? '')
    const told = (name: string, sent: Costed) =>
      tell(
        `saturation: ${name.padEnd(14)} ${Math.round(sent.perSecond)}/s, ack ${sent.ackP50Ms.toFixed(1)} / ${sent.ackP95Ms.toFixed(1)} / ${sent.ackP99Ms.toFixed(1)} ms, delivered ${sent.deliveredP50Ms.toFixed(1)} / ${sent.deliveredP95Ms.toFixed(1)} / ${sent.deliveredP99Ms.toFixed(1)} ms, CPU ${Math.round(sent.cpuUs)} µs`,
      )
    return await withClients(strangers({ ...party, url: relay.url }), (theirs) =>
      withClients(party, async (ours) => {
        const run = async (
          name: string,
          sending: { rate: number | null; mayRefuse?: boolean; isAtOnce?: boolean },
        ) => {
          const isRelay = name.startsWith('relay')
          if (!sending.isAtOnce) await untilRested(own.cpuMs)
          const sent = await sendAndCost(isRelay ? theirs : ours, isRelay ? relay.cpuMs : own.cpuMs, {
            seconds,
            seed,
            ratePerSecond: sending.rate,
            mayRefuse: sending.mayRefuse ?? false,
          })
          told(name, sent)
          return sent
        }
        await run('relay warms up', { rate: null })
        await run('own warms up', { rate: null })
        const [base, full] = [await run('relay', { rate: null }), await run('own', { rate: null })]
        const figures = [
          figure('load.postgres.cpuRatio', base.cpuUs / full.cpuUs, {
            unit: 'x',
            better: 'higher',
            goal: goals.cpu,
          }),
          figure('load.postgres.perSecond', full.perSecond, { unit: '/s', better: 'higher' }),
          figure('load.relay.perSecond', base.perSecond, { unit: '/s', better: 'higher' }),
        ]
        for (const share of [25, 50, 75]) {
          const rate = (full.perSecond * share) / 100
          const [mine, beside] = [
            await run(`own at ${share} %`, { rate }),
            await run(`relay at ${share} %`, { rate }),
          ]
          for (const [what, value] of [
            ['ackP50', mine.ackP50Ms],
            ['ackP95', mine.ackP95Ms],
            ['ackP99', mine.ackP99Ms],
            ['deliveredP50', mine.deliveredP50Ms],
            ['deliveredP95', mine.deliveredP95Ms],
            ['deliveredP99', mine.deliveredP99Ms],
          ] as const)
            figures.push(figure(`load.at${share}.${what}Ms`, value, { unit: 'ms', better: 'lower' }))
          if (share === 50)
            figures.push(
              figure('load.p99AtHalf.ratio', mine.ackP99Ms / beside.ackP99Ms, {
                unit: 'x',
                better: 'lower',
                goal: goals.p99,
              }),
            )
        }
        const beyond = await run('own at 200 %', { rate: full.perSecond * 2, mayRefuse: true })
        tell(
          `saturation: beyond it ${beyond.refused} were told to try again, p99 after ${Math.round(beyond.refusedP99Ms)} ms; ${beyond.lost} were lost`,
        )
        const afterwards = { rate: full.perSecond / 2, mayRefuse: true, isAtOnce: true }
        const from = performance.now()
        let recovered = await run('own, after', afterwards)
        const calm = figures.find(({ name }) => name === 'load.at50.ackP99Ms')?.value ?? 0
        while (recovered.ackP99Ms > Math.max(100, 3 * calm) && performance.now() - from < 3 * recoverWithinMs)
          recovered = await run('own, after', afterwards)
        figures.push(
          figure('load.beyond.acknowledgedPerSecond', beyond.perSecond, {
            unit: '/s',
            better: 'higher',
            goal: full.perSecond / 2,
          }),
          figure('load.beyond.refused', beyond.refused, { unit: 'count', better: 'lower' }),
          figure('load.beyond.lost', beyond.lost, { unit: 'count', better: 'lower', goal: 0 }),
          figure('load.beyond.recoverSeconds', Math.max(0, (performance.now() - from) / 1_000 - seconds), {
            unit: 's',
            better: 'lower',
            goal: recoverWithinMs / 1_000,
          }),
        )
        return figures
      }),
    )
  } finally {
    await own.stop()
    await relay.stop()
  }
}
