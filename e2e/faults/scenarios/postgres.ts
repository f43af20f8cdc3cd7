import type { Person } from '../rig/person.ts'
import { probe, refusesSoon, worksAgain } from '../rig/probe.ts'
import type { Scenario, Stage } from '../rig/stage.ts'

/** Somebody who stays on the node while others come and go. */
async function steady(stage: Stage, node: number): Promise<{ person: Person; conversationId: string }> {
  const talk = stage.crew.talks[node]
  if (!talk) throw new Error('There is no conversation for a probe.')
  const { customer: person, conversationId } = talk
  person.pin = stage.cluster.nodes[node]?.port ?? null
  person.line.cut()
  await person.ask('listConversations', {})
  return { person, conversationId }
}

export const postgresRestarted: Scenario = {
  id: 'F09',
  title: 'PostgreSQL restarted, and its processes killed',
  async play(stage) {
    const { postgres } = stage.cluster
    const { person, conversationId } = await steady(stage, 0)
    stage.load(40, { cuts: false })
    await stage.pause(1_000)
    for (const [what, end] of [
      ['restart', postgres.halt],
      ['kill -9', postgres.kill],
    ] as const)
      await stage.fault(`${what} of PostgreSQL`, async () => {
        await end()
        await refusesSoon(stage, person, conversationId, `while PostgreSQL was down (${what})`)
        await stage.pause(1_500)
        await postgres.start()
        await worksAgain(stage, person, conversationId, `after PostgreSQL was back (${what})`)
      })
  },
}

export const heldByOthers: Scenario = {
  id: 'F11',
  title: 'long transactions of somebody else hold every conversation',
  async play(stage) {
    const { person, conversationId } = await steady(stage, 0)
    stage.load(20, { cuts: false })
    await stage.pause(1_000)
    await stage.fault('every conversation locked', () =>
      stage.store.holding('select 1 from conversations for update', async () => {
        await refusesSoon(stage, person, conversationId, 'while every conversation was locked')
        await refusesSoon(stage, person, conversationId, 'while every conversation was still locked')
        stage.must(person.connection.state === 'online', 'A socket was closed because the database was slow.')
        const read = await person.once('readConversation', { conversationId })
        stage.must(read.ok, 'A conversation could not be read while it was locked.')
      }),
    )
    await worksAgain(stage, person, conversationId, 'after the locks were gone')
  },
}

export const partitioned: Scenario = {
  id: 'F12',
  title: 'one node sees PostgreSQL and not Redis, another Redis and not PostgreSQL',
  async play(stage) {
    const { lines, cluster, site } = stage
    const withDatabase = await steady(stage, 0)
    const without = await steady(stage, 1)
    stage.load(30, { cuts: false })
    await stage.pause(1_000)
    await stage.fault('partition', async () => {
      lines.redis[0]?.hold('both')
      lines.postgres[1]?.hold('both')
      await stage.pause(500)
      await refusesSoon(stage, without.person, without.conversationId, 'on the node without PostgreSQL')
      const { isOk } = await probe(withDatabase.person, withDatabase.conversationId)
      stage.must(isOk, 'The node without Redis did not acknowledge.')
      const from = performance.now()
      const port = cluster.nodes[1]?.port ?? 0
      while (site.ready().includes(port) && performance.now() - from < stage.within(10_000))
        await stage.pause(100)
      stage.must(!site.ready().includes(port), 'The node without PostgreSQL was still ready after 10 s.')
      await stage.pause(4_000)
      lines.redis[0]?.release('lose')
      lines.postgres[1]?.release('lose')
      await worksAgain(stage, without.person, without.conversationId, 'after the partition')
    })
  },
}
