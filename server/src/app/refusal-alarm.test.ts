import type { Actor } from '@parley/shared/people.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testClock } from '../clock.ts'
import { openPostOffice, type PostOffice } from '../notify/post-office.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { waitFor } from '../testing/wait-for.ts'
import { createRefusalAlarm } from './refusal-alarm.ts'

const second = 1_000
const minute = 60 * second

describe('somebody who is refused', () => {
  const actor = (contactId: string): Actor => ({
    kind: 'customer',
    siteId: 'site_1',
    visitorId: `vis_${contactId}`,
    contactId,
    role: 'buyer',
    isVerified: false,
    name: null,
    orders: [],
    vendorId: null,
  })

  function begin() {
    const clock = testClock()
    const raised: Actor[] = []
    const alarm = createRefusalAlarm(clock, async (who) => {
      raised.push(who)
    })
    const refuse = (who: Actor, times: number, everyMs = 0) => {
      for (let at = 0; at < times; at += 1) {
        alarm.note(who)
        clock.advance(everyMs)
      }
    }
    return { clock, raised, alarm, refuse }
  }

  it('ten times within a minute raises an alarm at the tenth, whenever the minute began', () => {
    const { clock, raised, alarm, refuse } = begin()
    refuse(actor('a'), 4)
    clock.advance(40 * second)
    alarm.tidy()
    refuse(actor('a'), 5)
    expect(raised).toEqual([])
    refuse(actor('a'), 1)
    expect(raised).toEqual([actor('a')])
  })

  it('nine times, or ten in more than a minute, raises none, and nobody stands in for another', () => {
    const { raised, refuse } = begin()
    refuse(actor('a'), 9)
    refuse(actor('b'), 9)
    refuse(actor('c'), 40, 7 * second)
    refuse({ kind: 'system', siteId: '', rule: 'others' }, 100)
    expect(raised).toEqual([])
  })

  it('again raises one an hour', () => {
    const { clock, raised, alarm, refuse } = begin()
    refuse(actor('a'), 200)
    expect(raised).toHaveLength(1)
    clock.advance(60 * minute - second)
    alarm.tidy()
    refuse(actor('a'), 20)
    expect(raised).toHaveLength(1)
    clock.advance(minute)
    alarm.tidy()
    refuse(actor('a'), 20)
    expect(raised).toHaveLength(2)
  })
})

describe('an alarm about refusals', () => {
  let office: PostOffice
  let site: Marlow
  beforeAll(async () => {
    office = await openPostOffice()
    site = await startMarlow('postgres', {
      RATE_LIMIT_FACTOR: '1000000',
      SMTP_URL: `smtp://127.0.0.1:${office.port}`,
    })
  })
  afterAll(async () => {
    await site?.close()
    await office?.close()
  })

  const alarms = () =>
    site.world.parts.database.query<{ actor_id: string }>(
      `select actor_id, object, result, reason from audit where action = 'rights.alarm' order by number`,
    )

  it('stands in the audit at once under who it was, and is written to the admins once an hour, without names', async () => {
    const priya = await site.member('priya')
    for (let at = 0; at < 10; at += 1) await priya.refusal('listIdentityKeys', {})
    await waitFor(async () => (await alarms()).length === 1)
    expect(await alarms()).toMatchObject([
      {
        actor_id: 'mem_priya',
        object: expect.stringMatching(/^site:/),
        result: 'refused',
        reason: '10 within a minute',
      },
    ])
    await waitFor(() => office.received.length > 0)
    const elin = await site.member('elin')
    for (let at = 0; at < 30; at += 1) await elin.refusal('listIdentityKeys', {})
    await waitFor(async () => (await alarms()).length === 2)
    expect((await alarms()).map((line) => line.actor_id)).toEqual(['mem_priya', 'mem_elin'])
    // What was planned has been sent before the node is gone.
    await site.restart()
    expect(await site.world.parts.database.query(`select 1 from timers where kind = 'alarmLetter'`)).toEqual(
      [],
    )
    expect(office.received.flatMap(({ to }) => to)).toEqual(['ines@marlow.example'])
    const [letter] = office.received
    expect(letter?.text).toContain('Somebody of the staff was refused ten times within a minute')
    expect(letter?.text).toContain('/console/settings/audit')
    expect(letter?.raw).not.toMatch(/priya|listIdentityKeys/i)
  })
})
