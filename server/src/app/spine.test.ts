import type { ConversationFeed } from '@parley/shared/client/feed.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { marlow, vendors } from '../demo/cast.ts'
import { expectFoldToMatchStore } from '../testing/fold-matches-store.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { engines } from '../testing/site-world.ts'
import { waitFor } from '../testing/wait-for.ts'

const texts = (feed: ConversationFeed) =>
  feed.get().events.flatMap((event) => (event.type === 'messageSent' ? [event.payload.text] : []))

const kiln = vendors.kiln.vendorId

describe.each(engines)('a buyer, a vendor and the marketplace on %s', (engine) => {
  let site: Marlow
  beforeAll(async () => {
    site = await startMarlow(engine, { RATE_LIMIT_FACTOR: '1000' })
  })
  afterAll(() => site?.close())

  it('lets a buyer ask a vendor about an order, who is offered it, answers, and is rated', async () => {
    const elin = await site.member('elin')
    await elin.ask('setAvailability', { availability: 'available', capacity: 5 })
    const marta = await site.buyer('marta')
    const about = { order: { id: '48213', vendorId: kiln } }

    const { choices, me } = await marta.ask('describeChoices', { about })
    expect(me).toMatchObject({ name: 'Marta Oliveira', isVerified: true })
    const choice = choices.find((candidate) => candidate.with.kind === 'vendor')
    expect(choice).toMatchObject({ isAvailable: true, present: ['Elin Berg'] })
    // The signed identity tells name and e-mail: neither is asked again.
    expect(choice?.form.fields.map((field) => field.type)).not.toContain('email')

    const started = await marta.ask('startConversation', {
      requestId: 'start-order-48213',
      with: { kind: 'vendor', vendorId: kiln },
      about,
      answers: { description: 'The cup arrived with a small chip.' },
    })
    const mine = marta.open(started.conversationId)
    await waitFor(() =>
      elin.frames.some(
        ({ name, values }) => name === 'hint:inbox' && JSON.stringify(values).includes('"offer":{'),
      ),
    )
    await elin.ask('acceptOffer', { requestId: 'accept-1', conversationId: started.conversationId })
    const hers = elin.open(started.conversationId)
    await waitFor(() => hers.get().isComplete)
    hers.send('I am sorry. A new cup leaves today.')
    await waitFor(() => texts(mine).length === 2)
    expect(texts(mine)).toEqual(['The cup arrived with a small chip.', 'I am sorry. A new cup leaves today.'])
    const last = mine.get().events.at(-1)
    if (last?.type === 'messageSent') mine.mark(last.payload.messageId)
    await waitFor(() => hers.get().marks.some((mark) => mark.side === 'customer' && mark.readTo !== null))

    await marta.ask('closeConversation', { requestId: 'close-001', conversationId: started.conversationId })
    await marta.ask('rateConversation', {
      requestId: 'rate-0001',
      conversationId: started.conversationId,
      stars: 5,
      words: 'Kind',
    })
    await waitFor(() => hers.get().conversation?.rating?.stars === 5)
    await expectFoldToMatchStore(site, started.conversationId, [
      { reader: 'customer', feed: mine },
      { reader: 'vendor', feed: hers },
    ])
    for (const person of [marta, elin]) person.close()
  })

  it('passes an offer that nobody takes on to the next, and to the queue when nobody is left', async () => {
    const [priya, jonas] = [await site.member('priya'), await site.member('jonas')]
    const marta = await site.buyer('marta')
    for (const member of [priya, jonas])
      await member.ask('setAvailability', { availability: 'available', capacity: 3 })
    const { conversationId } = await marta.ask('startConversation', {
      requestId: 'start-offers-1',
      with: { kind: 'support' },
      answers: { topic: 'payment', description: 'Charged twice' },
    })
    const view = async () =>
      (await priya.ask('listInbox', { view: 'all' })).rows.find(
        (row) => row.conversationId === conversationId,
      )
    const first = await waitFor(async () => (await view())?.offer?.to)
    const [asked, other] = first.name === 'Priya Raman' ? [priya, jonas] : [jonas, priya]
    await asked.ask('declineOffer', { requestId: 'decline-1', conversationId })
    await waitFor(async () => {
      const offer = (await view())?.offer
      return offer && offer.to.memberId !== first.memberId
    })
    await other.ask('declineOffer', { requestId: 'decline-2', conversationId })
    await waitFor(async () => (await view())?.status === 'waiting')
    expect((await marta.ask('describePlace', { conversationId })).place).toMatchObject({ place: 1 })
    await priya.ask('takeConversation', { requestId: 'take-0001', conversationId })
    expect(await jonas.refusal('takeConversation', { requestId: 'take-0002', conversationId })).toMatchObject(
      { code: 'conflict' },
    )
    expect(
      await jonas.refusal('sendMessage', { requestId: 'send-0002', conversationId, text: 'hi' }),
    ).toMatchObject({
      code: 'notAllowed',
      reason: 'takeFirst',
    })
    for (const person of [priya, jonas, marta]) person.close()
  })

  it('moves only this browser’s chat when its person signs in and says so', async () => {
    const visitor = await site.visitor()
    const { conversationId } = await visitor.ask('startConversation', {
      requestId: 'start-anonymous',
      with: { kind: 'support' },
      answers: { role: 'buyer', name: 'M', topic: 'product', description: 'Is it dishwasher safe?' },
    })
    const anonymous = visitor.visitorToken
    visitor.close()
    const { identityToken } = await import('../demo/identity-token.ts')
    const { findPerson } = await import('../demo/person.ts')
    const person = findPerson('omar')
    if (!person) throw new Error('Omar is not in the cast')
    const omar = await site.visitor({
      visitorToken: anonymous,
      identityToken: await identityToken(person, site.world.parts.clock),
    })
    const { movable } = await omar.ask('describeChoices', {})
    expect(movable).toEqual([conversationId])
    expect((await omar.ask('listConversations', {})).rows.map((row) => row.conversationId)).not.toContain(
      conversationId,
    )
    await omar.ask('moveConversations', { requestId: 'move-0001', conversationIds: [conversationId] })
    expect((await omar.ask('listConversations', {})).rows.map((row) => row.conversationId)).toContain(
      conversationId,
    )
    const stranger = await site.visitor().catch(() => null)
    expect(await stranger?.refusal('readConversation', { conversationId })).toMatchObject({
      code: 'notFound',
    })
    await expect(site.visitor({ visitorToken: anonymous })).rejects.toMatchObject({
      refusal: { reason: 'visitor.ended' },
    })
    omar.close()
  })

  it('keeps what was acknowledged over a restart of the server, and everybody catches up by themselves', async () => {
    const priya = await site.member('priya')
    const marta = await site.buyer('marta')
    const { conversationId } = await marta.ask('startConversation', {
      requestId: 'start-restart',
      with: { kind: 'support' },
      answers: { topic: 'order', description: 'before' },
    })
    await priya.ask('takeConversation', { requestId: 'take-restart', conversationId })
    const mine = marta.open(conversationId)
    const theirs = priya.open(conversationId)
    await waitFor(() => mine.get().isComplete && theirs.get().isComplete)
    mine.send('just before')
    const restarted = site.restart()
    mine.send('while away')
    theirs.send('from the other side')
    await restarted
    await waitFor(() => texts(mine).length === 4 && texts(theirs).length === 4, 20_000)
    expect(texts(mine)).toEqual(texts(theirs))
    expect(texts(mine).filter((text) => text !== 'from the other side')).toEqual([
      'before',
      'just before',
      'while away',
    ])
    await expectFoldToMatchStore(site, conversationId, [
      { reader: 'customer', feed: mine },
      { reader: 'staff', feed: theirs },
    ])
    for (const person of [priya, marta]) person.close()
  })

  it('[W1] serves the same commands over HTTP, with problems as RFC 9457 says', async () => {
    const visitor = await site.visitor()
    const ask = (name: string, body: unknown, headers: Record<string, string> = {}) =>
      fetch(`${site.url}/api/v1/commands/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
    const bearer = { authorization: `Bearer ${visitor.visitorToken}`, 'parley-site': marlow.siteKey }
    expect((await ask('listConversations', {})).status).toBe(401)
    const listed = await ask('listConversations', {}, bearer)
    expect(await listed.json()).toEqual({ rows: [] })
    const refused = await ask(
      'sendMessage',
      { requestId: 'http-0001', conversationId: 'cnv_none', text: 'x' },
      bearer,
    )
    expect(refused.headers.get('content-type')).toContain('application/problem+json')
    expect(await refused.json()).toMatchObject({ status: 404, code: 'notFound' })
    const cookie = await site.cookie('priya')
    expect((await ask('listInbox', { view: 'all' }, { cookie })).status).toBe(403)
    expect(
      (await ask('listInbox', { view: 'all' }, { cookie, origin: site.url, 'parley-csrf': '1' })).status,
    ).toBe(200)
    const api = (await (await fetch(`${site.url}/api/v1/openapi.json`)).json()) as {
      openapi: string
      paths: object
    }
    expect(api.openapi).toBe('3.1.0')
    expect(Object.keys(api.paths)).toContain('/api/v1/commands/sendMessage')
    visitor.close()
  })
})
