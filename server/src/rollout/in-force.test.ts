import type { ConversationTone } from '@parley/shared/protocol/tone.ts'
import type { Feature } from '@parley/shared/rollout/features.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buyers, marlow } from '../demo/cast.ts'
import { standardRules } from '../reviews/rules.ts'
import { sampleConversation } from '../reviews/sample-conversation.ts'
import { type Marlow, type MemberName, type Person, startMarlow } from '../testing/marlow.ts'
import { rollOut } from '../testing/roll-out.ts'
import { waitFor } from '../testing/wait-for.ts'
import { unreadStretch } from '../tone/store.ts'
import { draw } from './decide.ts'

const upset = 'This is a scam! I want my money back NOW!!!'
const { siteId } = marlow

let site: Marlow
const people = new Map<string, Person>()
const member = (name: MemberName) => {
  const person = people.get(name)
  if (!person) throw new Error(`${name} is not connected`)
  return person
}
let marta: Person
let strangers: Person[]
beforeAll(async () => {
  site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000000' })
  const names: MemberName[] = ['ines', 'daniel', 'priya', 'jonas', 'elin', 'nils', 'wren']
  for (const name of names) people.set(name, await site.member(name))
  marta = await site.buyer('marta')
  strangers = await Promise.all(Array.from({ length: 20 }, () => site.visitor()))
})
afterAll(() => site?.close())

let count = 0
const requestId = () => {
  count += 1
  return `in-force-${count}`
}
const say = (person: Person, conversationId: string, text: string) =>
  person.ask('sendMessage', { requestId: requestId(), conversationId, text })
async function begins(person: Person, vendorId: string | null, description = upset): Promise<string> {
  const isKnown = person === marta
  const started = await person.ask('startConversation', {
    requestId: requestId(),
    with: vendorId === null ? { kind: 'support' } : { kind: 'vendor', vendorId },
    answers: {
      description,
      ...(vendorId === null ? { topic: 'product' } : {}),
      ...(isKnown ? {} : { name: 'S' }),
      ...(isKnown || vendorId !== null ? {} : { role: 'buyer' }),
    },
  })
  return started.conversationId
}
const contactOf = (person: Person) => person.connection.readerId ?? ''
const sql = () => site.world.parts.database

/** Whom a draw leaves in and out; a crowd in which it does not part anybody would show nothing. */
function parted<T>(all: readonly T[], isIn: (one: T) => boolean): { inside: T[]; outside: T[] } {
  const inside = all.filter(isIn)
  const outside = all.filter((one) => !isIn(one))
  expect([inside.length > 0, outside.length > 0]).toEqual([true, true])
  return { inside, outside }
}
/** A percentage that parts them in the middle, below what a hold-out may be. */
function middleOf(feature: Feature, what: 'share' | 'hold-out', units: readonly string[]): number {
  const draws = units.map((unit) => draw(siteId, feature, what, unit)).sort((a, b) => a - b)
  const low = draws.filter((one) => one < (what === 'hold-out' ? 49 : 99))
  return (low[Math.floor((low.length - 1) / 2)] ?? 0) + 0.000001
}

describe('tone', () => {
  const viewed = (conversationId: string) =>
    member('daniel').ask('viewTone', { conversationId }) as Promise<ConversationTone>
  const everythingWasRead = () => waitFor(async () => (await unreadStretch(sql())) === undefined)
  const tellsOf = async (conversationId: string) => {
    await everythingWasRead()
    const { messages, isOff } = await viewed(conversationId)
    return isOff === true ? 'off' : messages.length
  }
  const kept = async (conversationId: string) =>
    sql().query<{ need: number }>('select need from conversation_tones where conversation_id = $1', [
      conversationId,
    ])

  it('is read for a share of visitors, and of nobody else is anything kept', async () => {
    const some = strangers.slice(0, 8)
    const sharePercent = middleOf('tone', 'share', some.map(contactOf))
    const { inside, outside } = parted(
      some,
      (person) => draw(siteId, 'tone', 'share', contactOf(person)) < sharePercent,
    )
    await rollOut(member('ines'), 'tone', { sharePercent })
    const ids = new Map<Person, string>()
    for (const person of some) ids.set(person, await begins(person, 'ven_kiln'))
    for (const person of inside) {
      const id = ids.get(person) ?? ''
      await waitFor(async () => (await viewed(id)).messages.length === 1)
    }
    for (const person of outside) {
      expect(await tellsOf(ids.get(person) ?? '')).toBe('off')
      expect(await kept(ids.get(person) ?? '')).toEqual([])
    }
  })

  it('is never read for the hold-out, at the full share and with their vendor named', async () => {
    const holdOutPercent = middleOf('tone', 'hold-out', strangers.map(contactOf))
    const { inside, outside } = parted(
      strangers,
      (person) => draw(siteId, 'tone', 'hold-out', contactOf(person)) < holdOutPercent,
    )
    await rollOut(member('ines'), 'tone', { sharePercent: 100, vendorIds: ['ven_kiln'], holdOutPercent })
    const [heldOut, free] = [inside[0], outside[0]]
    if (!heldOut || !free) throw new Error('Nobody was parted')
    const [withOne, withOther] = [await begins(heldOut, 'ven_kiln'), await begins(free, 'ven_kiln')]
    await waitFor(async () => (await viewed(withOther)).messages.length === 1)
    expect(await tellsOf(withOne)).toBe('off')
    expect(await kept(withOne)).toEqual([])
  })

  it('is read with a named vendor, and in a cohort', async () => {
    await rollOut(member('ines'), 'tone', { vendorIds: ['ven_kiln'] })
    const [kiln, nordvik] = [await begins(marta, 'ven_kiln'), await begins(marta, 'ven_nordvik')]
    await waitFor(async () => (await viewed(kiln)).messages.length === 1)
    expect(await tellsOf(nordvik)).toBe('off')
    await rollOut(member('ines'), 'tone', { cohort: { isVerified: true } })
    const [known, unknown] = [await begins(marta, null), await begins(strangers[0] as Person, null)]
    await waitFor(async () => (await viewed(known)).messages.length === 1)
    expect(await tellsOf(unknown)).toBe('off')
  })

  it('killed is gone at once: from the board and its order, from open screens, and nothing more is read', async () => {
    await rollOut(member('ines'), 'tone', { sharePercent: 100 })
    const daniel = member('daniel')
    const conversationId = await begins(marta, 'ven_kiln')
    await waitFor(async () => (await viewed(conversationId)).messages.length === 1)
    const feed = daniel.open(conversationId)
    await waitFor(() => feed.get().isComplete)
    const boardRow = async () => {
      const { rows } = await daniel.ask('listBoard', { limit: 500 })
      return rows.find((row) => row.conversationId === conversationId)
    }
    expect((await boardRow())?.need.dissatisfaction?.estimate).toBeGreaterThan(30)
    const [before] = await kept(conversationId)
    expect(before?.need).toBeGreaterThan(0)

    await daniel.ask('killRollout', { requestId: requestId(), feature: 'tone' })
    expect(await viewed(conversationId)).toEqual({
      conversationId,
      dissatisfaction: null,
      messages: [],
      isOff: true,
    })
    expect((await boardRow())?.need.dissatisfaction).toBeNull()
    expect(await kept(conversationId)).toEqual([{ need: 0 }])
    await waitFor(() =>
      daniel.frames.some(
        ({ name, values }) =>
          name === 'hint:tone' &&
          (values[0] as ConversationTone).conversationId === conversationId &&
          (values[0] as ConversationTone).isOff === true,
      ),
    )
    await say(marta, conversationId, 'WHERE IS IT!!!')
    await everythingWasRead()
    expect(
      await sql().query('select 1 as one from message_tones where conversation_id = $1', [conversationId]),
    ).toHaveLength(1)

    // On again, what was kept counts again, and the next message is read with the one nobody read.
    await rollOut(member('ines'), 'tone', { sharePercent: 100 })
    expect(await kept(conversationId)).toEqual([before])
    await say(marta, conversationId, 'Still there?')
    await waitFor(async () => (await viewed(conversationId)).messages.length === 3)
    feed.close()
  })
})

describe('reviews by rule', () => {
  async function closedBy(name: MemberName, vendorId: string | null): Promise<string> {
    const conversationId = await begins(marta, vendorId, 'A question')
    await member(name).ask('takeConversation', { requestId: requestId(), conversationId })
    await say(member(name), conversationId, 'An answer')
    await member(name).ask('closeConversation', {
      requestId: requestId(),
      conversationId,
      reason: 'Answered',
    })
    return conversationId
  }
  const isChosen = async (conversationId: string) =>
    (await sampleConversation(site.world.parts, conversationId)) !== undefined
  beforeAll(async () => {
    const { rubric } = await member('ines').ask('viewReviewSettings', {})
    await member('ines').ask('saveReviewSettings', {
      requestId: requestId(),
      criteria: rubric.criteria,
      rules: { ...standardRules, sharePercent: 100 },
    })
  })

  it('choose among what named vendors and named colleagues have answered', async () => {
    const ines = member('ines')
    await rollOut(ines, 'reviews', { vendorIds: ['ven_kiln'] })
    expect(await isChosen(await closedBy('elin', 'ven_kiln'))).toBe(true)
    expect(await isChosen(await closedBy('nils', 'ven_nordvik'))).toBe(false)
    await rollOut(ines, 'reviews', { cohort: { memberIds: ['mem_priya'] } })
    expect(await isChosen(await closedBy('priya', null))).toBe(true)
    expect(await isChosen(await closedBy('jonas', null))).toBe(false)
  })

  it('choose for a share of those who answer, and never from the hold-out', async () => {
    const vendorIds = ['ven_kiln', 'ven_nordvik', 'ven_lumen']
    const by: Record<string, MemberName> = { ven_kiln: 'elin', ven_nordvik: 'nils', ven_lumen: 'wren' }
    const sharePercent = middleOf('reviews', 'share', vendorIds)
    const share = parted(vendorIds, (id) => draw(siteId, 'reviews', 'share', id) < sharePercent)
    await rollOut(member('ines'), 'reviews', { sharePercent })
    for (const id of share.inside) expect(await isChosen(await closedBy(by[id] as MemberName, id))).toBe(true)
    for (const id of share.outside)
      expect(await isChosen(await closedBy(by[id] as MemberName, id))).toBe(false)
    const holdOutPercent = middleOf('reviews', 'hold-out', vendorIds)
    const held = parted(vendorIds, (id) => draw(siteId, 'reviews', 'hold-out', id) < holdOutPercent)
    await rollOut(member('ines'), 'reviews', { sharePercent: 100, vendorIds, holdOutPercent })
    for (const id of held.inside) expect(await isChosen(await closedBy(by[id] as MemberName, id))).toBe(false)
    for (const id of held.outside) expect(await isChosen(await closedBy(by[id] as MemberName, id))).toBe(true)
  })

  it('killed choose nothing more, of what ended before either; by hand it can still be picked', async () => {
    await rollOut(member('ines'), 'reviews', { sharePercent: 100 })
    const conversationId = await closedBy('elin', 'ven_kiln')
    await member('daniel').ask('killRollout', { requestId: requestId(), feature: 'reviews' })
    expect(await isChosen(conversationId)).toBe(false)
    await member('daniel').ask('pickReview', { requestId: requestId(), pickedId: conversationId })
    await rollOut(member('ines'), 'reviews', { sharePercent: 100 })
    expect(await isChosen(await closedBy('elin', 'ven_kiln'))).toBe(true)
  })
})

describe('rooms', () => {
  const start = (vendorId: string, text = 'Shall we share a stand?') => ({
    requestId: requestId(),
    vendorId,
    text,
  })
  const offeredTo = async (name: MemberName) =>
    (await member(name).ask('listRoomVendors', {})).vendors.map(({ vendorId }) => vendorId)

  it('of vendors are for named ones among themselves, as if the others were not there', async () => {
    await rollOut(member('ines'), 'rooms.vendors', { vendorIds: ['ven_kiln', 'ven_nordvik'] })
    expect(await offeredTo('elin')).toEqual(['ven_nordvik'])
    await member('elin').ask('startVendorRoom', start('ven_nordvik'))
    expect(await member('elin').refusal('startVendorRoom', start('ven_lumen'))).toEqual({
      code: 'notFound',
      reason: 'vendor.unknown',
    })
    expect(await member('wren').refusal('startVendorRoom', start('ven_kiln'))).toEqual({
      code: 'notAllowed',
      reason: 'rooms.off',
    })
    const areOn = async (name: MemberName) => (await member(name).ask('describeMe', {})).areRoomsOn
    expect([await areOn('elin'), await areOn('wren'), await areOn('daniel')]).toEqual([true, false, true])
  })

  it('of vendors are for a share, and never for the hold-out', async () => {
    const vendorIds = ['ven_kiln', 'ven_nordvik', 'ven_lumen']
    const by: Record<string, MemberName> = { ven_kiln: 'elin', ven_nordvik: 'nils', ven_lumen: 'wren' }
    for (const what of ['share', 'hold-out'] as const) {
      const percent = middleOf('rooms.vendors', what, vendorIds)
      const { inside, outside } = parted(vendorIds, (id) => draw(siteId, 'rooms.vendors', what, id) < percent)
      await rollOut(
        member('ines'),
        'rooms.vendors',
        what === 'share'
          ? { sharePercent: percent }
          : { sharePercent: 100, vendorIds, holdOutPercent: percent },
      )
      const [having, lacking] = what === 'share' ? [inside, outside] : [outside, inside]
      for (const id of having)
        expect(await offeredTo(by[id] as MemberName)).toEqual(having.filter((other) => other !== id).sort())
      for (const id of lacking)
        expect(await member(by[id] as MemberName).refusal('listRoomVendors', {})).toMatchObject({
          reason: 'rooms.off',
        })
    }
  })

  it('killed are gone at once for those in them, from open windows too', async () => {
    await rollOut(member('ines'), 'rooms.vendors', { sharePercent: 100 })
    const { conversationId } = await member('elin').ask('startVendorRoom', start('ven_nordvik'))
    const feed = member('nils').open(conversationId)
    await waitFor(() => feed.get().isComplete)
    await member('daniel').ask('killRollout', { requestId: requestId(), feature: 'rooms.vendors' })
    await waitFor(() =>
      member('nils').frames.some(
        ({ name, values }) => name === 'hint:forget' && JSON.stringify(values).includes(conversationId),
      ),
    )
    for (const name of ['elin', 'nils'] as const)
      expect(await member(name).refusal('readConversation', { conversationId })).toEqual({ code: 'notFound' })
    expect(
      (await member('daniel').ask('readConversation', { conversationId })).events.length,
    ).toBeGreaterThan(0)
    feed.close()
  })

  it('of buyers are opened for those who have them, and the marketplace’s server is told who has not', async () => {
    const omar = await site.buyer('omar')
    const known = [
      { person: marta, sub: buyers.marta.sub },
      { person: omar, sub: buyers.omar.sub },
    ]
    const { secret } = await member('ines').ask('createApiKey', {
      requestId: requestId(),
      name: 'Rooms',
      scopes: ['rooms.write'],
    })
    const opened = async () => {
      const response = await fetch(`${site.url}/api/v1/commands/openBuyerRoom`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
        body: JSON.stringify({
          requestId: requestId(),
          name: 'Weavers',
          members: known.map(({ sub }, at) => ({ sub, name: `Weaver ${at}` })),
        }),
      })
      return (await response.json()) as { conversationId?: string; reason?: string; field?: string }
    }
    const shares = known.map(({ person }) => draw(siteId, 'rooms.buyers', 'share', contactOf(person)))
    const first = shares.indexOf(Math.min(...shares))
    await rollOut(member('ines'), 'rooms.buyers', { sharePercent: Math.min(...shares) + 0.000001 })
    expect(await opened()).toMatchObject({ reason: 'rooms.off', field: `members.${1 - first}.sub` })
    await rollOut(member('ines'), 'rooms.buyers', { cohort: { role: 'buyer', isVerified: true } })
    const { conversationId = '' } = await opened()
    await say(omar, conversationId, 'Hello')
    expect((await marta.ask('readConversation', { conversationId })).events.length).toBeGreaterThan(0)

    const draws = known.map(({ person }) => draw(siteId, 'rooms.buyers', 'hold-out', contactOf(person)))
    const holdOutPercent = Math.min(50, Math.min(...draws) + 0.000001)
    await rollOut(member('ines'), 'rooms.buyers', { sharePercent: 100, holdOutPercent })
    const areHeldOut = draws.map((one) => one < holdOutPercent)
    for (const [at, { person }] of known.entries())
      if (areHeldOut[at])
        expect(await person.refusal('readConversation', { conversationId })).toEqual({ code: 'notFound' })
      else expect((await person.ask('readConversation', { conversationId })).events.length).toBeGreaterThan(0)

    await rollOut(member('ines'), 'rooms.buyers', { sharePercent: 100 })
    await member('daniel').ask('killRollout', { requestId: requestId(), feature: 'rooms.buyers' })
    expect(await opened()).toMatchObject({ reason: 'rooms.off' })
    expect(await marta.refusal('readConversation', { conversationId })).toEqual({ code: 'notFound' })
  })
})

describe('typing preview', () => {
  it('is in chats with a named vendor, from both sides, and killed in none; everybody is told', async () => {
    const daniel = member('daniel')
    await rollOut(member('ines'), 'moderation.typingPreview', { vendorIds: ['ven_kiln'] })
    const kiln = await begins(marta, 'ven_kiln')
    const nordvik = await begins(marta, 'ven_nordvik')
    for (const conversationId of [kiln, nordvik]) {
      await daniel.ask('watchConversation', { conversationId })
      const feed = marta.open(conversationId)
      await waitFor(() => feed.get().isComplete)
    }
    const elins = member('elin').open(kiln)
    await waitFor(() => elins.get().isComplete)
    const typed = () =>
      JSON.stringify(daniel.frames.filter(({ name }) => name === 'hint:typing').map(({ values }) => values))
    /** Typing may be lost, and is told again for as long as somebody types; a text of its own marks its end. */
    async function typesUntilHeard(person: Person, conversationId: string, text: string, isShown: boolean) {
      const before = daniel.frames.length
      const heard = () =>
        daniel.frames
          .slice(before)
          .some(
            ({ name, values }) => name === 'hint:typing' && JSON.stringify(values).includes(conversationId),
          )
      for (let times = 0; times < 20 && !heard(); times += 1) {
        person.connection.hint('typing', { conversationId, isTyping: true, text })
        await waitFor(heard, 300).catch(() => {})
      }
      expect(heard()).toBe(true)
      expect(typed().includes(text)).toBe(isShown)
    }
    await typesUntilHeard(marta, kiln, 'canary-kiln-marta', true)
    await typesUntilHeard(member('elin'), kiln, 'canary-kiln-elin', true)
    await typesUntilHeard(marta, nordvik, 'canary-nordvik', false)
    expect((await member('nils').ask('describeMe', {})).typingPreview).toBe(true)
    await daniel.ask('killRollout', { requestId: requestId(), feature: 'moderation.typingPreview' })
    await typesUntilHeard(marta, kiln, 'canary-after', false)
    expect((await member('nils').ask('describeMe', {})).typingPreview).toBe(false)
    elins.close()
  })
})
