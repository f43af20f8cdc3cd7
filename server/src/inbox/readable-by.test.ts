import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { givenBuyer, givenTestSite, member, openLog, start } from '../testing/given-conversation.ts'
import { createSiteWorld, type SiteWorld } from '../testing/site-world.ts'
import { readableBy } from './readable-by.ts'
import { pageOfInbox } from './store.ts'

describe('what leaves in a list', () => {
  let world: SiteWorld
  beforeAll(async () => {
    world = await createSiteWorld('postgres')
    await givenTestSite(world.parts)
  })
  afterAll(() => world?.close())

  it('is decided by the policy once more, whatever the database has found', async () => {
    const log = openLog(world.parts)
    const marta = await givenBuyer(world.parts, 'Marta')
    await start(log, marta, 'cnv_support')
    await start(log, marta, 'cnv_vendors', true)
    const admin = member('Ida', 'admin')
    const found = await pageOfInbox(world.parts.database, admin, { view: 'all' }, null, 10)
    const ids = (listed: typeof found) => listed.map(({ held }) => held.conversation.conversationId).sort()
    expect(ids(readableBy(admin, found))).toEqual(['cnv_support', 'cnv_vendors'])
    expect(ids(readableBy({ ...member('Priya', 'csr'), queueIds: ['que_elsewhere'] }, found))).toEqual([])
    expect(ids(readableBy(marta, found))).toEqual(['cnv_support', 'cnv_vendors'])
    expect(ids(readableBy(await givenBuyer(world.parts, 'Omar'), found))).toEqual([])
  })
})
