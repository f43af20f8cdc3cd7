import { createChance, shuffled } from './chance.ts'
import { type Driver, startDriver } from './driver.ts'
import type { Sent } from './driver-protocol.ts'
import { type Figure, figure, tell } from './figures.ts'
import { openConversations, strangers } from './marketplace.ts'
import { median, spreadOf } from './quantiles.ts'
import { type Engine, type Running, type ServerName, startRelay, startServer } from './servers.ts'

const conversations = 200
const goals = { embedded: 0.5, postgres: 0.7, p99: 3 } as const

interface Contestant {
  server: Running
  driver: Driver
}

interface Round extends Sent {
  cpuUs: number
  databaseCpuUs: number
}

/** Throughput, waiting and CPU of both engines beside the relay, in rounds that take turns. */
export async function measureSend(options: {
  seconds: number
  seed: number
  engines: readonly Engine[]
  rounds: number
  /** Where the servers write a profile of their CPU time when they end. */
  profile: string | undefined
}): Promise<Figure[]> {
  const { seconds, seed, engines, rounds } = options
  const nodeFlags = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] : []
  const chance = createChance(seed)
  const contestants: Contestant[] = []
  try {
    for (const server of await startAll(engines, contestants, nodeFlags)) tell(`send: ${server} is ready`)
    const run = async ({ server, driver }: Contestant, ratePerSecond: number | null) => {
      const [cpu, databaseCpu] = [server.cpuMs(), server.databaseCpuMs()]
      const sent = await driver.send({ seconds, ratePerSecond, seed: Math.floor(chance() * 2 ** 31) })
      if (sent.lost > 0 || sent.doubled > 0)
        throw new Error(`${server.name} lost ${sent.lost} messages and doubled ${sent.doubled}.`)
      const round: Round = {
        ...sent,
        cpuUs: ((server.cpuMs() - cpu) * 1_000) / sent.delivered,
        databaseCpuUs: ((server.databaseCpuMs() - databaseCpu) * 1_000) / sent.delivered,
      }
      tell(
        `send: ${server.name.padEnd(8)} ${ratePerSecond === null ? 'closed loop' : `${Math.round(ratePerSecond)}/s`.padEnd(11)}` +
          ` ${Math.round(round.perSecond)}/s, ack p50 ${round.ackP50Ms.toFixed(1)} p99 ${round.ackP99Ms.toFixed(1)} ms,` +
          ` CPU ${Math.round(round.cpuUs)} µs (+ database ${Math.round(round.databaseCpuUs)} µs), clients ${Math.round(round.clientLoad * 100)} %`,
      )
      return round
    }

    for (const contestant of contestants) await run(contestant, null)
    const full = new Map<ServerName, Round[]>()
    for (let number = 0; number < rounds; number += 1)
      for (const contestant of shuffled(contestants, chance)) {
        const { name } = contestant.server
        full.set(name, [...(full.get(name) ?? []), await run(contestant, null)])
      }
    const relay = contestants.find(({ server }) => server.name === 'relay')
    if (!relay) return []

    const figures: Figure[] = []
    const p99s: number[] = []
    const relayRounds = full.get('relay') ?? []
    figures.push(
      plain('send.relay.perSecond', relayRounds, ({ perSecond }) => perSecond, '/s', 'higher'),
      plain('send.relay.cpuUs', relayRounds, ({ cpuUs }) => cpuUs, 'µs', 'lower'),
    )
    for (const engine of engines) {
      const own = full.get(engine) ?? []
      const contestant = contestants.find(({ server }) => server.name === engine)
      if (!contestant || own.length === 0) continue
      const ratios = ratiosOf(own, relayRounds, ({ perSecond }) => perSecond)
      figures.push(
        compared(`send.${engine}.ratio`, ratios, 'higher', goals[engine]),
        plain(`send.${engine}.perSecond`, own, ({ perSecond }) => perSecond, '/s', 'higher'),
      )
      const cpu = ratiosOf(own, relayRounds, ({ cpuUs }) => cpuUs)
      figures.push(
        compared(engine === 'embedded' ? 'send.cpu.ratio' : `send.${engine}.cpu.ratio`, cpu, 'lower'),
        plain(`send.${engine}.cpuUs`, own, ({ cpuUs }) => cpuUs, 'µs', 'lower'),
      )
      if (engine === 'postgres')
        figures.push(
          plain(`send.${engine}.databaseCpuUs`, own, ({ databaseCpuUs }) => databaseCpuUs, 'µs', 'lower'),
        )

      const half = median(own.map(({ perSecond }) => perSecond)) / 2
      const [mine, theirs]: [Round[], Round[]] = [[], []]
      for (let number = 0; number < rounds; number += 1)
        for (const each of shuffled([contestant, relay], chance))
          (each === relay ? theirs : mine).push(await run(each, half))
      const waits = ratiosOf(mine, theirs, ({ ackP99Ms }) => ackP99Ms)
      p99s.push(median(waits))
      figures.push(
        compared(`send.${engine}.p99.ratio`, waits, 'lower'),
        plain(`send.${engine}.p99Ms`, mine, ({ ackP99Ms }) => ackP99Ms, 'ms', 'lower'),
      )
    }
    // One figure for both engines: the worse of the two.
    if (p99s.length > 0)
      figures.push(
        figure('send.p99.ratio', Math.max(...p99s), { unit: 'x', better: 'lower', goal: goals.p99 }),
      )
    return figures
  } finally {
    for (const { server, driver } of contestants) {
      await driver.stop()
      await server.stop()
    }
  }
}

async function startAll(
  engines: readonly Engine[],
  contestants: Contestant[],
  nodeFlags: readonly string[],
): Promise<ServerName[]> {
  const relay = await startRelay(nodeFlags)
  const relayDriver = await startDriver()
  contestants.push({ server: relay, driver: relayDriver })
  for (const engine of engines) {
    const { server, prepared: scene } = await startServer(
      engine,
      (marketplace) => openConversations(marketplace, conversations),
      nodeFlags,
    )
    const driver = await startDriver()
    contestants.push({ server, driver })
    await driver.gather(scene.party(server.url))
    if (engine === engines[0]) await relayDriver.gather(strangers(scene.party(relay.url)))
  }
  return contestants.map(({ server }) => server.name)
}

function ratiosOf(own: Round[], relay: Round[], value: (round: Round) => number): number[] {
  return own.flatMap((round, number) => {
    const beside = relay[number]
    return beside ? [value(round) / value(beside)] : []
  })
}

function compared(name: string, ratios: number[], better: Figure['better'], goal?: number): Figure {
  return figure(name, median(ratios), {
    unit: 'x',
    better,
    spread: spreadOf(ratios),
    ...(goal === undefined ? {} : { goal }),
  })
}

function plain(
  name: string,
  all: Round[],
  value: (round: Round) => number,
  unit: Figure['unit'],
  better: Figure['better'],
): Figure {
  const values = all.map(value)
  return figure(name, median(values), { unit, better, spread: spreadOf(values) })
}
