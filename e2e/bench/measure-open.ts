import { pageSize } from '@parley/shared/client/feed.ts'
import { createChance } from './chance.ts'
import { startDriver } from './driver.ts'
import { type Figure, figure, tell } from './figures.ts'
import { quantile } from './quantiles.ts'
import { type Engine, startServer } from './servers.ts'
import { textFrom } from './texts.ts'

const messages = 5_000
const times = 300
const goalMs = 20

/** A member opens a long conversation as the console does: follow it and read its newest page, one after the other. */
export async function measureOpen(options: { seed: number; engines: readonly Engine[] }): Promise<Figure[]> {
  const chance = createChance(options.seed)
  const figures: Figure[] = []
  const served: Figure[] = []
  for (const engine of options.engines) {
    const { server, prepared } = await startServer(engine, async (marketplace) => {
      const [member] = marketplace.members
      if (!member) throw new Error('Nobody answers.')
      const customer = await marketplace.customer(0)
      const conversationId = await marketplace.start(customer, member, 'long')
      for (let said = 0; said < messages; said += 500)
        await marketplace.say(
          customer,
          conversationId,
          Array.from({ length: 500 }, () => textFrom(chance)),
          said,
        )
      return { conversationId, cookie: marketplace.cookieOf(member) }
    })
    const driver = await startDriver()
    try {
      const { conversationId, cookie } = prepared
      await driver.gather({ url: server.url, customers: [], members: [{ conversationIds: [], cookie }] })
      const question = [
        { name: 'followConversation', wish: { conversationId } },
        { name: 'readConversation', wish: { conversationId, limit: pageSize } },
      ]
      await driver.time(times / 3, question)
      const { ms, serverMs } = await driver.time(times, question)
      const [p95, serverP95] = [quantile(ms, 0.95), quantile(serverMs, 0.95)]
      tell(
        `open: ${engine}, ${messages} messages, p95 ${p95.toFixed(1)} ms there and back, ${serverP95.toFixed(1)} ms of the server`,
      )
      figures.push(figure(`open5000.${engine}.p95Ms`, p95, { unit: 'ms', better: 'lower' }))
      served.push(figure(`open5000.${engine}.serverP95Ms`, serverP95, { unit: 'ms', better: 'lower' }))
    } finally {
      await driver.stop()
      await server.stop()
    }
  }
  return [
    ...figures,
    ...served,
    worstOf('open5000.p95Ms', figures),
    worstOf('open5000.serverP95Ms', served, goalMs),
  ]
}

/** One figure for all: the worst. */
export function worstOf(name: string, figures: readonly Figure[], goal?: number): Figure {
  const worst = Math.max(...figures.map(({ value }) => value))
  return figure(name, worst, { unit: 'ms', better: 'lower', ...(goal === undefined ? {} : { goal }) })
}
