import { afterAll, beforeAll, expect, it } from 'vitest'
import { marlow } from '../demo/cast.ts'
import { demoQueues, seedDemo } from '../demo/seed.ts'
import { candidatesFor } from '../routing/store.ts'
import { presenceMs } from '../sites/index.ts'
import { createSiteWorld, type SiteWorld } from '../testing/site-world.ts'
import { waitFor } from '../testing/wait-for.ts'
import { createPresence } from './presence.ts'
import { dropStalePresence, notePresence } from './store.ts'

let world: SiteWorld
beforeAll(async () => {
  world = await createSiteWorld()
  await seedDemo(world.parts)
})
afterAll(() => world?.close())

async function available(): Promise<string[]> {
  const { database, clock } = world.parts
  const line = { siteId: marlow.siteId, queueId: demoQueues.support, offerSeconds: 45 }
  const now = clock.now().getTime()
  const seenAfter = new Date(now - presenceMs)
  const found = await candidatesFor(database, line, 'cnv_none', seenAfter, new Date(now), new Date(now))
  return found.map(({ memberId }) => memberId)
}

it('of a killed node falls away by its age, and its rows with another node’s sweep', async () => {
  const { parts, clock } = world
  await parts.database.query(
    `update members set availability = 'available' where member_id = any($1::text[])`,
    [['mem_priya', 'mem_jonas']],
  )
  // Nobody stops this one: the process that held it is gone.
  const killed = createPresence(parts, 'node_killed', () => {})
  killed.arrived('mem_priya', marlow.siteId)
  await waitFor(async () => (await available()).includes('mem_priya'))

  clock.advance(presenceMs - 1_000)
  await notePresence(parts.database, 'node_alive', ['mem_jonas'], clock.now())
  expect((await available()).sort()).toEqual(['mem_jonas', 'mem_priya'])
  clock.advance(2_000)
  expect(await available()).toEqual(['mem_jonas'])

  const rows = () => parts.database.query<{ node_id: string }>('select node_id from member_presence')
  expect(await rows()).toHaveLength(2)
  await dropStalePresence(parts.database, new Date(clock.now().getTime() - 10_000))
  expect(await rows()).toEqual([{ node_id: 'node_alive' }])
})
