import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refused } from '../app/refused.ts'
import { givenBuyer, givenTestSite, openLog, say, start } from '../testing/given-conversation.ts'
import { createSiteWorld, engines, type SiteWorld } from '../testing/site-world.ts'
import type { Committed, Held, Log } from './index.ts'
import { createLog } from './log.ts'
import { eventsAfter, findHeld } from './store.ts'

describe.each(engines)('what a node remembers of conversations on %s', (engine) => {
  let world: SiteWorld
  beforeAll(async () => {
    world = await createSiteWorld(engine)
    await givenTestSite(world.parts)
  })
  afterAll(() => world?.close())

  const stored = async (conversationId: string) =>
    (await eventsAfter(world.parts.database, conversationId, 'staff', 0, 1_000)).map((event) => [
      event.positions.staff,
      event.type === 'messageSent' ? event.payload.text : event.type,
    ])

  it('[L1] is decided again where another node has written in between', async () => {
    const [one, other] = [openLog(world.parts), openLog(world.parts)]
    const marta = await givenBuyer(world.parts, 'Marta')
    await start(one, marta, 'cnv_turns')
    for (let turn = 0; turn < 6; turn += 1)
      await say(turn % 2 ? other : one, marta, 'cnv_turns', `turns-${turn}`, `${turn}`)
    expect(await stored('cnv_turns')).toEqual([
      [1, 'conversationStarted'],
      ...[0, 1, 2, 3, 4, 5].map((turn) => [turn + 2, `${turn}`]),
    ])
    expect((await findHeld(world.parts.database, 'cnv_turns'))?.conversation.unanswered.byMembers).toBe(6)
  })

  it('[L1] is looked at first where two nodes take turns, and for no longer', async () => {
    let looks = 0
    const { database } = world.parts
    const watched: typeof database = {
      ...database,
      transaction: (work, patience) =>
        database.transaction(
          (sql) =>
            work({
              ...sql,
              query(text, params) {
                if (/for update/.test(text)) looks += 1
                return sql.query(text, params)
              },
            }),
          patience,
        ),
    }
    const nodes = [
      openLog({ ...world.parts, database: watched }),
      openLog({ ...world.parts, database: watched }),
    ]
    const [one, other] = nodes as [Log, Log]
    const marta = await givenBuyer(world.parts, 'Marta')
    await start(one, marta, 'cnv_two_nodes')
    let sent = 0
    async function costOf(log: Log): Promise<{ decided: number; looked: number }> {
      let decided = 0
      const before = looks
      sent += 1
      await log.append({
        actor: marta,
        conversationId: 'cnv_two_nodes',
        requestId: `two-nodes-${sent}`,
        content: sent,
        decide() {
          decided += 1
          return [{ type: 'messageSent', payload: { messageId: `msg_two_${sent}`, text: 'hi', files: [] } }]
        },
      })
      return { decided, looked: looks - before }
    }
    await costOf(other)
    // What is remembered has been overtaken: decided twice, the second time after a look.
    expect(await costOf(one)).toEqual({ decided: 2, looked: 1 })
    expect(await costOf(other)).toEqual({ decided: 2, looked: 1 })
    for (const log of [one, other, one]) expect(await costOf(log)).toEqual({ decided: 1, looked: 1 })
    // A look that finds the own last write is the last.
    expect(await costOf(one)).toEqual({ decided: 1, looked: 1 })
    expect(await costOf(one)).toEqual({ decided: 1, looked: 0 })
  })

  it('[L6] refuses nobody: only what is read under the lock does', async () => {
    const [one, other] = [openLog(world.parts), openLog(world.parts)]
    const marta = await givenBuyer(world.parts, 'Marta')
    await start(one, marta, 'cnv_refused')
    const change = (
      log: typeof one,
      type: 'conversationClosed' | 'conversationReopened',
      requestId: string,
    ) =>
      log.append({
        actor: marta,
        conversationId: 'cnv_refused',
        requestId,
        content: type,
        decide: () =>
          type === 'conversationClosed'
            ? [{ type, payload: { why: 'ended' } }]
            : [{ type, payload: { why: 'reply' } }],
      })
    await change(one, 'conversationClosed', 'close-it')
    await change(other, 'conversationReopened', 'reopen-it')
    const seen: (string | undefined)[] = []
    const written = await one.append({
      actor: marta,
      conversationId: 'cnv_refused',
      requestId: 'only-open',
      content: 'x',
      decide(held: Held | null) {
        seen.push(held?.conversation.status)
        if (held?.conversation.status === 'closed') throw new Refused('closed')
        return [{ type: 'messageSent', payload: { messageId: 'msg_open', text: 'still open', files: [] } }]
      },
    })
    expect(seen).toEqual(['closed', 'waiting'])
    expect(written.events[0]?.positions.staff).toBe(4)
  })

  it('lets a companion add to nothing that another node has overtaken', async () => {
    const { database, clock } = world.parts
    const accompanied: (number | null)[] = []
    const note = async (
      sql: Parameters<Parameters<typeof createLog>[0]['companions'][0]>[0],
      commits: readonly Committed[],
    ) => {
      for (const { events } of commits)
        for (const event of events) {
          await sql.query('insert into row_requests (actor_id, request_id, at) values ($1, $2, $3)', [
            `${event.conversationId}-${event.positions.staff}`,
            event.requestId,
            event.at,
          ])
          accompanied.push(event.positions.staff)
        }
    }
    const one = createLog({ database, clock, companions: [note], onFault: () => {} })
    const other = openLog(world.parts)
    const marta = await givenBuyer(world.parts, 'Marta')
    await start(one, marta, 'cnv_companion')
    await say(other, marta, 'cnv_companion', 'by-another', 'first')
    await say(one, marta, 'cnv_companion', 'by-this-one', 'second')
    expect(accompanied).toEqual([1, 3])
    const rows = await database.query<{ actor_id: string }>(
      `select actor_id from row_requests where actor_id like 'cnv_companion-%' order by actor_id`,
    )
    expect(rows.map((row) => row.actor_id)).toEqual(['cnv_companion-1', 'cnv_companion-3'])
  })
})
