import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { usualReplyMs } from './store.ts'

describe('what a buyer is told of a vendor before choosing', () => {
  let site: Marlow
  beforeAll(async () => {
    site = await startMarlow()
    await site.world.parts.database.query(
      `update conversations set first_assigned_at = null, rating = null where vendor_id = 'ven_kiln'`,
    )
  })
  afterAll(() => site?.close())

  /** Chats of the vendor, each taken after so many seconds and rated with so many stars. */
  async function past(chats: readonly { seconds: number; stars: number | null }[]): Promise<void> {
    const { database } = site.world.parts
    for (const [at, { seconds, stars }] of chats.entries())
      await database.query(
        `insert into conversations (site_id, conversation_id, contact_id, vendor_id, queue_id, status, seq,
           customer_position, vendor_position, started_at, updated_at, first_assigned_at, rating, state)
         select site_id, $1, contact_id, 'ven_kiln', 'que_kiln', 'closed', 1, 1, 1, now(), now(),
           now() + $2 * interval '1 second', $3, '{}'
         from contacts where site_id = 'site_marlow' order by contact_id limit 1`,
        [`cnv_${seconds}_${at}`, seconds, stars],
      )
  }
  async function told() {
    const marta = await site.buyer('marta')
    const { choices } = await marta.ask('describeChoices', {
      about: { order: { id: '48213', vendorId: 'ven_kiln' } },
    })
    marta.close()
    const choice = choices.find((candidate) => candidate.with.kind === 'vendor')
    return { usualReplyMs: choice?.usualReplyMs, rating: choice?.rating }
  }

  it('is no reply time on fewer than five chats, and no rating on fewer than three', async () => {
    await past([
      { seconds: 10, stars: 5 },
      { seconds: 20, stars: 2 },
      { seconds: 30, stars: null },
      { seconds: 40, stars: null },
    ])
    expect(await told()).toEqual({ usualReplyMs: null, rating: null })
  })

  it('is the median, which one who waited for an hour does not move, and the mean of the stars', async () => {
    await past([{ seconds: 3_600, stars: 5 }])
    expect(await told()).toEqual({ usualReplyMs: 30_000, rating: { average: 4, count: 3 } })
  })

  it('of support is that of its latest fifty chats, whichever lines they stood in', async () => {
    const { database } = site.world.parts
    const queueIds = ['que_payments', 'que_support']
    await database.query(
      'update conversations set first_assigned_at = null where queue_id = any($1::text[])',
      [queueIds],
    )
    const line = (queueId: string, seconds: number, hoursAgo: number) =>
      database.query(
        `insert into conversations (site_id, conversation_id, contact_id, queue_id, status, seq, customer_position,
           vendor_position, started_at, updated_at, first_assigned_at, state)
         select 'site_marlow', 'cnv_' || $1 || n, contact_id, $1, 'closed', 1, 1, 1, began, began,
           began + $2 * interval '1 second', '{}'
         from generate_series(1, 50) n cross join lateral (
           select contact_id from contacts where site_id = 'site_marlow' order by contact_id limit 1) c
         cross join lateral (select now() - $3 * interval '1 hour' - n * interval '1 minute' as began) b`,
        [queueId, seconds, hoursAgo],
      )
    const usual = () => usualReplyMs(database, 'site_marlow', queueIds)
    await line('que_payments', 600, 48)
    expect(await usual()).toBe(600_000)
    await line('que_support', 20, 2)
    expect(await usual()).toBe(20_000)
  })

  /** Figures as the latest look found them. */
  async function foundStanding(verdict: 'good' | 'warning' | 'hard', ratings: number): Promise<void> {
    const rating = { metric: 'rating', value: 4.8, sample: ratings, limit: null, verdict: 'none' }
    const at = site.world.parts.clock.now().toISOString()
    const standing = { at, windowDays: 30, leastSample: 10, verdict, figures: [rating] }
    await site.world.parts.database.query(
      `update vendors set standing = $1::jsonb where vendor_id = 'ven_kiln'`,
      [JSON.stringify(standing)],
    )
  }
  async function offered() {
    const marta = await site.buyer('marta')
    const about = { order: { id: '48213', vendorId: 'ven_kiln' } }
    const { choices } = await marta.ask('describeChoices', { about })
    marta.close()
    return choices.find((candidate) => candidate.with.kind === 'vendor')
  }

  it('is a word of standing: new on probation, trusted in good standing; warned or restricted is as if nothing were known', async () => {
    const { database } = site.world.parts
    const daniel = await site.member('daniel')
    let count = 0
    const discipline = (act: 'warn' | 'restrict' | 'lift' | 'suspend') => {
      count += 1
      const why = { vendorId: 'ven_kiln', reason: 'Asked a buyer to pay elsewhere' }
      return daniel.ask('disciplineVendor', { requestId: `standing-${count}`, ...why, act })
    }
    const unknown = await offered()
    expect(unknown).toMatchObject({ standing: null })
    await database.query(`update vendors set state = 'probation' where vendor_id = 'ven_kiln'`)
    expect(await offered()).toEqual({ ...unknown, standing: 'new' })
    await database.query(`update vendors set state = 'active' where vendor_id = 'ven_kiln'`)
    await foundStanding('good', 9)
    expect(await offered()).toEqual(unknown)
    await foundStanding('good', 10)
    expect(await offered()).toEqual({ ...unknown, standing: 'trusted' })
    await foundStanding('warning', 10)
    expect(await offered()).toEqual(unknown)
    await foundStanding('good', 10)
    await discipline('warn')
    expect(await offered()).toEqual(unknown)
    await discipline('restrict')
    expect(await offered()).toEqual(unknown)
    await discipline('lift')
    expect(await offered()).toEqual(unknown)
    await database.query(`update vendors set state = 'probation' where vendor_id = 'ven_kiln'`)
    expect(await offered()).toEqual(unknown)
    await database.query(`update vendors set state = 'active' where vendor_id = 'ven_kiln'`)
    await discipline('suspend')
    expect(await offered()).toBeUndefined()
    daniel.close()
  })
})
