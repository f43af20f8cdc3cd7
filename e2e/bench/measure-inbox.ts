import type { MemberActor } from '@parley/shared/people.ts'
import { type Driver, startDriver } from './driver.ts'
import { type Figure, figure, tell } from './figures.ts'
import { fillConversations } from './fill-conversations.ts'
import { worstOf } from './measure-open.ts'
import { quantile } from './quantiles.ts'
import { type Engine, startServer } from './servers.ts'

const conversations = 100_000
const times = 60
const goalMs = 20
const views = ['mine', 'waiting', 'team', 'all', 'closed'] as const
const searches = ['refund gift', 'Customer 77123', 'chip']

/** Every view of the inbox for each kind of reader, with a hundred thousand conversations behind it. */
export async function measureInbox(engines: readonly Engine[]): Promise<Figure[]> {
  const figures: Figure[] = []
  const found: Record<'inbox' | 'count' | 'search', Figure[]> = { inbox: [], count: [], search: [] }
  const served: typeof found = { inbox: [], count: [], search: [] }
  for (const engine of engines) {
    const { server, prepared: readers } = await startServer(engine, async (marketplace) => {
      const startedAt = performance.now()
      await fillConversations(marketplace, conversations)
      tell(
        `inbox: ${engine} holds ${conversations} conversations, filled in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`,
      )
      return (['csr', 'vendor', 'admin'] as const).map((role) => {
        const member = marketplace.members.find((candidate: MemberActor) => candidate.role === role)
        if (!member) throw new Error(`Nobody is ${role}.`)
        return { role, cookie: marketplace.cookieOf(member) }
      })
    })
    try {
      for (const { role, cookie } of readers) {
        const driver = await startDriver()
        try {
          await driver.gather({ url: server.url, customers: [], members: [{ conversationIds: [], cookie }] })
          const ask = async (kind: keyof typeof found, label: string, name: string, wish: object) => {
            const { p95, serverP95 } = await p95Of(driver, name, wish)
            tell(
              `inbox: ${engine} ${role} ${label}, p95 ${p95.toFixed(1)} ms there and back, ${serverP95.toFixed(1)} ms of the server`,
            )
            const figureOf = (what: string, value: number) =>
              figure(`${kind}100k.${engine}.${role}.${label}.${what}`, value, { unit: 'ms', better: 'lower' })
            found[kind].push(figureOf('p95Ms', p95))
            served[kind].push(figureOf('serverP95Ms', serverP95))
          }
          for (const view of views) await ask('inbox', view, 'listInbox', { view })
          await ask('count', 'counts', 'countInbox', {})
          for (const [number, search] of searches.entries())
            for (const view of ['all', 'closed'] as const)
              await ask('search', `${view}.${number + 1}`, 'listInbox', { view, search })
        } finally {
          await driver.stop()
        }
      }
    } finally {
      await server.stop()
    }
  }
  for (const kind of ['inbox', 'count', 'search'] as const) figures.push(...found[kind], ...served[kind])
  figures.push(worstOf('inbox100k.p95Ms', found.inbox))
  figures.push(worstOf('inbox100k.serverP95Ms', served.inbox, goalMs))
  figures.push(worstOf('count100k.p95Ms', found.count), worstOf('search100k.p95Ms', found.search))
  return figures
}

async function p95Of(
  driver: Driver,
  name: string,
  wish: object,
): Promise<{ p95: number; serverP95: number }> {
  const question = [{ name, wish }]
  // The first askings make plans and warm what the later ones use.
  await driver.time(10, question)
  const { ms, serverMs } = await driver.time(times, question)
  return { p95: quantile(ms, 0.95), serverP95: quantile(serverMs, 0.95) }
}
