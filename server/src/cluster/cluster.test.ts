import { type EventEmitter, once } from 'node:events'
import type { ConversationFeed } from '@parley/shared/client/feed.ts'
import { io } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { vendors } from '../demo/cast.ts'
import { demoQueues } from '../demo/seed.ts'
import {
  type AcrossNodes,
  hasRedis,
  heardLive,
  hints,
  requestId,
  shows,
  startAcrossNodes,
  strangersBeginning,
  texts,
} from '../testing/across-nodes.ts'
import type { Person } from '../testing/marlow.ts'
import { waitFor } from '../testing/wait-for.ts'

describe.skipIf(!hasRedis)('two nodes of one installation', () => {
  let nodes: AcrossNodes
  let marta: Person
  let priya: Person
  let hers: ConversationFeed
  let theirs: ConversationFeed
  const others: Person[] = []

  beforeAll(async () => {
    nodes = await startAcrossNodes()
    ;({ marta, priya, hers, theirs } = nodes)
  })
  afterEach(() => {
    for (const person of others.splice(0)) person.close()
  })
  afterAll(() => nodes?.close())

  async function joined<P extends Person>(person: Promise<P>): Promise<P> {
    const came = await person
    others.push(came)
    return came
  }

  it('offer a conversation that began on one to somebody who is connected to the other', () => {
    expect(theirs.get().conversation?.assignee?.memberId).toBe('mem_priya')
    expect(hers.get().conversation?.assignee?.memberId).toBe('mem_priya')
  })

  it('show each other’s messages at once', async () => {
    await nodes.says(marta, 'from node a')
    await nodes.says(priya, 'from node b')
    await waitFor(() => heardLive(priya, 'from node a') && heardLive(marta, 'from node b'))
    await waitFor(() => shows(hers, 'from node b') && shows(theirs, 'from node a'))
    expect(texts(hers)).toEqual(texts(theirs))
  })

  it('tell whoever is called by a note on the other, at once and by one note', async () => {
    const daniel = await joined(nodes.a.member('daniel'))
    await daniel.ask('addNote', {
      requestId: requestId(),
      conversationId: nodes.conversationId,
      text: 'called from a',
      mentions: ['mem_priya'],
    })
    const called = () =>
      (hints(priya, 'mention') as { note: { noteId: string; text: string } | null }[])
        .map(({ note }) => note)
        .filter((note) => note?.text.includes('called from a'))
    await waitFor(() => called().length > 0)
    await nodes.says(marta, 'after the call')
    await waitFor(() => heardLive(priya, 'after the call'))
    // The look at what others wrote may tell it once more: its id says that it is the same.
    expect(new Set(called().map((note) => note?.noteId)).size).toBe(1)
  })

  it('pass on who is typing', async () => {
    const isTold = (to: Person, name: string) =>
      hints(to, 'typing').some((hint) => JSON.stringify(hint).includes(name))
    // As whoever goes on typing: what comes before the other node knows who answers is not passed on.
    const typesUntil = async (by: Person, look: () => boolean) => {
      const type = () =>
        by.connection.hint('typing', { conversationId: nodes.conversationId, isTyping: true })
      type()
      const again = setInterval(type, 500)
      await waitFor(look).finally(() => clearInterval(again))
    }
    await typesUntil(marta, () => isTold(priya, 'Marta'))
    await typesUntil(priya, () => isTold(marta, 'Priya'))
  })

  it('tell colleagues on both who else is looking, and forget who has gone', async () => {
    const daniel = await joined(nodes.a.member('daniel'))
    daniel.open(nodes.conversationId)
    const seenBy = (person: Person) => {
      const last = hints(person, 'viewing').at(-1) as { viewers: { memberId: string }[] } | undefined
      return last?.viewers.map(({ memberId }) => memberId).sort()
    }
    await daniel.ask('followConversation', { conversationId: nodes.conversationId })
    priya.connection.hint('viewing', { conversationId: nodes.conversationId, mode: 'replying' })
    await waitFor(() => seenBy(daniel)?.includes('mem_priya'))
    daniel.connection.hint('viewing', { conversationId: nodes.conversationId, mode: 'viewing' })
    const both = ['mem_daniel', 'mem_priya']
    await waitFor(() => [priya, daniel].every((person) => String(seenBy(person)) === String(both)))
    daniel.close()
    await waitFor(() => String(seenBy(priya)) === 'mem_priya')
  })

  it('end the connections of a member who was disabled on the other', async () => {
    const ines = await joined(nodes.a.member('ines'))
    const jonas = await joined(nodes.b.member('jonas'))
    expect(jonas.connection.state).toBe('online')
    await ines.ask('disableMember', { requestId: requestId(), memberId: 'mem_jonas', isDisabled: true })
    await waitFor(() => jonas.connection.state !== 'online', 10_000)
  })

  it('let a follower go whose conversation was transferred away on the other', async () => {
    const elin = await joined(nodes.b.member('elin'))
    const elinOnA = await joined(nodes.a.member('elin'))
    const started = await marta.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'vendor', vendorId: vendors.kiln.vendorId },
      about: { order: { id: '48213', vendorId: vendors.kiln.vendorId } },
      answers: { description: 'The bowl is chipped' },
    })
    const about = { conversationId: started.conversationId }
    const seen = elin.open(about.conversationId)
    await elin.ask('takeConversation', { requestId: requestId(), ...about })
    await waitFor(() => seen.get().conversation?.assignee?.memberId === 'mem_elin')
    await elinOnA.ask('transferConversation', {
      requestId: requestId(),
      ...about,
      to: { kind: 'queue', queueId: demoQueues.support },
      reason: 'This is for the marketplace',
    })
    // One for the row of the list, one for the live stream that was left.
    await waitFor(() => hints(elin, 'forget').length >= 2, 10_000)
    const onB = await joined(nodes.b.member('ines'))
    await onB.ask('followConversation', about)
    await marta.ask('sendMessage', { requestId: requestId(), ...about, text: 'no longer for the vendor' })
    await waitFor(() => heardLive(onB, 'no longer for the vendor'))
    expect(JSON.stringify(elin.frames)).not.toContain('no longer for the vendor')
    expect(await elin.refusal('readConversation', about)).toMatchObject({ code: 'notFound' })
  })

  it('tell whoever loses the right on one nothing of what is written right after, on the other', async () => {
    const elin = await joined(nodes.b.member('elin'))
    const elinOnA = await joined(nodes.a.member('elin'))
    const ines = await joined(nodes.a.member('ines'))
    const daniel = await joined(nodes.a.member('daniel'))
    for (const round of ['first', 'second']) {
      const { conversationId } = await marta.ask('startConversation', {
        requestId: requestId(),
        with: { kind: 'vendor', vendorId: vendors.kiln.vendorId },
        about: { order: { id: '48213', vendorId: vendors.kiln.vendorId } },
        answers: { description: `The bowl is chipped, ${round}` },
      })
      const seen = elin.open(conversationId)
      const all = ines.open(conversationId)
      await elin.ask('takeConversation', { requestId: requestId(), conversationId })
      await waitFor(() => seen.get().conversation?.assignee?.memberId === 'mem_elin' && all.get().isComplete)
      const says = (text: string) =>
        daniel.ask('sendMessage', { requestId: requestId(), conversationId, text })
      await elinOnA.ask('transferConversation', {
        requestId: requestId(),
        conversationId,
        to: { kind: 'queue', queueId: demoQueues.support },
        reason: 'This is for the marketplace',
      })
      for (let number = 0; number < 5; number += 1) await says(`right after the ${round}, ${number}`)
      await waitFor(() => shows(all, `right after the ${round}, 4`))
      expect(JSON.stringify(elin.frames)).not.toContain(`right after the ${round}`)
    }
  })

  it('keep the typing of somebody from the customer once another has the conversation, wherever that happened', async () => {
    const daniel = await joined(nodes.a.member('daniel'))
    const priyaOnA = await joined(nodes.a.member('priya'))
    const id = await nodes.offeredToPriya(marta, 'Whose is it')
    await priya.ask('acceptOffer', { requestId: requestId(), conversationId: id })
    const feeds = [priya, marta, daniel].map((person) => person.open(id))
    const seen = feeds[2] as (typeof feeds)[number]
    await waitFor(() => feeds.every((feed) => feed.get().isComplete))
    const typed = (person: Person) =>
      hints(person, 'typing').filter(
        (hint) => JSON.stringify(hint).includes(id) && JSON.stringify(hint).includes('Priya'),
      ).length
    // Some are dropped without a word: whoever types goes on.
    const types = async () => {
      const before = typed(daniel)
      await waitFor(async () => {
        priya.connection.hint('typing', { conversationId: id, isTyping: true })
        await new Promise((resolve) => setTimeout(resolve, 250))
        return typed(daniel) > before
      })
    }
    await waitFor(async () => {
      await types()
      return typed(marta) > 0
    })
    await priyaOnA.ask('transferConversation', {
      requestId: requestId(),
      conversationId: id,
      to: { kind: 'member', memberId: 'mem_daniel' },
      reason: 'Yours',
    })
    await waitFor(() => seen.get().conversation?.assignee?.memberId === 'mem_daniel')
    // Node b learns of it a moment later: from some hint on, the customer hears no more.
    await waitFor(async () => {
      const before = typed(marta)
      await types()
      return typed(marta) === before
    }, 3_000)
  })

  it('count what a stranger begins on both together', async () => {
    const onA = await joined(nodes.a.visitor())
    const onB = await joined(nodes.b.visitor({ visitorToken: onA.visitorToken }))
    await onA.ask('startConversation', strangersBeginning())
    await onB.ask('startConversation', strangersBeginning())
    await onA.ask('startConversation', strangersBeginning())
    expect(await onB.refusal('startConversation', strangersBeginning())).toMatchObject({
      code: 'rateLimited',
      reason: 'limit.visitorStarts',
    })
  })

  it('count what somebody reads on both together, a moment later', async () => {
    const onA = await joined(nodes.a.visitor())
    const onB = await joined(nodes.b.visitor({ visitorToken: onA.visitorToken }))
    for (let round = 0; round < 5; round += 1)
      await Promise.all(
        [onA, onB].flatMap((person) => Array.from({ length: 25 }, () => person.ask('listConversations', {}))),
      )
    let more = 0
    await waitFor(async () => {
      more += 1
      return !(await onA.connection.ask('listConversations', {})).ok
    })
    // One node alone lets 240 through.
    expect(125 + more).toBeLessThan(240)
  })

  it('hand their people over when one is stopped: served until they go, and nobody new', async () => {
    const third = await nodes.another()
    const omar = await third.buyer('omar')
    const about = { conversationId: await nodes.offeredToPriya(omar, 'Still there') }
    await omar.ask('followConversation', about)
    const stopping = third.app.stop()
    await waitFor(() => hints(omar, 'reconnectSoon').length === 1)
    expect((await fetch(`${third.url}/readyz`)).status).toBe(503)
    await omar.ask('sendMessage', { requestId: requestId(), ...about, text: 'before I go' })
    await nodes.says(priya, 'meanwhile')
    await priya.ask('acceptOffer', { requestId: requestId(), ...about })
    await priya.ask('sendMessage', { requestId: requestId(), ...about, text: 'to one who leaves' })
    await waitFor(() => heardLive(omar, 'to one who leaves'))
    const late = io(third.url, { path: '/socket', transports: ['websocket'], reconnection: false, auth: {} })
    const [refusal] = await once(late as unknown as EventEmitter, 'connect_error')
    expect(refusal).toMatchObject({ data: { code: 'unavailable', reason: 'busy' } })
    await waitFor(() => omar.connection.state !== 'online', 10_000)
    await stopping
    await third.close()
  })

  it('use settings saved on the other at once', async () => {
    const ines = await joined(nodes.a.member('ines'))
    const settings = await ines.ask('viewSite', {})
    const loader = async () => (await fetch(`${nodes.b.url}/w/marlow.js`)).text()
    const { siteId: _id, siteKey: _key, ...rest } = settings
    // The second is saved when the other node has just read the first: only a hint lets it read again so soon.
    for (const name of ['Marlow of the nodes', 'Marlow once more']) {
      expect(await loader()).not.toContain(name)
      const branding = { ...settings.branding, name }
      await ines.ask('saveSite', { requestId: requestId(), settings: { ...rest, branding } })
      await waitFor(async () => (await loader()).includes(name), 10_000)
    }
  })
})
