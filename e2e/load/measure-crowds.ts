import { type Figure, figure, tell } from '../bench/figures.ts'
import { openConversations } from '../bench/marketplace.ts'
import { startInstallation } from './installation.ts'
import type { Size } from './size.ts'
import { sendAndCost, withClients } from './spread.ts'

const fanOutGoal = 2
const fanOutRate = 60
const hotRate = 200
const quietRate = 100
const quietP99Goal = 1_000

/** What a message costs while ten agents, and while two hundred, have their lists open. */
export async function measureFanOut({ seconds, seed, agents }: Size): Promise<Figure[]> {
  const own = await startInstallation(1, (marketplace) => openConversations(marketplace, 20))
  try {
    const party = own.prepared.party(own.urls[0] ?? '')
    const cost = async (count: number) => {
      // Everybody who follows is there both times; the others look at lists.
      const lookers = Array.from({ length: count }, (_, at) => ({
        conversationIds: [],
        cookie: party.members[20 + (at % 20)]?.cookie ?? null,
      }))
      return withClients({ ...party, members: [...party.members, ...lookers] }, async (driver) => {
        await sendAndCost(driver, own.cpuMs, { seconds, seed, ratePerSecond: fanOutRate })
        const { cpuUs } = await sendAndCost(driver, own.cpuMs, { seconds, seed, ratePerSecond: fanOutRate })
        tell(`fan-out: ${count} more agents, ${Math.round(cpuUs)} µs of CPU for each message`)
        return cpuUs
      })
    }
    const few = await cost(10)
    const many = await cost(agents)
    return [
      figure('fanout.10.cpuUs', few, { unit: 'µs', better: 'lower' }),
      figure(`fanout.${agents}.cpuUs`, many, { unit: 'µs', better: 'lower' }),
      figure('fanout.200over10', many / few, { unit: 'x', better: 'lower', goal: fanOutGoal }),
    ]
  } finally {
    await own.stop()
  }
}

/** One conversation that fifty watch and that never rests, beside many that do. */
export async function measureHot({ seconds, seed, conversations }: Size): Promise<Figure[]> {
  const own = await startInstallation(1, (marketplace) => openConversations(marketplace, conversations + 1))
  try {
    const party = own.prepared.party(own.urls[0] ?? '')
    const [first] = party.customers
    const admin = party.members.at(-1)
    if (!first || !admin) throw new Error('There is no conversation.')
    const watching = party.members.find(({ conversationIds }) =>
      conversationIds.includes(first.conversationId),
    )
    const watchers = Array.from({ length: 50 }, () => ({
      conversationIds: [first.conversationId],
      cookie: watching?.cookie ?? null,
    }))
    const quiet = { ...party, customers: party.customers.slice(1) }
    const hot = { url: party.url, customers: [first], members: watchers }
    return await withClients(hot, (loud) =>
      withClients(quiet, async (calm) => {
        const alone = await calm.send({ seconds, seed, ratePerSecond: quietRate })
        const [beside, busy] = await Promise.all([
          calm.send({ seconds, seed, ratePerSecond: quietRate }),
          loud.send({ seconds, seed, ratePerSecond: hotRate, mayRefuse: true }),
        ])
        tell(
          `hot: ${Math.round(busy.perSecond)}/s in one conversation with 50 watchers; p99 of the others ${alone.ackP99Ms.toFixed(1)} → ${beside.ackP99Ms.toFixed(1)} ms`,
        )
        return [
          figure('hot.perSecond', busy.perSecond, { unit: '/s', better: 'higher' }),
          figure('hot.lost', busy.lost + beside.lost, { unit: 'count', better: 'lower', goal: 0 }),
          figure('hot.othersP99Ms', beside.ackP99Ms, { unit: 'ms', better: 'lower', goal: quietP99Goal }),
        ]
      }),
    )
  } finally {
    await own.stop()
  }
}
