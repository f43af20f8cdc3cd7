import { permits } from '@parley/shared/policy/policy.ts'
import { commandNames, commands } from '@parley/shared/protocol/commands.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectEverybody, type Everybody } from '../testing/everybody.ts'
import { type Marlow, type Person, startMarlow } from '../testing/marlow.ts'
import { waitFor } from '../testing/wait-for.ts'
import { nothing, wishes } from '../testing/wishes.ts'
import { tablesOf } from '../upkeep/tables-store.ts'

const card = '4242 4242 4242 4242'
let site: Marlow
let everybody: Everybody
beforeAll(async () => {
  site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000000' })
  everybody = await connectEverybody(site)
})
afterAll(() => site?.close())

let count = 0
const requestId = () => {
  count += 1
  return `guarded-${count}`
}

async function start(person: Person, kind: 'vendor' | 'support', words = 'Is it oven-proof?') {
  const answers = kind === 'vendor' ? { description: words } : { topic: 'account', description: words }
  const to = kind === 'vendor' ? { kind, vendorId: 'ven_kiln' } : { kind }
  const { conversationId } = await person.ask('startConversation', {
    requestId: requestId(),
    with: to,
    answers,
  })
  return conversationId
}
function says(person: Person, conversationId: string, text: string) {
  return person.ask('sendMessage', { requestId: requestId(), conversationId, text })
}
async function eventsOf(person: Person, conversationId: string) {
  return (await person.ask('readConversation', { conversationId })).events
}
async function textsFor(person: Person, conversationId: string): Promise<string[]> {
  const events = await eventsOf(person, conversationId)
  return events.flatMap((event) => (event.type === 'messageSent' ? [event.payload.text] : []))
}
async function everythingStored(): Promise<string> {
  const { database } = site.world.parts
  const tables = ['events', 'conversations', 'files', 'contacts', 'audit', 'row_requests']
  const rows = await Promise.all(tables.map((table) => database.query(`select * from ${table}`)))
  return JSON.stringify(rows)
}

describe('a vendor’s message', () => {
  it('reaches the buyer masked; a moderator gives the original back, and everybody has it', async () => {
    const { marta, elin, daniel } = everybody
    const conversationId = await start(marta.person, 'vendor')
    const { messageId } = await says(elin.person, conversationId, 'Write to elin@kiln.example instead')
    expect((await textsFor(marta.person, conversationId)).at(-1)).toBe('Write to •••• instead')
    expect((await textsFor(elin.person, conversationId)).at(-1)).toBe('Write to •••• instead')
    expect(JSON.stringify(marta.person.frames)).not.toContain('elin@kiln.example')
    await daniel.person.ask('restoreMessage', {
      requestId: requestId(),
      conversationId,
      messageId,
      reason: 'The shop’s public address',
    })
    const restored = (await eventsOf(marta.person, conversationId)).find(
      ({ type }) => type === 'messageRestored',
    )
    expect(restored?.payload).toMatchObject({ messageId, text: 'Write to elin@kiln.example instead' })
  })

  it('with a link waits for a moderator, unseen by the buyer, and is sent when it is released', async () => {
    const { marta, elin, daniel } = everybody
    const conversationId = await start(marta.person, 'vendor')
    const { messageId } = await says(elin.person, conversationId, 'See kiln-shop.example/cups')
    expect(messageId).not.toBe('')
    expect(JSON.stringify(await eventsOf(marta.person, conversationId))).not.toContain('kiln-shop')
    const board = await daniel.person.ask('listBoard', { need: 'held' })
    expect(board.rows.find((row) => row.conversationId === conversationId)?.need.held).toBe(1)
    await daniel.person.ask('releaseMessage', {
      requestId: requestId(),
      conversationId,
      messageId,
      reason: 'Its own catalogue',
    })
    expect((await textsFor(marta.person, conversationId)).at(-1)).toBe('See kiln-shop.example/cups')
  })

  it('that asks for money elsewhere is refused in words, stored nowhere, and the next one goes out', async () => {
    const { marta, elin } = everybody
    const conversationId = await start(marta.person, 'vendor')
    const wish = () => ({
      requestId: requestId(),
      conversationId,
      text: 'Pay to DE89 3704 0044 0532 0130 00 please',
    })
    expect(await elin.person.refusal('sendMessage', wish())).toEqual({
      code: 'notAllowed',
      reason: 'terms.paymentAccount',
    })
    expect(await elin.byHttp('sendMessage', wish())).toMatchObject({
      refusal: { detail: expect.stringMatching(/payments are protected only at the checkout/) },
    })
    expect(await everythingStored()).not.toContain('0532 0130')
    await says(elin.person, conversationId, 'It ships on Monday')
    expect((await textsFor(marta.person, conversationId)).at(-1)).toBe('It ships on Monday')
  })

  it('waits for a moderator with at most 20 of its side, also when many come at once, and goes on as they are decided', async () => {
    const { marta, elin, daniel } = everybody
    const conversationId = await start(marta.person, 'vendor')
    const link = (index: number) => `See kiln-shop.example/cups/${index}`
    const sent = await Promise.allSettled(
      Array.from({ length: 26 }, (_, index) => says(elin.person, conversationId, link(index))),
    )
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
    const full = { code: 'notAllowed', reason: 'held.full' }
    const wish = () => ({ requestId: requestId(), conversationId, text: link(27) })
    expect(await elin.person.refusal('sendMessage', wish())).toEqual(full)
    const heldNow = async () =>
      (await eventsOf(elin.person, conversationId)).flatMap((event) =>
        event.type === 'vendorMessageHeld' ? [event.payload.messageId] : [],
      )
    const [first = ''] = await heldNow()
    expect(await heldNow()).toHaveLength(20)
    // What needs no look goes out, and the other side has a count of its own.
    await says(elin.person, conversationId, 'The cups are in stock')
    await says(marta.person, conversationId, 'Thank you')
    await daniel.person.ask('releaseMessage', {
      requestId: requestId(),
      conversationId,
      messageId: first,
      reason: 'Its own catalogue',
    })
    await elin.person.ask('sendMessage', wish())
    expect(await elin.person.refusal('sendMessage', wish())).toEqual(full)
  })

  it('with a link is refused from the moment a moderator has switched its links off, until they are on again', async () => {
    const { marta, elin, daniel } = everybody
    const conversationId = await start(marta.person, 'vendor')
    const wish = { vendorId: 'ven_kiln', reason: 'Its account may have been taken over' }
    await daniel.person.ask('switchLinks', { requestId: requestId(), ...wish, isOff: true })
    const link = { conversationId, text: 'See kiln-shop.example/bowls' }
    const refusal = await elin.person.refusal('sendMessage', { requestId: requestId(), ...link })
    // Whoever reads says it in their language; only the site's own sentence travels.
    expect(refusal).toEqual({ code: 'notAllowed', reason: 'terms.link' })
    const own = 'Bitte keine Links.'
    const { versions } = await everybody.ines.person.ask('listTermRules', {})
    const [now] = versions
    if (!now) throw new Error('There are no rules')
    const save = (from: number, sentences: typeof now.rules.sentences) =>
      everybody.ines.person.ask('saveTermRules', {
        requestId: requestId(),
        from,
        rules: { ...now.rules, sentences },
      })
    const { version } = await save(now.version, { link: own })
    expect(await elin.person.refusal('sendMessage', { requestId: requestId(), ...link })).toEqual({
      code: 'notAllowed',
      reason: 'terms.link',
      words: own,
    })
    await save(version, {})
    expect(await everythingStored()).not.toContain('kiln-shop.example/bowls')
    await says(elin.person, conversationId, 'It has two handles')
    expect((await textsFor(marta.person, conversationId)).at(-1)).toBe('It has two handles')
    await daniel.person.ask('switchLinks', { requestId: requestId(), ...wish, isOff: false })
    await elin.person.ask('sendMessage', { requestId: requestId(), ...link })
    const held = (await eventsOf(elin.person, conversationId)).at(-1)
    expect(held).toMatchObject({ type: 'vendorMessageHeld', payload: { text: link.text } })
  })

  it('waits whatever it says while the vendor is on probation and the site holds its messages', async () => {
    const { marta, elin, ines } = everybody
    const conversationId = await start(marta.person, 'vendor')
    const { database } = site.world.parts
    const { rules } = await ines.person.ask('viewVendorRules', {})
    await ines.person.ask('saveVendorRules', {
      requestId: requestId(),
      rules: { ...rules, probation: { ...rules.probation, holdsMessages: true } },
    })
    await database.query(`update vendors set state = 'probation' where vendor_id = 'ven_kiln'`)
    const heldFrom = async () =>
      (await eventsOf(elin.person, conversationId)).findLast(({ type }) => type === 'vendorMessageHeld')
        ?.payload
    await waitFor(async () => {
      await says(elin.person, conversationId, 'It is oven-proof')
      return (await heldFrom()) !== undefined
    })
    expect(await heldFrom()).toMatchObject({ text: 'It is oven-proof', why: ['probation'] })
    const heard = await textsFor(marta.person, conversationId)
    await says(elin.person, conversationId, 'And dishwasher-proof')
    expect(await textsFor(marta.person, conversationId)).toEqual(heard)
    await database.query(`update vendors set state = 'active' where vendor_id = 'ven_kiln'`)
  })
})

describe('what a moderator holds by hand', () => {
  const because = (conversationId: string, reason = 'Payment elsewhere') => ({
    requestId: requestId(),
    conversationId,
    reason,
  })
  const heldFrom = async (person: Person, conversationId: string) =>
    (await eventsOf(person, conversationId)).flatMap((event) =>
      event.type === 'vendorMessageHeld' ? [event.payload] : [],
    )

  it('[M11] is whatever the vendor writes from then on, in that conversation alone, unseen by the buyer until it is released', async () => {
    const { marta, elin, daniel } = everybody
    const conversationId = await start(marta.person, 'vendor')
    const other = await start(marta.person, 'vendor', 'And in blue?')
    await says(elin.person, conversationId, 'It is oven-proof')
    await daniel.person.ask('startHolding', because(conversationId, 'canary-why-held'))
    const { messageId } = await says(elin.person, conversationId, 'canary-kept: up to 240 °C')
    await says(elin.person, other, 'In blue too')
    await says(marta.person, conversationId, 'Still there?')
    expect(await heldFrom(elin.person, conversationId)).toEqual([
      { messageId, text: 'canary-kept: up to 240 °C', files: [], why: ['byHand'] },
    ])
    expect((await textsFor(marta.person, other)).at(-1)).toBe('In blue too')
    expect((await textsFor(marta.person, conversationId)).slice(-2)).toEqual([
      'It is oven-proof',
      'Still there?',
    ])
    const read = await marta.person.ask('readConversation', { conversationId })
    expect(JSON.stringify([read, marta.person.frames])).not.toMatch(/canary-kept|canary-why-held|holding/)
    expect(read.conversation).toMatchObject({ isHolding: false, held: { vendor: [] } })
    const vendors = await elin.person.ask('readConversation', { conversationId })
    expect(JSON.stringify(vendors)).not.toMatch(/canary-why-held|holdingStarted/)
    const { rows } = await daniel.person.ask('listBoard', { need: 'held' })
    expect(rows.find((row) => row.conversationId === conversationId)?.need).toMatchObject({
      isHolding: true,
      held: 1,
    })
    await daniel.person.ask('releaseMessage', { ...because(conversationId), messageId })
    expect((await textsFor(marta.person, conversationId)).at(-1)).toBe('canary-kept: up to 240 °C')
    await daniel.person.ask('stopHolding', because(conversationId, 'Settled'))
    await says(elin.person, conversationId, 'And dishwasher-proof')
    expect((await textsFor(marta.person, conversationId)).at(-1)).toBe('And dishwasher-proof')
    const events = await eventsOf(daniel.person, conversationId)
    expect(
      events.filter(({ type }) => /^holding/.test(type)).map(({ type, by }) => [type, by.id, by.party]),
    ).toEqual([
      ['holdingStarted', 'mem_daniel', 'moderator'],
      ['holdingStopped', 'mem_daniel', 'moderator'],
    ])
  })

  it('[M11] is nothing of the marketplace’s own people: a moderator who has joined is heard', async () => {
    const { marta, daniel, elin } = everybody
    const conversationId = await start(marta.person, 'vendor')
    await daniel.person.ask('startHolding', because(conversationId))
    await daniel.person.ask('joinConversation', because(conversationId))
    await says(daniel.person, conversationId, 'Hello, I am here to help')
    expect((await textsFor(marta.person, conversationId)).at(-1)).toBe('Hello, I am here to help')
    await says(elin.person, conversationId, 'So am I')
    expect(await heldFrom(elin.person, conversationId)).toMatchObject([{ text: 'So am I' }])
  })

  it('is what the terms would mask, whole for the moderator, and what they refuse is refused all the same', async () => {
    const { marta, elin, daniel } = everybody
    const conversationId = await start(marta.person, 'vendor')
    await daniel.person.ask('startHolding', because(conversationId))
    const iban = 'Pay to DE89 3704 0044 0532 0130 00 please'
    const wish = { requestId: requestId(), conversationId, text: iban }
    expect((await elin.person.refusal('sendMessage', wish)).reason).toBe('terms.paymentAccount')
    await says(elin.person, conversationId, 'Write to elin@kiln.example instead')
    expect(await heldFrom(daniel.person, conversationId)).toMatchObject([
      { text: 'Write to elin@kiln.example instead', why: ['byHand'] },
    ])
  })

  it('is switched by moderators and admins alone, and to others it is as absent as what they may not read', async () => {
    const { marta, elin, nils, priya, ines } = everybody
    const conversationId = await start(marta.person, 'vendor')
    for (const command of ['startHolding', 'stopHolding'] as const) {
      for (const { person } of [marta, elin])
        expect((await person.refusal(command, because(conversationId))).code).toBe('notAllowed')
      for (const { person } of [nils, priya])
        expect((await person.refusal(command, because(conversationId))).code).toMatch(/notAllowed|notFound/)
      await ines.person.ask(command, because(conversationId))
    }
  })
})

describe('a card', () => {
  it('is stored by no door: message, form, note, rating, reason or file name', async () => {
    const { omar, ines } = everybody
    const conversationId = await start(omar.person, 'support', `Charged twice on ${card}`)
    await says(omar.person, conversationId, `The card is ${card.replaceAll(' ', '-')}`)
    await ines.person.ask('addNote', { requestId: requestId(), conversationId, text: `Asked about ${card}` })
    await ines.person.ask('transferConversation', {
      requestId: requestId(),
      conversationId,
      to: { kind: 'queue', queueId: 'que_payments' },
      reason: `Card ${card}`,
    })
    await omar.person.ask('closeConversation', { requestId: requestId(), conversationId })
    await omar.person.ask('rateConversation', {
      requestId: requestId(),
      conversationId,
      stars: 2,
      words: `You lost my ${card}`,
    })
    const stored = await everythingStored()
    expect(stored.replaceAll(/[ -]/g, '')).not.toContain('4242424242424242')
    expect(stored).toContain('•••• 4242')
  })

  it('that is cut in two by the same person is masked in its second half', async () => {
    const { omar } = everybody
    const conversationId = await start(omar.person, 'support', 'My card was declined')
    await says(omar.person, conversationId, 'It is 4242 4242')
    await says(omar.person, conversationId, '4242 4242 and it was new')
    expect((await textsFor(omar.person, conversationId)).at(-1)).toBe('•••• and it was new')
  })
})

describe('with the marketplace itself', () => {
  it('people may write addresses and links', async () => {
    const { omar } = everybody
    const conversationId = await start(omar.person, 'support', 'Where is my invoice?')
    const text = 'Send it to omar@post.example, see https://post.example/me'
    await says(omar.person, conversationId, text)
    expect((await textsFor(omar.person, conversationId)).at(-1)).toBe(text)
  })
})

describe('masking that is turned off for a vendor', () => {
  it('leaves what is said to it and by it, and cards masked all the same', async () => {
    const { marta, elin, ines } = everybody
    await ines.person.ask('saveRollout', {
      requestId: requestId(),
      feature: 'terms.masking',
      from: 0,
      rule: { isKilled: true, sharePercent: 100, vendorIds: [], cohort: null, holdOutPercent: 0 },
    })
    const conversationId = await start(marta.person, 'vendor')
    await waitFor(async () => {
      await says(elin.person, conversationId, 'Mail elin@kiln.example')
      return (await textsFor(marta.person, conversationId)).at(-1) === 'Mail elin@kiln.example'
    })
    await says(elin.person, conversationId, `Card ${card}`)
    expect((await textsFor(marta.person, conversationId)).at(-1)).toBe('Card •••• 4242')
  })

  it('[M11] keeps what is held with the vendor’s side all the same', async () => {
    const { marta, elin, daniel } = everybody
    const conversationId = await start(marta.person, 'vendor')
    await daniel.person.ask('startHolding', { requestId: requestId(), conversationId, reason: 'Loud' })
    await says(elin.person, conversationId, 'canary-unmasked-held')
    const held = (await eventsOf(elin.person, conversationId)).at(-1)
    expect(held).toMatchObject({ type: 'vendorMessageHeld', payload: { why: ['byHand'] } })
    expect(JSON.stringify(await eventsOf(marta.person, conversationId))).not.toContain('canary-unmasked')
    expect(JSON.stringify(marta.person.frames)).not.toContain('canary-unmasked')
  })
})

/** The wish once for each text in it, with a card behind that text. */
function* carded(wish: unknown): Iterable<unknown> {
  if (typeof wish === 'string') yield `${wish} ${card}`
  else if (wish !== null && typeof wish === 'object')
    // An address is nobody's words, and has to stay what it is.
    for (const [key, value] of Object.entries(wish).filter(([name]) => name !== 'url'))
      for (const changed of carded(value))
        yield Array.isArray(wish)
          ? wish.map((kept, index) => (String(index) === key ? changed : kept))
          : { ...wish, [key]: changed }
}

describe('a card in what is kept as rows', () => {
  it('is stored by no command, in no field and no table', async () => {
    const { ines, elin, marta } = everybody
    const about = {
      page: { url: 'https://marlow.example/cup', title: `Paid with ${card}` },
      product: { id: 'prd_cup', name: `Cup ${card}` },
      order: { id: '48213', label: `Order ${card}` },
    }
    const begun = { requestId: requestId(), with: { kind: 'support' }, about } as const
    await marta.person.ask('startConversation', { ...begun, answers: { topic: 'account', description: 'A' } })
    const there = {
      ...nothing,
      memberId: 'mem_jonas',
      vendorId: 'ven_kiln',
      queueId: 'que_payments',
      triggerId: 'trg_return',
      contactId: 'con_omar',
      cannedReplyId: (await ines.person.ask('listCannedReplies', {})).replies[0]?.cannedReplyId ?? '',
    }
    const taken = new Set<string>()
    // Ends the visit or the session of whoever asks on.
    const last = new Set(['endVisit', 'endSession', 'replaceSiteKey'])
    const writing = commandNames.filter((name) => !('isRead' in commands[name]) && !last.has(name))
    for (const name of writing.filter((name) => commands[name].on === 'site')) {
      const asker = permits(ines.actor, commands[name].action) ? ines : elin
      const { input } = commands[name]
      for (const wish of carded(wishes[name](there))) {
        if (!input.safeParse(wish).success) continue
        const again = 'requestId' in (wish as object) ? { requestId: requestId() } : {}
        if ((await asker.bySocket(name, { ...(wish as object), ...again })).ok) taken.add(name)
      }
    }
    expect(taken.size).toBeGreaterThan(15)
    const { database } = site.world.parts
    for (const { name } of await tablesOf(database)) {
      const [row] = await database.query<{ rows: string }>(
        `select coalesce(json_agg(t)::text, '') as rows from "${name}" t`,
      )
      const found = /.{0,120}4242 ?4242 ?4242 ?4242/.exec(row?.rows ?? '')?.[0]
      expect([name, found]).toEqual([name, undefined])
    }
  }, 60_000)
})
