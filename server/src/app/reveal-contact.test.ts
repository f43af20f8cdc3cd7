import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buyers, staff } from '../demo/cast.ts'
import { openPostOffice, type PostOffice } from '../notify/post-office.ts'
import { type Asker, connectEverybody, type Everybody } from '../testing/everybody.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { waitFor } from '../testing/wait-for.ts'

interface Line {
  actor_id: string
  object: string
  result: string
  reason: string
  session_id: string
  request_id: string
}

const phone = '+351 912 004 471'
let office: PostOffice
let site: Marlow
let who: Everybody
/** Marta's, with a vendor; and a stranger's with support, who has left an address and a number. */
let atKiln: string
let atSupport: string
beforeAll(async () => {
  office = await openPostOffice()
  site = await startMarlow('postgres', {
    RATE_LIMIT_FACTOR: '1000000',
    SMTP_URL: `smtp://127.0.0.1:${office.port}`,
  })
  who = await connectEverybody(site)
  const { ines, marta, anonymous } = who
  const { siteId, siteKey, ...settings } = await ines.person.ask('viewSite', {})
  const asked = { id: 'phone', label: 'Phone', type: 'text', isRequired: false, isPrivate: true } as const
  const support = { fields: [...settings.intake.support.fields, asked] }
  const intake = { ...settings.intake, support }
  await ines.person.ask('saveSite', { requestId: 'ask-for-phone', settings: { ...settings, intake } })
  atKiln = await begin(marta, { kind: 'vendor', vendorId: 'ven_kiln' }, {})
  const answers = { role: 'buyer', name: 'Sam', topic: 'product', email: 'sam@post.example', phone }
  atSupport = await begin(anonymous, { kind: 'support' }, answers)
})
afterAll(async () => {
  await site?.close()
  await office?.close()
})

async function begin(
  { person }: Asker,
  to: { kind: 'support' } | { kind: 'vendor'; vendorId: string },
  answers: Record<string, string>,
): Promise<string> {
  const wish = { requestId: nextId(), with: to, answers: { description: 'Where is it?', ...answers } }
  return (await person.ask('startConversation', wish)).conversationId
}

let count = 0
function nextId(): string {
  count += 1
  return `reveal-test-${count}`
}
const wishFor = (conversationId: string, more: object = {}) => ({
  requestId: nextId(),
  conversationId,
  field: 'email',
  reason: 'To send the label',
  ...more,
})
const reveals = (actorId: string): Promise<Line[]> =>
  site.world.parts.database.query(
    `select * from audit where action = 'contact.revealed' and actor_id = $1 order by number`,
    [actorId],
  )
const countOf = async ({ actor }: Asker): Promise<number> => {
  const [row] = await site.world.parts.database.query<{ n: number }>(
    'select count(*)::int as n from contact_reveals where member_id = $1',
    [actor.kind === 'member' ? actor.memberId : ''],
  )
  return row?.n ?? 0
}

describe('a way to reach a customer', () => {
  it('is masked beside the conversation and in its events, for whoever may ask for it as for the rest', async () => {
    for (const { person } of [who.ines, who.daniel, who.priya]) {
      const view = await person.ask('viewContact', { conversationId: atSupport })
      expect(view.email).toBe('s•••@p•••.example')
      expect(view.answers).toContainEqual({
        fieldId: 'phone',
        label: 'Phone',
        value: '•••71',
        isMasked: true,
      })
      const { events } = await person.ask('readConversation', { conversationId: atSupport })
      expect(events.find(({ type }) => type === 'contactDetailsGiven')?.payload).toMatchObject({
        email: 's•••@p•••.example',
        answers: [{ value: '•••71', isMasked: true }],
      })
    }
    const own = await who.anonymous.person.ask('readConversation', { conversationId: atSupport })
    expect(JSON.stringify(own)).toContain('sam@post.example')
    expect(JSON.stringify(own)).toContain(phone)
  })

  it('is masked where people are looked for, also by all of it', async () => {
    const { people } = await who.ines.person.ask('findPeople', { search: buyers.marta.email })
    expect(people).toMatchObject([{ contactId: 'con_marta', email: 'm•••@s•••.example' }])
    const { people: strangers } = await who.ines.person.ask('findPeople', { search: 'sam@post.example' })
    expect(strangers).toHaveLength(1)
    expect(JSON.stringify(strangers)).not.toContain('sam@post.example')
  })

  it('is shown to whoever says why, and that is on record before', async () => {
    const wish = wishFor(atKiln)
    expect(await who.daniel.bySocket('revealContact', wish)).toEqual({
      ok: true,
      value: { value: buyers.marta.email },
    })
    expect(await who.ines.byHttp('revealContact', wishFor(atKiln))).toMatchObject({ ok: true })
    expect(
      await who.priya.person.ask(
        'revealContact',
        wishFor(atSupport, { field: 'phone', reason: ' To call ' }),
      ),
    ).toEqual({ value: phone })
    expect(await reveals('mem_daniel')).toMatchObject([
      {
        object: 'contact:con_marta',
        result: 'done',
        reason: 'email: To send the label',
        session_id: expect.stringMatching(/^ses_/),
        request_id: wish.requestId,
      },
    ])
    expect(await reveals('mem_priya')).toMatchObject([{ reason: 'phone: To call' }])
  })

  it('is not shown when it cannot be put on record', async () => {
    const { database } = site.world.parts
    await database.query(`create function refuse_line() returns trigger language plpgsql as
      'begin raise exception ''no line today''; end'`)
    await database.query(`create trigger refuse_line before insert on audit for each row
      when (new.action = 'contact.revealed') execute function refuse_line()`)
    const before = await countOf(who.daniel)
    const refusal = await who.daniel.person.refusal('revealContact', wishFor(atKiln))
    await database.query('drop trigger refuse_line on audit')
    await database.query('drop function refuse_line')
    expect(refusal.code).toBe('internal')
    expect(JSON.stringify(refusal)).not.toContain(buyers.marta.email)
    expect(await countOf(who.daniel)).toBe(before)
  })

  it('needs a reason of a few words, of which neither a card nor an address is kept', async () => {
    for (const [reason, why] of [
      ['', 'text.empty'],
      ['  \t ', 'text.unstorable'],
      ['no', 'text.tooShort'],
      ['x'.repeat(201), 'text.tooLong'],
      ['two\nlines', 'text.unstorable'],
    ])
      expect(await who.daniel.person.refusal('revealContact', wishFor(atKiln, { reason }))).toMatchObject({
        code: 'invalid',
        reason: why,
        field: 'reason',
      })
    const reason = 'Paid with 4242 4242 4242 4242, to tell marta@studio.example'
    await who.daniel.person.ask('revealContact', wishFor(atKiln, { reason }))
    expect((await reveals('mem_daniel')).at(-1)?.reason).toBe(
      'email: Paid with •••• 4242, to tell m•••@s•••.example',
    )
  })

  it('is absent for a vendor, whether there is one or not, and for whoever may not read the conversation', async () => {
    const without = await begin(who.otherAnonymous, { kind: 'vendor', vendorId: 'ven_kiln' }, { name: 'N' })
    const vendor = { code: 'notAllowed' }
    for (const conversationId of [atKiln, without, 'cnv_absent'])
      expect(await who.elin.person.refusal('revealContact', wishFor(conversationId))).toEqual(vendor)
    const looks = [atKiln, without].map((conversationId) =>
      who.elin.person.ask('viewContact', { conversationId }),
    )
    for (const view of await Promise.all(looks)) expect(view).toMatchObject({ email: null, visitor: null })
    for (const { person } of [who.marta, who.anonymous])
      expect(await person.refusal('revealContact', wishFor(atKiln))).toEqual({ code: 'notAllowed' })
    for (const { person } of [who.jonas, who.secondAdmin])
      expect(await person.refusal('revealContact', wishFor(atSupport))).toEqual({ code: 'notFound' })
    for (const id of ['mem_elin', 'con_marta', 'mem_jonas']) expect(await reveals(id)).toEqual([])
  })

  it('that is not there, or not masked, is not counted as a look', async () => {
    const before = await countOf(who.daniel)
    for (const field of ['iban', 'description'])
      expect(await who.daniel.person.refusal('revealContact', wishFor(atKiln, { field }))).toMatchObject({
        code: 'invalid',
        reason: 'contact.field',
      })
    expect(await countOf(who.daniel)).toBe(before)
  })

  it('is counted once when the same wish comes again, and under no wish of another', async () => {
    const wish = wishFor(atKiln)
    const lines = (await reveals('mem_ines')).length
    const both = [
      await who.ines.bySocket('revealContact', wish),
      await who.ines.byHttp('revealContact', wish),
    ]
    expect(both.map(({ ok }) => ok)).toEqual([true, true])
    expect(await reveals('mem_ines')).toHaveLength(lines + 1)
    for (const more of [{ conversationId: atSupport }, { conversationId: atSupport, field: 'phone' }])
      expect(await who.ines.person.refusal('revealContact', { ...wish, ...more })).toMatchObject({
        code: 'conflict',
        reason: 'request.otherContent',
      })
  })
})

describe('twenty looks', () => {
  const alarms = () =>
    site.world.parts.database.query<{ actor_id: string; reason: string }>(
      `select actor_id, reason from audit where action = 'contact.alarm' order by number`,
    )
  const many = (asker: Asker, times: number, conversationId: string) =>
    Promise.all(Array.from({ length: times }, () => asker.bySocket('revealContact', wishFor(conversationId))))

  it('are a day’s: of two at once at the twentieth one is refused, on record, and the admins are told once', async () => {
    const { priya } = who
    await many(priya, 19 - (await countOf(priya)), atSupport)
    expect(await countOf(priya)).toBe(19)
    const atOnce = await many(priya, 2, atSupport)
    expect(atOnce.map(({ ok }) => ok).sort()).toEqual([false, true])
    const refusal = atOnce.flatMap((outcome): Refusal[] => (outcome.ok ? [] : [outcome.refusal]))[0]
    expect(refusal).toMatchObject({ code: 'rateLimited', reason: 'contact.quota' })
    expect(refusal?.retryAfterMs).toBeGreaterThan(23 * 60 * 60_000)
    expect(await countOf(priya)).toBe(20)
    const ofPriya = await reveals('mem_priya')
    expect(ofPriya.filter(({ result }) => result === 'done')).toHaveLength(20)
    expect(ofPriya.filter(({ result }) => result === 'refused')).toHaveLength(1)
    await many(priya, 3, atSupport)
    expect((await reveals('mem_priya')).filter(({ result }) => result === 'refused')).toHaveLength(4)
    expect(await alarms()).toMatchObject([{ actor_id: 'mem_priya', reason: 'more than 20 within 24 hours' }])
    const isPlanned = () => site.world.parts.database.query(`select 1 from timers where kind = 'alarmLetter'`)
    // Invitations are mailed too, and may be on their way still.
    const letters = () => office.received.filter(({ text }) => text.includes('addresses of customers'))
    await waitFor(async () => letters().length > 0 && (await isPlanned()).length === 0)
    expect(letters().flatMap(({ to }) => to)).toEqual([staff.ines.email])
    const [letter] = letters()
    expect(letter?.text).toContain(
      'Somebody of the staff has had 20 addresses of customers shown within a day',
    )
    expect(letter?.raw).not.toMatch(/priya|sam@post/i)
  })

  it('are each member’s own, and a day later there are as many again', async () => {
    const daniel = await site.member('daniel')
    expect(await daniel.ask('revealContact', wishFor(atSupport))).toEqual({ value: 'sam@post.example' })
    const { database } = site.world.parts
    const priya = await site.member('priya')
    const back = (hours: number) =>
      database.query(
        `update contact_reveals set at = at - $1 * interval '1 hour' where member_id = 'mem_priya'`,
        [hours],
      )
    await back(23)
    expect(await priya.refusal('revealContact', wishFor(atSupport))).toMatchObject({
      reason: 'contact.quota',
    })
    await back(1)
    expect(await priya.ask('revealContact', wishFor(atSupport))).toEqual({ value: 'sam@post.example' })
    expect(await countOf(who.priya)).toBe(1)
  })
})
