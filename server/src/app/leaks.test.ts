import { audiences, type EventType, readerKindsOf } from '@parley/shared/protocol/events.ts'
import type { InboxRow } from '@parley/shared/protocol/reading.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventsAfter } from '../conversations/index.ts'
import { buyers, staff, vendorMembers } from '../demo/cast.ts'
import type { Name } from '../testing/everybody.ts'
import { switchRooms } from '../testing/given-kinds.ts'
import type { Person } from '../testing/marlow.ts'
import {
  eventsSeenBy,
  hasForgotten,
  type Story,
  said,
  strangersMail,
  strangersPhone,
  tellStory,
  wishIn,
} from '../testing/story.ts'
import { waitFor } from '../testing/wait-for.ts'

let story: Story
beforeAll(async () => {
  story = await tellStory()
}, 120_000)
afterAll(() => story?.site.close())

/** Everything that ever reached somebody, in one text. */
function heardBy(name: Name | 'oluwaseun'): string {
  const person = name === 'oluwaseun' ? story.oluwaseun : story.everybody[name].person
  return JSON.stringify([person.frames, story.answers.get(name as Name), story.feeds.get(name)?.get()])
}
const names = () => [...Object.keys(story.everybody), 'oluwaseun'] as (Name | 'oluwaseun')[]
const vendorNames = ['elin', 'nils'] as const
const customerNames = [
  'anonymous',
  'oluwaseun',
  'marta',
  'omar',
  'otherAnonymous',
  'secondAnonymous',
] as const

/** An erasure ends what a story is about, or whom; the tests of erasure tell who learns of it. */
const typesHere = (Object.keys(audiences) as EventType[]).filter(
  (type) => type !== 'conversationErased' && type !== 'memberErased',
)

describe('an event', () => {
  const stored = () => eventsAfter(story.site.world.parts.database, story.conversationId, 'staff', 0, 1_000)

  it('[A1] of every type was written here', async () => {
    const types = new Set((await stored()).map(({ type }) => type))
    expect([...types].sort()).toEqual(typesHere.sort())
  })

  it.each(typesHere)('[A2] %s reaches those of its audience who follow, and nobody else', async (type) => {
    const all = await stored()
    const expected = (reader: 'customer' | 'vendor' | 'staff', before: number) =>
      all
        .slice(0, before)
        .filter((event) => event.type === type && readerKindsOf(type).includes(reader))
        .map((event) => event.positions[reader])
    const held = (name: Name | 'oluwaseun') =>
      story.feeds
        .get(name)
        ?.get()
        .events.filter((event) => event.type === type)
        .map(({ position }) => position)
    for (const name of ['ines', 'daniel', 'jonas'] as const)
      expect([name, held(name)]).toEqual([name, expected('staff', all.length)])
    const released = all.findIndex((event) => event.type === 'transferred') + 1
    expect(held('elin')).toEqual(expected('vendor', released))
    const identified = all.findIndex((event) => event.type === 'customerIdentified')
    expect(held('anonymous')).toEqual(expected('customer', identified))
    expect(held('oluwaseun')).toEqual(expected('customer', all.length))
    for (const name of [
      'nils',
      'marta',
      'omar',
      'otherAnonymous',
      'secondAdmin',
      'secondAnonymous',
    ] as const) {
      expect(eventsSeenBy(story, story.everybody[name].person)).toEqual([])
      expect(story.feeds.get(name)?.get()).toMatchObject({ events: [], refusal: { code: 'notFound' } })
    }
  })

  it('of a stranger is by the name that the form was given', async () => {
    const byStranger = (await stored()).filter(
      ({ by, type }) => by.side === 'customer' && by.id !== 'con_oluwaseun' && type === 'messageSent',
    )
    expect(byStranger.map(({ by }) => by.name)).toEqual(['Sam', 'Sam'])
  })

  it('comes at the next position of its reader: what was whispered leaves no hole', async () => {
    for (const [name, feed] of story.feeds) {
      const { events } = feed.get()
      expect([name, events.map(({ position }) => position)]).toEqual([
        name,
        events.map((_, index) => index + 1),
      ])
    }
    const ofCustomer = story.feeds.get('oluwaseun')?.get().events.length ?? 0
    expect(ofCustomer).toBeGreaterThan(10)
    expect(ofCustomer).toBeLessThan((await stored()).length)
  })
})

describe('a text', () => {
  const admins = ['ines', 'daniel'] as const
  const support = ['priya', 'jonas', ...admins] as const
  const everyoneOfKiln = ['anonymous', 'oluwaseun', 'elin', ...support] as const
  const canaries: [string, string, readonly (Name | 'oluwaseun')[]][] = [
    ['the question', said.question, ['anonymous', 'oluwaseun', 'elin', ...support]],
    ['the vendor’s answer', said.vendorsAnswer, ['anonymous', 'oluwaseun', 'elin', ...support]],
    ['the moderator’s note', said.moderatorsNote, support],
    ['the vendor’s reason to pass on', said.vendorsReason, ['elin', ...support]],
    ['what the customer wrote afterwards', said.afterTransfer, ['oluwaseun', ...support]],
    ['support’s answer', said.supportsAnswer, ['oluwaseun', ...support]],
    ['support’s note', said.supportsNote, support],
    ['support’s reason to pass on', said.supportsReason, support],
    ['what came after support had passed on', said.afterPriya, ['oluwaseun', 'jonas', ...admins]],
    ['what was typed and not sent', said.typed, admins],
    ['a whisper', said.whisper, ['elin', ...support]],
    ['a moderator’s word in the conversation', said.moderatorsWord, everyoneOfKiln],
    ['a moderator’s reason', said.moderatorsReason, support],
    ['why somebody watches', said.watchersReason, []],
    ['a customer’s report', said.report, support],
    ['why a hand was raised', said.handReason, support],
    ['what a rule has noticed', said.flagKind, support],
    ['a vendor’s held message', said.vendorsHeld, ['elin', ...support]],
    ['what the vendor was told of it', said.vendorTold, ['elin', ...support]],
    ['a message held by hand', said.heldByHand, ['elin', ...support]],
    ['a customer’s held message', said.customersHeld, ['anonymous', 'oluwaseun', ...support]],
    ['what the customer was told of it', said.customerTold, ['anonymous', 'oluwaseun', ...support]],
    ['a released message', said.released, everyoneOfKiln],
    ['a restored message', said.original, everyoneOfKiln],
    ['what the vendor wrote after the takeover', said.afterTakeover, []],
    ['a chat with another vendor', said.toNordvik, ['marta', 'nils', ...admins]],
    ['a chat of another site', said.elsewhere, ['secondAnonymous', 'secondAdmin']],
    ['a private answer', said.privateAnswer, ['anonymous', 'oluwaseun', ...support]],
    // Those who answer hold them masked: nobody here has asked.
    ['the address given in the form', strangersMail, ['anonymous', 'oluwaseun']],
    ['the number given in the form', strangersPhone, ['anonymous', 'oluwaseun']],
  ]

  it.each(canaries)('%s is heard by exactly those it is for', (_, text, allowed) => {
    expect(
      names()
        .filter((name) => heardBy(name).includes(text))
        .sort(),
    ).toEqual([...allowed].sort())
  })
})

describe('a redacted message', () => {
  it('was read, and is held by nobody now, nor at rest', async () => {
    expect(heardBy('elin')).toContain(said.redacted)
    const heldNow = [...story.feeds].filter(([, feed]) => JSON.stringify(feed.get()).includes(said.redacted))
    expect(heldNow.map(([name]) => name)).toEqual([])
    const { parts } = story.site.world
    const stored = await eventsAfter(parts.database, story.conversationId, 'staff', 0, 1_000)
    expect(JSON.stringify(stored)).not.toContain(said.redacted)
    const lists = await parts.database.query('select state, latest from conversations')
    expect(JSON.stringify(lists)).not.toContain(said.redacted)
  })
})

describe('an address', () => {
  const cast = Object.values({ ...buyers, ...staff, ...vendorMembers }).map(({ email }): string => email)
  const heardOf = (name: Name | 'oluwaseun') =>
    [...cast, strangersMail].filter((address) => heardBy(name).includes(address))

  it.each(vendorNames)('[A4] of anybody never reaches a vendor: %s', (name) => {
    expect(heardBy(name).length).toBeGreaterThan(1_000)
    expect(heardOf(name)).toEqual([])
    expect(heardBy(name)).not.toMatch(/@(?:post|studio|marlow|harbour)/)
  })

  it.each(['ines', 'daniel', 'priya', 'jonas'] as const)(
    '[A7] of a customer reaches staff masked until they ask: %s',
    (name) => {
      expect(heardBy(name)).toContain('s•••@p•••.example')
      const ofCustomers = [...Object.values(buyers).map(({ email }): string => email), strangersMail]
      expect(heardOf(name).filter((address) => ofCustomers.includes(address))).toEqual([])
    },
  )

  it('reaches customers only when it is their own', () => {
    const own: Partial<Record<Name | 'oluwaseun', string[]>> = {
      anonymous: [strangersMail],
      // The chat that was taken along came with the address that was given in it.
      oluwaseun: [strangersMail],
      marta: [buyers.marta.email],
      omar: [buyers.omar.email],
    }
    for (const name of customerNames) expect([name, heardOf(name)]).toEqual([name, own[name] ?? []])
  })
})

describe('how a message sounds', () => {
  it('is told to staff, and to no customer or vendor', async () => {
    const { ines } = story.everybody
    const told = (person: Person) => person.frames.filter(({ name }) => name === 'hint:tone')
    await waitFor(() =>
      told(ines.person).some(({ values }) => JSON.stringify(values).includes(story.conversationId)),
    )
    for (const name of [...vendorNames, ...customerNames]) {
      const person = name === 'oluwaseun' ? story.oluwaseun : story.everybody[name].person
      expect([name, told(person)]).toEqual([name, []])
      expect((await person.refusal('viewTone', { conversationId: story.conversationId })).code).toMatch(
        /^not(Allowed|Found)$/,
      )
    }
    expect(told(story.everybody.secondAdmin.person)).toEqual([])
  })
})

describe('who looks on', () => {
  it('[A5] is never heard of on the other sides: no name, no mark, no typing', () => {
    expect(heardBy('ines')).toContain(staff.daniel.memberId)
    for (const name of [...vendorNames, ...customerNames])
      for (const trace of [staff.daniel.name, staff.daniel.memberId])
        expect([name, heardBy(name).includes(trace)]).toEqual([name, false])
  })

  it('does not move a customer’s or a vendor’s list by writing a note', () => {
    // A row is told when its reader’s own stream has moved: no two rows stand at the same position.
    for (const person of [story.everybody.elin.person, story.everybody.anonymous.person]) {
      const positions = rowsIn(person, story).map(({ position }) => position)
      expect(positions.length).toBeGreaterThan(1)
      expect(new Set(positions).size).toBe(positions.length)
    }
  })
})

function rowsIn(person: Person, { conversationId }: { conversationId: string }): InboxRow[] {
  return person.frames
    .filter(({ name }) => name === 'hint:inbox')
    .map(({ values }) => values[0] as InboxRow)
    .filter((row) => row.conversationId === conversationId)
}

describe('who has lost a conversation', () => {
  it.each(['elin', 'priya'] as const)(
    'forgets it, finds it in no list and reads nothing: %s',
    async (name) => {
      const { person } = story.everybody[name]
      const { conversationId } = story
      expect(hasForgotten(story, person)).toBe(true)
      for (const view of ['all', 'mine', 'team', 'waiting', 'closed'] as const) {
        const { rows } = await person.ask('listInbox', { view })
        expect(rows.map((row) => row.conversationId)).not.toContain(conversationId)
      }
      for (const command of ['readConversation', 'followConversation', 'viewContact'] as const)
        expect(await person.refusal(command, { conversationId })).toEqual({ code: 'notFound' })
      const send = { ...wishIn(story), text: 'Still here' }
      expect(await person.refusal('sendMessage', send)).toEqual({ code: 'notFound' })
    },
  )

  it.each(['elin', 'priya'] as const)('[A3] hears nothing of it from then on: %s', (name) => {
    const { frames } = story.everybody[name].person
    const about = frames.filter(({ values }) => JSON.stringify(values).includes(story.conversationId))
    const forgetAt = about.findIndex(({ name: frame }) => frame === 'hint:forget')
    expect(forgetAt).toBeGreaterThan(0)
    expect(about.slice(forgetAt).map(({ name: frame }) => frame)).toEqual(
      about.slice(forgetAt).map(() => 'hint:forget'),
    )
  })

  it('because a colleague took it over does so too', async () => {
    const { daniel, jonas, marta } = story.everybody
    const { rows } = await marta.person.ask('listConversations', {})
    const atNordvik = { conversationId: rows[0]?.conversationId ?? '' }
    const to = { kind: 'member', memberId: staff.jonas.memberId } as const
    const pass = { requestId: 'pass-to-jonas', ...atNordvik, to, reason: 'Please look' }
    await daniel.person.ask('transferConversation', pass)
    await waitFor(() => rowsIn(jonas.person, atNordvik).length > 0)
    const feed = jonas.person.open(atNordvik.conversationId)
    await waitFor(() => feed.get().isComplete)
    await daniel.person.ask('takeConversation', {
      requestId: 'take-from-jonas',
      ...atNordvik,
      from: staff.jonas.memberId,
    })
    await waitFor(() => hasForgotten(atNordvik, jonas.person))
    const known = eventsSeenBy(atNordvik, jonas.person).length
    await marta.person.ask('sendMessage', { requestId: 'after-taking', ...atNordvik, text: 'And now?' })
    const seen = daniel.person.open(atNordvik.conversationId)
    await waitFor(() => seen.get().conversation?.lastMessage?.text === 'And now?')
    expect(eventsSeenBy(atNordvik, jonas.person)).toHaveLength(known)
    expect(await jonas.person.refusal('readConversation', atNordvik)).toEqual({ code: 'notFound' })
  })

  it('because the offer that let them read it ended with it does so too', async () => {
    const { ines, omar, priya } = story.everybody
    const queue = { queueId: 'que_payments', name: 'Payments', mode: 'offer', offerSeconds: 600 } as const
    await ines.person.ask('saveQueue', { requestId: 'priya-pays', ...queue, memberIds: ['mem_priya'] })
    await priya.person.ask('setAvailability', { availability: 'available', capacity: 5 })
    const offered = await omar.person.ask('startConversation', {
      requestId: 'start-payment',
      with: { kind: 'support' },
      answers: { topic: 'payment', description: 'Charged twice' },
    })
    const { conversationId } = offered
    await waitFor(() => rowsIn(priya.person, offered).some(({ offer }) => offer !== null))
    await ines.person.ask('saveQueue', { requestId: 'jonas-pays', ...queue, memberIds: ['mem_jonas'] })
    const feed = priya.person.open(conversationId)
    await waitFor(() => feed.get().isComplete)
    await omar.person.ask('closeConversation', { requestId: 'close-payment', conversationId })
    await waitFor(() => hasForgotten(offered, priya.person))
    expect(await priya.person.refusal('readConversation', { conversationId })).toEqual({ code: 'notFound' })
  })

  it('by signing in elsewhere in the same browser is disconnected, and the old token opens nothing', async () => {
    const { anonymous } = story.everybody
    const contactId = anonymous.actor.kind === 'customer' ? anonymous.actor.contactId : ''
    // Having no token of its own the page comes back as a stranger.
    await waitFor(() => anonymous.person.connection.readerId !== contactId)
    const outcome = await anonymous.byHttp('listConversations', {})
    expect(outcome).toMatchObject({ ok: false, refusal: { reason: 'signIn.needed' } })
  })
})

describe('what is said in a room of vendors', () => {
  it('[R2] is heard by its members and by those who moderate, and by nobody else', async () => {
    const { ines, elin, nils } = story.everybody
    await switchRooms(ines.person, { vendors: true, buyers: true })
    const wish = { requestId: 'room-of-two', vendorId: 'ven_nordvik', text: 'canary of a room' }
    const { conversationId } = await elin.person.ask('startVendorRoom', wish)
    const feed = nils.person.open(conversationId)
    await waitFor(() => feed.get().isComplete)
    await elin.person.ask('sendMessage', { requestId: 'room-goes-on', conversationId, text: 'canary again' })
    await waitFor(
      () => heardBy('nils').includes('canary again') && heardBy('daniel').includes('canary again'),
    )
    expect(
      names()
        .filter((name) => /canary (of a room|again)/.test(heardBy(name)))
        .sort(),
    ).toEqual(['daniel', 'elin', 'ines', 'nils'])
  })
})
