import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { givenBuyer, givenTestSite, openLog, say, start } from '../testing/given-conversation.ts'
import { createSiteWorld, engines, type SiteWorld } from '../testing/site-world.ts'
import { waitFor } from '../testing/wait-for.ts'
import { conversationsWithin, leaseReading, moveCursor, unreadAmong, unreadStretch } from './store.ts'

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
        for (const id of await conversationsWithin(parts.database, stretch)) seen.add(id)
        await moveCursor(parts.database, stretch.until)
      }
      return seen.size === wanted.length
    })
    expect([...seen].sort()).toEqual(wanted)
    expect(stretches).toBeGreaterThan(1)
  })

  it('is looked for between two bounds of an index, however much was read before', async () => {
    const plan: string[] = []
    await world.parts.database.transaction(async (sql) => {
      // In a table as small as this one nothing is quicker than to read it all.
      await sql.query('set local enable_seqscan = off')
      await unreadStretch({
        ...sql,
        async query<Row>(text: string, params?: readonly unknown[]) {
          const lines = await sql.query<{ 'QUERY PLAN': string }>(`explain (costs off) ${text}`, params)
          plan.push(...lines.map((line) => line['QUERY PLAN']))
          return [] as Row[]
        },
      })
    })
    const bounds = plan.flatMap((line, at) => (/ on events/.test(line) ? [plan[at + 1]] : []))
    expect(bounds.length).toBeGreaterThan(0)
    for (const bound of bounds) expect(bound).toMatch(/Index Cond: .*written_in >=? .*written_in < /)
  })

  it('is left out where it was read, and where it ended long ago', async () => {
    const { database } = world.parts
    const among = async (since: Date) =>
      (await unreadAmong(database, ['cnv_1', 'cnv_2', 'cnv_3'], since)).map((one) => one.conversationId)
    await database.query(
      `update conversations set updated_at = updated_at + make_interval(secs => right(conversation_id, 1)::int)`,
    )
    expect(await among(new Date(0))).toEqual(['cnv_3', 'cnv_2', 'cnv_1'])
    const later = new Date(world.parts.clock.now().getTime() + 60_000)
    expect(await among(later)).toEqual(['cnv_3', 'cnv_2', 'cnv_1'])
    await database.query(`update conversations set status = 'closed' where conversation_id = 'cnv_2'`)
    expect(await among(later)).toEqual(['cnv_3', 'cnv_1'])
    await database.query(
      `insert into conversation_tones (conversation_id, site_id, seq, estimate, need, state)
       select conversation_id, site_id, seq, 0, 0, '{}' from conversations where conversation_id = 'cnv_3'`,
    )
    expect(await among(later)).toEqual(['cnv_1'])
  })
})
