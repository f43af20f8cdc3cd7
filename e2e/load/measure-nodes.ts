import { type Figure, figure, tell } from '../bench/figures.ts'
import { openConversations } from '../bench/marketplace.ts'
import { startInstallation } from './installation.ts'
import type { Size } from './size.ts'
import { sendAndCost, spread, withClients } from './spread.ts'

const goal = 1.2
/** Each node bears as much as one alone: more nodes are there for more messages, not for the same ones in smaller commits. */
const ratePerNode = 150

/** What a delivered message costs all nodes together, with one, two and three of them, each with the same share. */
export async function measureNodes({ seconds, seed, conversations }: Size): Promise<Figure[]> {
  const costs: number[] = []
  for (const count of [1, 2, 3]) {
    const own = await startInstallation(count, (marketplace) => openConversations(marketplace, conversations))
    try {
      const party = spread(own.prepared.party(own.urls[0] ?? ''), own.urls)
      const sending = { seconds, seed, ratePerSecond: ratePerNode * count }
      const { cpuUs } = await withClients(party, async (driver) => {
        await sendAndCost(driver, own.cpuMs, sending)
        return sendAndCost(driver, own.cpuMs, sending)
      })
      tell(`nodes: ${count} of them need ${Math.round(cpuUs)} µs of CPU for each delivered message`)
      costs.push(cpuUs)
    } finally {
      await own.stop()
    }
  }
  const [one = 0, two = 0, three = 0] = costs
  return [
    figure('load.cpuPerMessage.nodes1', one, { unit: 'µs', better: 'lower' }),
    figure('load.cpuPerMessage.nodes2', two, { unit: 'µs', better: 'lower' }),
    figure('load.cpuPerMessage.nodes3', three, { unit: 'µs', better: 'lower' }),
    figure('load.cpuPerMessage.nodes3over1', three / one, { unit: 'x', better: 'lower', goal }),
  ]
}
