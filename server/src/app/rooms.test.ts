import type { ConversationFeed } from '@parley/shared/client/feed.ts'
import type { KeyScope } from '@parley/shared/policy/key-scopes.ts'
import type { ServerHints } from '@parley/shared/protocol/ephemeral.ts'
import type { SentFile } from '@parley/shared/protocol/events.ts'
import type { BoardRow } from '@parley/shared/protocol/reading.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buyers, staff, vendorMembers, vendors } from '../demo/cast.ts'
import { picture } from '../files/samples.ts'
import { expectDescribed, expectProblem } from '../testing/described.ts'
import { expectFoldToMatchStore } from '../testing/fold-matches-store.ts'
import { switchRooms } from '../testing/given-kinds.ts'
import { type Marlow, type Person, startMarlow } from '../testing/marlow.ts'
import { waitFor } from '../testing/wait-for.ts'

let site: Marlow
let ines: Person
let daniel: Person
let elin: Person
let nils: Person
let wren: Person
let marta: Person
let omar: Person
let oluwaseun: Person
let secret: string
let otherSecret: string
beforeAll(async () => {
  site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000000' })
  ines = await site.member('ines')
  daniel = await site.member('daniel')
  elin = await site.member('elin')
  nils = await site.member('nils')
  wren = await site.member('wren')
  marta = await site.buyer('marta')
  omar = await site.buyer('omar')
  oluwaseun = await site.buyer('oluwaseun')
  const keyWith = async (name: string, scopes: KeyScope[]) =>
    (await ines.ask('createApiKey', { requestId: requestId(), name, scopes })).secret
  secret = await keyWith('Rooms', ['rooms.write'])
  otherSecret = await keyWith('Standing', ['vendors.read'])
})
afterAll(() => site?.close())
beforeEach(() => switchRooms(ines, { vendors: true, buyers: true }))

let count = 0
const requestId = () => {
  count += 1
  return `rooms-test-${count}`
}
const write = (conversationId: string) => ({ requestId: requestId(), conversationId })
const say = (person: Person, conversationId: string, text: string) =>
  person.ask('sendMessage', { ...write(conversationId), text })
const start = (person: Person, vendorId: string, text: string) =>
  person.ask('startVendorRoom', { requestId: requestId(), vendorId, text })

const open: ConversationFeed[] = []
async function follow(person: Person, conversationId: string): Promise<ConversationFeed> {
  const feed = person.open(conversationId)
  open.push(feed)
  await waitFor(() => feed.get().isComplete)
  return feed
}
afterEach(() => {
  for (const feed of open.splice(0)) feed.close()
})

/** Typing may be lost, and is told again for as long as somebody types. */
async function typeUntil(person: Person, conversationId: string, isHeard: () => boolean, text?: string) {
  for (let times = 0; times < 20 && !isHeard(); times += 1) {
    const hint = { conversationId, isTyping: true, ...(text === undefined ? {} : { text }) }
    person.connection.hint('typing', hint)
    await waitFor(isHeard, 300).catch(() => {})
  }
  expect(isHeard()).toBe(true)
}
const typings = ({ frames }: Person, conversationId: string) =>
  frames
    .filter(({ name }) => name === 'hint:typing')
    .map(({ values }) => values[0] as ServerHints['typing'])
    .filter((typing) => typing.conversationId === conversationId)

const texts = (feed: ConversationFeed) =>
  feed.get().events.flatMap((event) => (event.type === 'messageSent' ? [event.payload.text] : []))
const heard = (person: Person) => JSON.stringify(person.frames)

async function openBuyers(secret: string, members: { sub: string; name: string }[], id = requestId()) {
  const response = await fetch(`${site.url}/api/v1/commands/openBuyerRoom`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ requestId: id, name: 'Weavers of Lisbon', members }),
  })
  const body = (await response.json()) as Record<string, string>
  if (response.ok) expectDescribed('openBuyerRoom', { ok: true, value: body })
  else expectProblem(body)
  return { status: response.status, body }
}
const martaAndOmar = [
  { sub: buyers.marta.sub, name: 'Loom lover' },
  { sub: buyers.omar.sub, name: 'Night weaver' },
]
async function buyersRoom(): Promise<string> {
  const { status, body } = await openBuyers(secret, martaAndOmar)
  expect(status).toBe(200)
  return body.conversationId ?? ''
}

/** What a room is to somebody who is not in it: nothing, by whichever way they ask. */
async function expectAbsent(person: Person, conversationId: string, canary: string): Promise<void> {
  for (const command of ['readConversation', 'followConversation'] as const)
    expect([person.name, await person.refusal(command, { conversationId })]).toEqual([
      person.name,
      { code: 'notFound' },
    ])
  for (const command of ['sendMessage', 'reportConversation'] as const) {
    const wish = { ...write(conversationId), text: 'Let me in', reason: 'Let me in' }
    const { text, reason, ...rest } = wish
    const asked =
      command === 'sendMessage'
        ? person.refusal(command, { ...rest, text })
        : person.refusal(command, { ...rest, reason })
    expect([person.name, command, await asked]).toEqual([person.name, command, { code: 'notFound' }])
  }
  expect(heard(person)).not.toContain(canary)
}

describe('a room of vendors', () => {
  it('[R3] is not there while the site has not switched it on, for those who would be in it either', async () => {
    await switchRooms(ines, { vendors: false, buyers: true })
    const wish = { requestId: requestId(), vendorId: vendors.nordvik.vendorId, text: 'Hello' }
    expect(await elin.refusal('startVendorRoom', wish)).toEqual({ code: 'notAllowed', reason: 'rooms.off' })
    expect(await elin.refusal('listRoomVendors', {})).toEqual({ code: 'notAllowed', reason: 'rooms.off' })
    expect((await elin.ask('describeMe', {})).areRoomsOn).toBe(false)
  })

  it('[R1] [R2] [R4] is one for two vendors, whoever begins it, and for nobody else but moderators', async () => {
    expect((await elin.ask('listRoomVendors', {})).vendors.map(({ vendorId }) => vendorId)).toEqual([
      vendors.lumen.vendorId,
      vendors.nordvik.vendorId,
    ])
    const first = await start(elin, vendors.nordvik.vendorId, 'canary-crate: do you share crates?')
    const again = await start(nils, vendors.kiln.vendorId, 'We do')
    expect(again.conversationId).toBe(first.conversationId)
    const { conversationId } = first
    const feeds = { elin: await follow(elin, conversationId), nils: await follow(nils, conversationId) }
    await say(elin, conversationId, 'Splendid')
    await waitFor(() => Object.values(feeds).every((feed) => texts(feed).includes('Splendid')))
    expect(texts(feeds.nils)).toEqual(['canary-crate: do you share crates?', 'We do', 'Splendid'])
    expect(feeds.nils.get().conversation).toMatchObject({
      status: 'open',
      waitingSince: null,
      assignee: null,
      with: { kind: 'vendors', members: [{ id: vendors.kiln.vendorId }, { id: vendors.nordvik.vendorId }] },
    })
    for (const person of [wren, marta, omar]) await expectAbsent(person, conversationId, 'canary-crate')
    for (const person of [ines, daniel])
      expect((await person.ask('readConversation', { conversationId })).events.length).toBeGreaterThan(3)
    await expectFoldToMatchStore(site, conversationId, [
      { reader: 'vendor', feed: feeds.elin, readerId: vendorMembers.elin.memberId },
      { reader: 'vendor', feed: feeds.nils, readerId: vendorMembers.nils.memberId },
    ])
  })

  it('[R2] shows in the lists of its members and of moderators alone, with what each has not read', async () => {
    const { conversationId } = await start(elin, vendors.nordvik.vendorId, 'canary-kilnroom in a list')
    const listed = async (person: Person) =>
      (await person.ask('listInbox', { view: 'rooms', search: 'canary-kilnroom' })).rows
    expect(await listed(wren)).toEqual([])
    for (const person of [elin, nils, ines, daniel])
      expect((await listed(person)).map((row) => row.conversationId)).toEqual([conversationId])
    expect((await listed(nils))[0]?.unread).toBeGreaterThan(0)
    await say(nils, conversationId, 'Mine now')
    const seen = await follow(elin, conversationId)
    seen.mark(seen.get().conversation?.lastMessage?.messageId ?? '')
    await waitFor(async () => (await listed(elin))[0]?.unread === 0)
    expect((await wren.ask('countInbox', {})).rooms).toBe(0)
    const priya = await site.member('priya')
    expect((await priya.ask('listInbox', { view: 'rooms' })).rows).toEqual([])
    expect(await priya.refusal('readConversation', { conversationId })).toEqual({ code: 'notFound' })
  })

  it('[R6] keeps a held message to its author and the moderators, leaves no hole, and tells the others nothing of it', async () => {
    const [{ rules, version }] = (await ines.ask('listTermRules', {})).versions as [
      Awaited<ReturnType<typeof ines.ask<'listTermRules'>>>['versions'][0],
    ]
    const vendorToVendor = { ...rules.vendorToVendor, offPlatformPayment: 'hold' as const }
    await ines.ask('saveTermRules', {
      requestId: requestId(),
      from: version,
      rules: { ...rules, vendorToVendor },
    })
    const { conversationId } = await start(elin, vendors.nordvik.vendorId, 'About the fair')
    const feeds = { elin: await follow(elin, conversationId), nils: await follow(nils, conversationId) }
    const watched = await follow(daniel, conversationId)
    const held = await say(elin, conversationId, 'canary-held: just pay me by bank transfer directly')
    await waitFor(() => feeds.elin.get().conversation?.held.vendor.includes(held.messageId) === true)
    await say(elin, conversationId, 'And the stand?')
    await waitFor(() => texts(feeds.nils).includes('And the stand?'))
    expect(heard(nils)).not.toContain('canary-held')
    expect(heard(nils)).not.toContain(held.messageId)
    expect(feeds.nils.get().conversation?.held).toEqual({ vendor: [], customer: [] })
    expect(feeds.nils.get().events.at(-2)).toMatchObject({ type: 'withheld', payload: {} })
    expect(JSON.stringify(watched.get().events)).toContain('canary-held')
    const page = await nils.ask('readConversation', { conversationId })
    expect(JSON.stringify(page)).not.toContain(held.messageId)
    expect(
      await nils.refusal('reportConversation', {
        ...write(conversationId),
        messageId: held.messageId,
        reason: 'Guessed',
      }),
    ).toMatchObject({ code: 'invalid', reason: 'message.unknown' })
    await daniel.ask('rejectMessage', {
      ...write(conversationId),
      messageId: held.messageId,
      words: 'canary-words: pay through the site',
      reason: 'Payment elsewhere',
    })
    await waitFor(() => JSON.stringify(feeds.elin.get().events).includes('canary-words'))
    const second = await say(elin, conversationId, 'canary-second: bank transfer directly to me')
    await waitFor(() => watched.get().conversation?.held.vendor.includes(second.messageId) === true)
    await daniel.ask('releaseMessage', {
      ...write(conversationId),
      messageId: second.messageId,
      reason: 'Between shops',
    })
    await waitFor(() => texts(feeds.nils).some((text) => text.includes('canary-second')))
    expect(heard(nils)).not.toContain('canary-words')
    await expectFoldToMatchStore(site, conversationId, [
      { reader: 'vendor', feed: feeds.elin, readerId: vendorMembers.elin.memberId },
      { reader: 'vendor', feed: feeds.nils, readerId: vendorMembers.nils.memberId },
      { reader: 'staff', feed: watched },
    ])
  })

  it('[M11] [R6] is held by hand as a whole: each message waits, its author’s alone, until it is released', async () => {
    const { conversationId } = await start(elin, vendors.nordvik.vendorId, 'About the fair in May')
    const feeds = { elin: await follow(elin, conversationId), nils: await follow(nils, conversationId) }
    await daniel.ask('startHolding', { ...write(conversationId), reason: 'They set prices' })
    const first = await say(elin, conversationId, 'canary-by-hand of Elin')
    // By the other door too.
    const { messageId } = await start(nils, vendors.kiln.vendorId, 'canary-by-hand of Nils')
    await waitFor(() => feeds.elin.get().conversation?.held.vendor.includes(first.messageId) === true)
    await waitFor(() => feeds.nils.get().conversation?.held.vendor.includes(messageId) === true)
    expect(heard(nils)).not.toContain('canary-by-hand of Elin')
    expect(heard(elin)).not.toContain('canary-by-hand of Nils')
    await daniel.ask('joinConversation', { ...write(conversationId), reason: 'To say why' })
    await say(daniel, conversationId, 'Please no prices here')
    await daniel.ask('releaseMessage', { ...write(conversationId), messageId, reason: 'Harmless' })
    await waitFor(() => texts(feeds.elin).includes('canary-by-hand of Nils'))
    await daniel.ask('leaveConversation', { ...write(conversationId), reason: 'Said' })
    await daniel.ask('stopHolding', { ...write(conversationId), reason: 'Settled' })
    await say(elin, conversationId, 'In May then')
    await waitFor(() => texts(feeds.nils).includes('In May then'))
    await daniel.ask('rejectMessage', {
      ...write(conversationId),
      messageId: first.messageId,
      words: 'Please no prices',
      reason: 'Prices',
    })
    await expectFoldToMatchStore(site, conversationId, [
      { reader: 'vendor', feed: feeds.elin, readerId: vendorMembers.elin.memberId },
      { reader: 'vendor', feed: feeds.nils, readerId: vendorMembers.nils.memberId },
    ])
  })

  it('[R7] is watched, joined, taken over, handed back and ended by a moderator; a takeover stops both sides', async () => {
    const { conversationId } = await start(elin, vendors.nordvik.vendorId, 'Let us agree on prices')
    await daniel.ask('listBoard', { isLive: true })
    await daniel.ask('watchConversation', { conversationId, reason: 'Sampling' })
    const refused = await daniel.refusal('sendMessage', { ...write(conversationId), text: 'Hm' })
    expect(refused).toEqual({ code: 'notAllowed', reason: 'moderation.joinFirst' })
    const whispered = await daniel.refusal('whisper', {
      ...write(conversationId),
      text: 'Psst',
      reason: 'Aside',
    })
    expect(whispered).toEqual({ code: 'notAllowed', reason: 'moderation.noSides' })
    await daniel.ask('joinConversation', { ...write(conversationId), reason: 'Prices' })
    await say(daniel, conversationId, 'Please do not agree on prices')
    await daniel.ask('takeOverConversation', {
      ...write(conversationId),
      reason: 'Going on',
      from: staff.daniel.memberId,
    })
    for (const person of [elin, nils])
      expect(await person.refusal('sendMessage', { ...write(conversationId), text: 'But' })).toEqual({
        code: 'notAllowed',
        reason: 'takenOver',
      })
    expect(
      await nils.refusal('startVendorRoom', {
        requestId: requestId(),
        vendorId: vendors.kiln.vendorId,
        text: 'By the other door',
      }),
    ).toEqual({ code: 'notAllowed', reason: 'takenOver' })
    await nils.ask('reportConversation', { ...write(conversationId), reason: 'They want to agree on prices' })
    await daniel.ask('handBackConversation', { ...write(conversationId), reason: 'Settled' })
    await say(elin, conversationId, 'Understood')
    const row = () =>
      daniel.frames
        .filter(({ name }) => name === 'hint:board')
        .map(({ values }) => values[0] as BoardRow)
        .findLast((one) => one.conversationId === conversationId)
    await waitFor(() => row()?.need.reports === 1)
    expect(row()).toMatchObject({ status: 'open', need: { ofVendor: null } })
    const { rows } = await daniel.ask('listBoard', { vendorId: vendors.kiln.vendorId })
    expect(rows.map((one) => one.conversationId)).toContain(conversationId)
    await daniel.ask('closeConversation', { ...write(conversationId), reason: 'Nothing more to say' })
    for (const person of [elin, nils])
      expect(await person.refusal('sendMessage', { ...write(conversationId), text: 'One more' })).toEqual({
        code: 'closed',
        reason: 'room.ended',
      })
    for (const command of ['reopenConversation', 'takeConversation'] as const)
      expect((await elin.refusal(command, write(conversationId))).code).toBe('notAllowed')
    await daniel.ask('reopenConversation', write(conversationId))
    await say(nils, conversationId, 'Thank you')
    const lines = await site.world.parts.database.query<{ action: string }>(
      `select action from audit where object like $1 order by audit_id`,
      [`%conversation:${conversationId}`],
    )
    const actions = lines.map(({ action }) => action)
    for (const action of ['room.open', 'moderation.watch', 'moderation.takeOver', 'moderation.end'])
      expect(actions).toContain(action)
  })

  it('[R2] tells its members, and moderators who look on, who is writing, and nobody else', async () => {
    const { conversationId } = await start(elin, vendors.nordvik.vendorId, 'Shall we share the stand?')
    await follow(elin, conversationId)
    await follow(nils, conversationId)
    await daniel.ask('watchConversation', { conversationId })
    const isTold = (person: Person) => () => typings(person, conversationId).length > 0
    await typeUntil(elin, conversationId, () => isTold(nils)() && isTold(daniel)())
    await typeUntil(nils, conversationId, isTold(elin))
    expect(typings(nils, conversationId)[0]?.who).toMatchObject({
      name: vendorMembers.elin.name,
      of: vendors.kiln.name,
    })
    wren.connection.hint('typing', { conversationId, isTyping: true })
    // Of the same connection, and therefore after all that.
    expect((await wren.refusal('readConversation', { conversationId })).code).toBe('notFound')
    await typeUntil(nils, conversationId, () => typings(elin, conversationId).length > 1)
    for (const person of [wren, marta, omar]) expect(typings(person, conversationId)).toEqual([])
    const heardOf = [elin, nils, daniel].flatMap((person) => typings(person, conversationId))
    expect(new Set(heardOf.map(({ who }) => who.name))).toEqual(
      new Set([vendorMembers.elin.name, vendorMembers.nils.name]),
    )
  })

  it('keeps its files to its members and to moderators', async () => {
    const { conversationId } = await start(elin, vendors.nordvik.vendorId, 'A picture')
    const cookie = async (name: 'elin' | 'nils' | 'wren' | 'daniel') => ({
      cookie: await site.cookie(name),
      origin: site.url,
      'parley-csrf': '1',
    })
    const form = new FormData()
    form.set('conversationId', conversationId)
    const bytes = await picture(32, 24).png().toBuffer()
    form.set('file', new File([new Uint8Array(bytes)], 'stand.png', { type: 'image/png' }))
    const put = async (name: 'elin' | 'wren') =>
      fetch(`${site.url}/api/v1/uploads`, { method: 'POST', body: form, headers: await cookie(name) })
    expect((await put('wren')).status).toBe(404)
    const { fileId } = (await (await put('elin')).json()) as SentFile
    await elin.ask('sendMessage', { ...write(conversationId), text: '', fileIds: [fileId] })
    const status = async (name: 'elin' | 'nils' | 'wren' | 'daniel') =>
      (await fetch(`${site.url}/api/v1/files/${fileId}`, { headers: await cookie(name) })).status
    expect([
      await status('elin'),
      await status('nils'),
      await status('daniel'),
      await status('wren'),
    ]).toEqual([200, 200, 200, 404])
    await switchRooms(ines, { vendors: false, buyers: true })
    expect([await status('nils'), await status('daniel')]).toEqual([404, 200])
  })

  it('[R3] goes at once, from open windows too, when the site switches it off, and stays for moderators', async () => {
    const { conversationId } = await start(elin, vendors.nordvik.vendorId, 'Before the switch')
    const feed = await follow(nils, conversationId)
    const forgotten = (person: Person) =>
      person.frames.some(
        ({ name, values }) =>
          name === 'hint:forget' &&
          (values[0] as { conversationId: string }).conversationId === conversationId,
      )
    await switchRooms(ines, { vendors: false, buyers: true })
    await waitFor(() => forgotten(nils) && forgotten(elin))
    await daniel.ask('joinConversation', { ...write(conversationId), reason: 'Looking' })
    await say(daniel, conversationId, 'canary-switched-off')
    for (const person of [elin, nils]) {
      expect((await person.ask('listInbox', { view: 'all', search: 'switch' })).rows).toEqual([])
      await expectAbsent(person, conversationId, 'canary-switched-off')
    }
    expect(texts(feed)).not.toContain('canary-switched-off')
    expect(JSON.stringify(await daniel.ask('readConversation', { conversationId }))).toContain(
      'canary-switched-off',
    )
    await switchRooms(ines, { vendors: true, buyers: true })
    await say(nils, conversationId, 'Back again')
  })

  it('[R1] changes no vendor’s figures', async () => {
    const { vendorId } = vendors.kiln
    const before = await ines.ask('viewVendorStanding', { vendorId })
    const { conversationId } = await start(elin, vendors.nordvik.vendorId, 'Not a customer')
    await say(nils, conversationId, 'Indeed')
    expect((await ines.ask('viewVendorStanding', { vendorId })).standing.figures).toEqual(
      before.standing.figures,
    )
    expect((await elin.refusal('takeConversation', write(conversationId))).code).toBe('notAllowed')
  })

  it('[R4] refuses a vendor that is not there, itself, and one that was suspended', async () => {
    for (const vendorId of ['ven_absent', vendors.kiln.vendorId])
      expect(
        await elin.refusal('startVendorRoom', { requestId: requestId(), vendorId, text: 'Hello' }),
      ).toEqual({ code: 'notFound', reason: 'vendor.unknown' })
    const { conversationId } = await start(wren, vendors.nordvik.vendorId, 'Lumen here')
    const feed = await follow(wren, conversationId)
    const { vendorId } = vendors.lumen
    await ines.ask('disciplineVendor', {
      requestId: requestId(),
      vendorId,
      reason: 'Checking',
      act: 'suspend',
    })
    await waitFor(() => wren.frames.some(({ name }) => name === 'hint:forget'))
    expect((await wren.refusal('sendMessage', { ...write(conversationId), text: 'Still here' })).code).toBe(
      'notAllowed',
    )
    expect(
      await nils.refusal('startVendorRoom', { requestId: requestId(), vendorId, text: 'Hello' }),
    ).toEqual({ code: 'notFound', reason: 'vendor.unknown' })
    await say(nils, conversationId, 'canary-suspended')
    expect(texts(feed)).not.toContain('canary-suspended')
  })
})

describe('a room of buyers', () => {
  it('[R5] is opened by the marketplace’s server alone, for buyers whom it has signed', async () => {
    const id = requestId()
    const first = await openBuyers(secret, martaAndOmar, id)
    expect(first.status).toBe(200)
    expect(await openBuyers(secret, martaAndOmar, id)).toEqual(first)
    const other = await openBuyers(secret, [...martaAndOmar].reverse(), id)
    expect(other.body.code).toBe('conflict')
    const unsigned = await openBuyers(secret, [...martaAndOmar, { sub: 'sub-nobody', name: 'Who' }])
    expect(unsigned.body).toMatchObject({ code: 'invalid', reason: 'room.buyerUnknown' })
    const twice = await openBuyers(secret, [martaAndOmar[0], martaAndOmar[0]] as typeof martaAndOmar)
    expect(twice.body).toMatchObject({ code: 'invalid', reason: 'room.buyerTwice' })
    expect((await openBuyers(otherSecret, martaAndOmar)).status).toBe(403)
    const wish = { requestId: requestId(), name: 'Ours', members: martaAndOmar }
    for (const person of [marta, elin, daniel])
      expect((await person.refusal('openBuyerRoom', wish)).code).toBe('notAllowed')
    await switchRooms(ines, { vendors: true, buyers: false })
    expect((await openBuyers(secret, martaAndOmar)).body).toMatchObject({ reason: 'rooms.off' })
  })

  it('[R5] shows buyers one another by the name they have there, and never by anything else', async () => {
    const conversationId = await buyersRoom()
    const feeds = { marta: await follow(marta, conversationId), omar: await follow(omar, conversationId) }
    const framesBefore = omar.frames.length
    await daniel.ask('watchConversation', { conversationId })
    const isTold = () =>
      typings(omar, conversationId).length > 0 && typings(daniel, conversationId).length > 0
    await typeUntil(marta, conversationId, isTold, 'canary-unsent')
    for (const typing of [...typings(omar, conversationId), ...typings(daniel, conversationId)]) {
      expect(typing.who).toMatchObject({ name: 'Loom lover', party: 'buyer', isInRoom: true })
      // The notice of the site does not say that it is shown.
      expect(typing).not.toHaveProperty('text')
    }
    const { messageId } = await say(marta, conversationId, 'canary-weave: hello you')
    await waitFor(() => texts(feeds.omar).length === 1)
    expect(feeds.omar.get().events.at(-1)?.by).toMatchObject({ party: 'buyer', name: 'Loom lover' })
    feeds.omar.mark(messageId)
    await waitFor(() => marta.frames.some(({ name }) => name === 'hint:marks'))
    const told = JSON.stringify([omar.frames.slice(framesBefore), feeds.omar.get()])
    for (const trace of [buyers.marta.name, buyers.marta.email, buyers.marta.sub, '"Marta'])
      expect([trace, told.includes(trace)]).toEqual([trace, false])
    const ofMarta = JSON.stringify([feeds.marta.get(), marta.frames.slice(-20)])
    for (const trace of [buyers.omar.name, buyers.omar.email, buyers.omar.sub])
      expect([trace, ofMarta.includes(trace)]).toEqual([trace, false])
    for (const person of [oluwaseun, elin, nils]) {
      await expectAbsent(person, conversationId, 'canary-weave')
      expect(typings(person, conversationId)).toEqual([])
    }
    const stranger = await site.visitor()
    await expectAbsent(stranger, conversationId, 'canary-weave')
    const rows = async (person: Person) =>
      (await person.ask('listConversations', {})).rows.map((row) => row.conversationId)
    expect(await rows(omar)).toContain(conversationId)
    expect(await rows(oluwaseun)).not.toContain(conversationId)
  })

  it('[R6] [R7] keeps what is held to its author, and stops both when a moderator takes over', async () => {
    const conversationId = await buyersRoom()
    const feeds = { marta: await follow(marta, conversationId), omar: await follow(omar, conversationId) }
    const held = await say(marta, conversationId, 'canary-link: see https://elsewhere.example/shop')
    await waitFor(() => feeds.marta.get().conversation?.held.customer.includes(held.messageId) === true)
    await waitFor(() => feeds.omar.get().events.at(-1)?.type === 'withheld')
    expect(heard(omar)).not.toContain('canary-link')
    await daniel.ask('takeOverConversation', { ...write(conversationId), reason: 'Links' })
    for (const person of [marta, omar])
      expect(await person.refusal('sendMessage', { ...write(conversationId), text: 'But' })).toEqual({
        code: 'notAllowed',
        reason: 'takenOver',
      })
    await expectFoldToMatchStore(site, conversationId, [
      { reader: 'customer', feed: feeds.marta, readerId: marta.connection.readerId ?? '' },
      { reader: 'customer', feed: feeds.omar, readerId: omar.connection.readerId ?? '' },
    ])
  })

  it('[R3] goes at once for its buyers when the site switches it off', async () => {
    const conversationId = await buyersRoom()
    await say(marta, conversationId, 'Before the switch')
    await follow(omar, conversationId)
    await switchRooms(ines, { vendors: true, buyers: false })
    await waitFor(() =>
      omar.frames.some(
        ({ name, values }) => name === 'hint:forget' && JSON.stringify(values).includes(conversationId),
      ),
    )
    await expectAbsent(omar, conversationId, 'canary-none')
    expect((await marta.ask('listConversations', {})).rows.map((row) => row.conversationId)).not.toContain(
      conversationId,
    )
  })

  it('[E2] is erased as a whole with a person who was in it: what was said there was said to them', async () => {
    const conversationId = await buyersRoom()
    await say(omar, conversationId, 'canary-erased: between us')
    const contactId = marta.connection.readerId ?? ''
    await ines.ask('erasePerson', { requestId: requestId(), contactId, reason: 'They asked' })
    await waitFor(async () => {
      const stored = await site.world.parts.database.query(
        `select payload from events where conversation_id = $1
         union all select state || latest from conversations where conversation_id = $1`,
        [conversationId],
      )
      const left = JSON.stringify(stored)
      return !left.includes('canary-erased') && !left.includes('Loom lover') && !left.includes('Night weaver')
    })
  })
})
