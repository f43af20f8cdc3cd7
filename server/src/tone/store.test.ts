import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { givenBuyer, givenTestSite, openLog, say, start } from '../testing/given-conversation.ts'
import { createSiteWorld, engines, type SiteWorld } from '../testing/site-world.ts'
import { waitFor } from '../testing/wait-for.ts'
import { leaseReading, moveCursor, unreadStretch, unreadWithin } from './store.ts'

describe.each(engines)('what tones are still to be read of, on %s', (engine) => {
  let world: SiteWorld
  beforeAll(async () => {
    world = await createSiteWorld(engine)
    await givenTestSite(world.parts)
  })
  afterAll(() => world?.close())

  it('comes in stretches, which together leave nothing out', async () => {
    const { parts } = world
    const log = openLog(parts)
    const marta = await givenBuyer(parts, 'Marta')
    const wanted = ['cnv_1', 'cnv_2', 'cnv_3', 'cnv_4']
    for (const id of wanted) {
      await start(log, marta, id)
      await say(log, marta, id, `said-in-${id}`, 'Hello')
    }
    const now = parts.clock.now()
    await leaseReading(parts.database, 'node', now, new Date(now.getTime() + 30_000))
    const seen = new Set<string>()
    let stretches = 0
    // What others in the same PostgreSQL have not ended yet holds the stretch back.
    await waitFor(async () => {
      const stretch = await unreadStretch(parts.database, 2)
      if (stretch) {
        stretches += 1
        for (const id of await unreadWithin(parts.database, stretch, new Date(0))) seen.add(id)
        await moveCursor(parts.database, stretch.until)
      }
      return seen.size === wanted.length
    })
    expect([...seen].sort()).toEqual(wanted)
    expect(stretches).toBeGreaterThan(1)
  })
})
