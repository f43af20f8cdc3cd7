import type { Driver } from '../bench/driver.ts'
import { type Figure, figure, tell } from '../bench/figures.ts'
import { openConversations, strangers } from '../bench/marketplace.ts'
import { startKeepingRelay, startRelay } from '../bench/servers.ts'
import { startInstallation } from './installation.ts'
import type { Size } from './size.ts'
import { type Costed, sendAndCost, untilRested, withClients } from './spread.ts'

const goals = { cpu: 0.7, p99: 3, refuseMs: 1_000 } as const
const recoverWithinMs = 10_000

interface Contestant {
  name: string
  driver: Driver
  cpuMs(): number
}

interface Contest {
  relay: Contestant
  /** Commits each message and does nothing else with it: how much of the distance to the relay is the storing. */
  keeping: Contestant
  own: Contestant
  seconds: number
  run(
    who: Contestant,
    how: string,
    sending: { rate: number | null; mayRefuse?: boolean; isAtOnce?: boolean },
  ): Promise<Costed>
}

/** One node on PostgreSQL beside the bare relay: as fast as it goes, at a quarter, half and three quarters of that, and beyond. */
export async function measureSaturation({ seconds, seed, conversations }: Size): Promise<Figure[]> {
  const relay = await startRelay()
  const keeping = await startKeepingRelay()
  const own = await startInstallation(1, (marketplace) => openConversations(marketplace, conversations))
  const run: Contest['run'] = async ({ name, driver, cpuMs }, how, { rate, mayRefuse = false, isAtOnce }) => {
    if (!isAtOnce) await untilRested(own.cpuMs)
    const sent = await sendAndCost(driver, cpuMs, { seconds, seed, ratePerSecond: rate, mayRefuse })
    tell(
      `saturation: ${`${name} ${how}`.padEnd(22)} ${Math.round(sent.perSecond)}/s, ack ${sent.ackP50Ms.toFixed(1)} / ${sent.ackP95Ms.toFixed(1)} / ${sent.ackP99Ms.toFixed(1)} ms, delivered ${sent.deliveredP50Ms.toFixed(1)} / ${sent.deliveredP95Ms.toFixed(1)} / ${sent.deliveredP99Ms.toFixed(1)} ms, CPU ${Math.round(sent.cpuUs)} µs`,
    )
    return sent
  }
  try {
    const party = own.prepared.party(own.urls[0] ?? '')
    return await withClients(strangers({ ...party, url: relay.url }), (toRelay) =>
      withClients(strangers({ ...party, url: keeping.url }), (toKeeping) =>
        withClients(party, async (toOwn) => {
          const contest: Contest = {
            relay: { name: 'relay', driver: toRelay, cpuMs: relay.cpuMs },
            keeping: { name: 'keeping relay', driver: toKeeping, cpuMs: keeping.cpuMs },
            own: { name: 'own', driver: toOwn, cpuMs: own.cpuMs },
            seconds,
            run,
          }
          const { perSecond, figures } = await atFullSpeed(contest)
          const shares = await atShares(contest, perSecond)
          const calmMs = shares.find(({ name }) => name === 'load.at50.ackP99Ms')?.value ?? 0
          return [...figures, ...shares, ...(await beyond(contest, perSecond, calmMs))]
        }),
      ),
    )
  } finally {
    await own.stop()
    await keeping.stop()
    await relay.stop()
  }
}

async function atFullSpeed({ relay, keeping, own, run }: Contest) {
  for (const who of [relay, keeping, own]) await run(who, 'warms up', { rate: null })
  const base = await run(relay, 'at full speed', { rate: null })
  const kept = await run(keeping, 'at full speed', { rate: null })
  const full = await run(own, 'at full speed', { rate: null })
  const figures = [
    figure('load.postgres.cpuRatio', base.cpuUs / full.cpuUs, {
      unit: 'x',
      better: 'higher',
      goal: goals.cpu,
    }),
    figure('load.postgres.perSecond', full.perSecond, { unit: '/s', better: 'higher' }),
    figure('load.relay.perSecond', base.perSecond, { unit: '/s', better: 'higher' }),
    figure('load.keepingRelay.cpuRatio', base.cpuUs / kept.cpuUs, { unit: 'x', better: 'higher' }),
    figure('load.keepingRelay.perSecond', kept.perSecond, { unit: '/s', better: 'higher' }),
  ]
  return { perSecond: full.perSecond, figures }
}

async function atShares({ relay, keeping, own, run }: Contest, perSecond: number): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const share of [25, 50, 75]) {
    const rate = (perSecond * share) / 100
    const mine = await run(own, `at ${share} %`, { rate })
    const beside = await run(relay, `at ${share} %`, { rate })
    for (const [what, value] of [
      ['ackP50', mine.ackP50Ms],
      ['ackP95', mine.ackP95Ms],
      ['ackP99', mine.ackP99Ms],
      ['deliveredP50', mine.deliveredP50Ms],
      ['deliveredP95', mine.deliveredP95Ms],
      ['deliveredP99', mine.deliveredP99Ms],
    ] as const)
      figures.push(figure(`load.at${share}.${what}Ms`, value, { unit: 'ms', better: 'lower' }))
    if (share !== 50) continue
    const kept = await run(keeping, `at ${share} %`, { rate })
    figures.push(
      figure('load.p99AtHalf.ratio', mine.ackP99Ms / beside.ackP99Ms, {
        unit: 'x',
        better: 'lower',
        goal: goals.p99,
      }),
      figure('load.keepingRelay.p99AtHalf.ratio', kept.ackP99Ms / beside.ackP99Ms, {
        unit: 'x',
        better: 'lower',
      }),
    )
  }
  return figures
}

async function beyond({ own, run, seconds }: Contest, perSecond: number, calmMs: number): Promise<Figure[]> {
  const past = await run(own, 'at 200 %', { rate: perSecond * 2, mayRefuse: true })
  tell(
    `saturation: beyond it ${past.refused} were told to try again, p99 after ${Math.round(past.refusedP99Ms)} ms; ${past.lost} were lost`,
  )
  const afterwards = { rate: perSecond / 2, mayRefuse: true, isAtOnce: true }
  const from = performance.now()
  let recovered = await run(own, 'after', afterwards)
  while (recovered.ackP99Ms > Math.max(100, 3 * calmMs) && performance.now() - from < 3 * recoverWithinMs)
    recovered = await run(own, 'after', afterwards)
  return [
    figure('load.beyond.acknowledgedPerSecond', past.perSecond, {
      unit: '/s',
      better: 'higher',
      goal: perSecond / 2,
    }),
    figure('load.beyond.refused', past.refused, { unit: 'count', better: 'lower' }),
    figure('load.beyond.refusedP99Ms', past.refusedP99Ms, {
      unit: 'ms',
      better: 'lower',
      goal: goals.refuseMs,
    }),
    figure('load.beyond.lost', past.lost, { unit: 'count', better: 'lower', goal: 0 }),
    figure('load.beyond.recoverSeconds', Math.max(0, (performance.now() - from) / 1_000 - seconds), {
      unit: 's',
      better: 'lower',
      goal: recoverWithinMs / 1_000,
    }),
  ]
}
