import type { ConversationFeed } from '@parley/shared/client/feed.ts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { vendors } from '../demo/cast.ts'
import { demoQueues } from '../demo/seed.ts'
import { type Cluster, startCluster } from '../testing/cluster.ts'
import type { Marlow, Person } from '../testing/marlow.ts'
import { findRedis } from '../testing/redis.ts'
import { waitFor } from '../testing/wait-for.ts'

const hasRedis = findRedis() !== undefined
if (!hasRedis)
  process.stderr.write(
    '\nSKIPPED: nothing about several nodes is tested, because there is no redis-server.\n\n',
  )

/** Announced, not found by asking: a frame of its own carried it. */
const heardLive = (person: Person, text: string) =>
  person.frames.some(({ name, values }) => name === 'event' && JSON.stringify(values).includes(text))
const hints = (person: Person, name: string) =>
  person.frames.filter((frame) => frame.name === `hint:${name}`).map(({ values }) => values[0])
const texts = (feed: ConversationFeed) =>
  feed.get().events.flatMap((event) => (event.type === 'messageSent' ? [event.payload.text] : []))
const shows = (feed: ConversationFeed, text: string) => texts(feed).includes(text)

async function redisSeenBy(node: Marlow): Promise<string> {
  const response = await fetch(`${node.url}/readyz`)
  expect(response.status).toBe(200)
  return ((await response.json()) as { redis: string }).redis
}

let requests = 0
function requestId(): string {
  requests += 1
  return `request-${requests}`
}

describe.skipIf(!hasRedis)('two nodes of one installation', () => {
  let cluster: Cluster
  let marta: Person
  let priya: Person
  let conversationId: string
  let hers: ConversationFeed
  let theirs: ConversationFeed
  const others: Person[] = []

  beforeAll(async () => {
    cluster = await startCluster()
    await connected()
    marta = await cluster.a.buyer('marta')
    priya = await cluster.b.member('priya')
    await priya.ask('setAvailability', { availability: 'available', capacity: 20 })
    conversationId = await offeredToPriya(marta, 'A cup arrived broken')
    await priya.ask('acceptOffer', { requestId: requestId(), conversationId })
    hers = marta.open(conversationId)
    theirs = priya.open(conversationId)
    await waitFor(() => hers.get().isComplete && theirs.get().isComplete)
  })
  afterEach(() => {
    for (const person of others.splice(0)) person.close()
  })
  afterAll(() => cluster?.close())

  function connected(): Promise<unknown> {
    return waitFor(
      async () =>
        (await redisSeenBy(cluster.a)) === 'connected' && (await redisSeenBy(cluster.b)) === 'connected',
      10_000,
    )
  }

  async function joined<P extends Person>(person: Promise<P>): Promise<P> {
    const came = await person
    others.push(came)
    return came
  }

  async function offeredToPriya(customer: Person, description: string): Promise<string> {
    const started = await customer.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'support' },
      answers: { topic: 'payment', description },
    })
    await waitFor(() =>
      hints(priya, 'inbox').some((row) => {
        const shown = row as { conversationId: string; offer: { to: { memberId: string } } | null }
        return shown.conversationId === started.conversationId && shown.offer?.to.memberId === 'mem_priya'
      }),
    )
    return started.conversationId
  }

  async function says(person: Person, text: string): Promise<number> {
    const from = performance.now()
    await person.ask('sendMessage', { requestId: requestId(), conversationId, text })
    return performance.now() - from
  }

  it('offer a conversation that began on one to somebody who is connected to the other', () => {
    expect(theirs.get().conversation?.assignee?.memberId).toBe('mem_priya')
    expect(hers.get().conversation?.assignee?.memberId).toBe('mem_priya')
  })

  it('show each other’s messages at once', async () => {
    await says(marta, 'from node a')
    await says(priya, 'from node b')
    await waitFor(() => heardLive(priya, 'from node a') && heardLive(marta, 'from node b'))
    await waitFor(() => shows(hers, 'from node b') && shows(theirs, 'from node a'))
    expect(texts(hers)).toEqual(texts(theirs))
  })

  it('pass on who is typing', async () => {
    marta.connection.hint('typing', { conversationId, isTyping: true })
    await waitFor(() => hints(priya, 'typing').some((hint) => JSON.stringify(hint).includes('Marta')))
    priya.connection.hint('typing', { conversationId, isTyping: true })
    await waitFor(() => hints(marta, 'typing').some((hint) => JSON.stringify(hint).includes('Priya')))
  })

  it('tell colleagues on both who else is looking, and forget who has gone', async () => {
    const daniel = await joined(cluster.a.member('daniel'))
    daniel.open(conversationId)
    const seenBy = (person: Person) => {
      const last = hints(person, 'viewing').at(-1) as { viewers: { memberId: string }[] } | undefined
      return last?.viewers.map(({ memberId }) => memberId).sort()
    }
    await daniel.ask('followConversation', { conversationId })
    priya.connection.hint('viewing', { conversationId, mode: 'replying' })
    await waitFor(() => seenBy(daniel)?.includes('mem_priya'))
    daniel.connection.hint('viewing', { conversationId, mode: 'viewing' })
    const both = ['mem_daniel', 'mem_priya']
    await waitFor(() => [priya, daniel].every((person) => String(seenBy(person)) === String(both)))
    daniel.close()
    await waitFor(() => String(seenBy(priya)) === 'mem_priya')
  })

  it('end the connections of a member who was disabled on the other within two seconds', async () => {
    const ines = await joined(cluster.a.member('ines'))
    const jonas = await joined(cluster.b.member('jonas'))
    expect(jonas.connection.state).toBe('online')
    await ines.ask('disableMember', { requestId: requestId(), memberId: 'mem_jonas', isDisabled: true })
    await waitFor(() => jonas.connection.state !== 'online', 2_000)
  })

  it('use settings saved on the other at once', async () => {
    const ines = await joined(cluster.a.member('ines'))
    const settings = await ines.ask('viewSite', {})
    const loader = async () => (await fetch(`${cluster.b.url}/w/marlow.js`)).text()
    const { siteId: _id, siteKey: _key, ...rest } = settings
    // The second is saved when the other node has just read the first: only a hint lets it read again so soon.
    for (const name of ['Marlow of the nodes', 'Marlow once more']) {
      expect(await loader()).not.toContain(name)
      const branding = { ...settings.branding, name }
      await ines.ask('saveSite', { requestId: requestId(), settings: { ...rest, branding } })
      await waitFor(async () => (await loader()).includes(name), 2_000)
    }
  })

  it('let a follower go whose conversation was transferred away on the other', async () => {
    const elin = await joined(cluster.b.member('elin'))
    const elinOnA = await joined(cluster.a.member('elin'))
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
    await waitFor(() => hints(elin, 'forget').length >= 2, 2_000)
    const onB = await joined(cluster.b.member('ines'))
    await onB.ask('followConversation', about)
    await marta.ask('sendMessage', { requestId: requestId(), ...about, text: 'no longer for the vendor' })
    await waitFor(() => heardLive(onB, 'no longer for the vendor'))
    expect(JSON.stringify(elin.frames)).not.toContain('no longer for the vendor')
    expect(await elin.refusal('readConversation', about)).toMatchObject({ code: 'notFound' })
  })

  it('keep the typing of somebody from the customer once another has the conversation, wherever that happened', async () => {
    const daniel = await joined(cluster.a.member('daniel'))
    const priyaOnA = await joined(cluster.a.member('priya'))
    const id = await offeredToPriya(marta, 'Whose is it')
    await priya.ask('acceptOffer', { requestId: requestId(), conversationId: id })
    priya.open(id)
    marta.open(id)
    const seen = daniel.open(id)
    await waitFor(() => seen.get().isComplete)
    const typed = (person: Person) =>
      hints(person, 'typing').filter(
        (hint) => JSON.stringify(hint).includes(id) && JSON.stringify(hint).includes('Priya'),
      ).length
    const types = async () => {
      priya.connection.hint('typing', { conversationId: id, isTyping: true })
      const before = typed(daniel)
      await waitFor(() => typed(daniel) > before)
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
    const onA = await joined(cluster.a.visitor())
    const onB = await joined(cluster.b.visitor({ visitorToken: onA.visitorToken }))
    const begin = () => ({
      requestId: requestId(),
      with: { kind: 'support' as const },
      answers: { role: 'buyer', name: 'M', topic: 'product', description: 'Hello' },
    })
    await onA.ask('startConversation', begin())
    await onB.ask('startConversation', begin())
    await onA.ask('startConversation', begin())
    expect(await onB.refusal('startConversation', begin())).toMatchObject({
      code: 'rateLimited',
      reason: 'limit.visitorStarts',
    })
  })

  it('count what somebody reads on both together, a moment later', async () => {
    const onA = await joined(cluster.a.visitor())
    const onB = await joined(cluster.b.visitor({ visitorToken: onA.visitorToken }))
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

  describe('without Redis', () => {
    beforeAll(() => cluster.redis.stop())
    afterAll(async () => {
      await cluster.redis.start()
      await connected()
    })

    it('acknowledge as ever, and show each other’s messages within five seconds', async () => {
      expect(await says(marta, 'a without redis')).toBeLessThan(2_000)
      await waitFor(() => shows(theirs, 'a without redis'), 5_000)
      expect(await says(priya, 'b without redis')).toBeLessThan(2_000)
      await waitFor(() => shows(hers, 'b without redis'), 5_000)
    })

    it('offer conversations to each other’s members within five seconds', async () => {
      const omar = await joined(cluster.a.buyer('omar'))
      for (const description of ['Is anybody there', 'Once more', 'And again'])
        await offeredToPriya(omar, description)
    })

    it('are ready, and say that Redis is not', async () => {
      await waitFor(async () => (await redisSeenBy(cluster.a)) === 'unreachable')
      await waitFor(async () => (await redisSeenBy(cluster.b)) === 'unreachable')
    })

    it('count for themselves, and no wish waits', async () => {
      const onA = await joined(cluster.a.visitor())
      const onB = await joined(cluster.b.visitor({ visitorToken: onA.visitorToken }))
      const begin = () => ({
        requestId: requestId(),
        with: { kind: 'support' as const },
        answers: { role: 'buyer', name: 'M', topic: 'product', description: 'Hello' },
      })
      const from = performance.now()
      for (let count = 0; count < 3; count += 1) await onA.ask('startConversation', begin())
      expect(performance.now() - from).toBeLessThan(3 * 2_000)
      const refusal = await onA.refusal('startConversation', begin())
      expect(refusal).toMatchObject({ code: 'rateLimited', reason: 'limit.visitorStarts' })
      await onB.ask('startConversation', begin())
    })

    it('can be joined by a third, which connects when Redis is there', async () => {
      const third = await cluster.another()
      try {
        expect(await redisSeenBy(third)).toBe('unreachable')
        await cluster.redis.start()
        await waitFor(async () => (await redisSeenBy(third)) === 'connected', 10_000)
        await connected()
        const late = await third.member('ines')
        await late.ask('followConversation', { conversationId })
        await says(marta, 'to the third')
        await waitFor(() => heardLive(late, 'to the third'))
      } finally {
        await third.close()
        await cluster.redis.stop()
      }
    })
  })

  it('are quick again once Redis is back, and when it was emptied', async () => {
    await says(marta, 'redis is back')
    await waitFor(() => heardLive(priya, 'redis is back'))
    expect(await cluster.redis.ask('FLUSHALL')).toBe('+OK')
    await says(priya, 'redis is empty')
    await waitFor(() => heardLive(marta, 'redis is empty'))
  })

  it('do not wait for a Redis that swallows everything', async () => {
    cluster.redis.freeze()
    try {
      expect(await says(marta, 'into the silence')).toBeLessThan(2_000)
      await waitFor(() => shows(theirs, 'into the silence'), 5_000)
      const visitor = await joined(cluster.b.visitor())
      const from = performance.now()
      await visitor.ask('startConversation', {
        requestId: requestId(),
        with: { kind: 'support' },
        answers: { role: 'buyer', name: 'M', topic: 'product', description: 'Hello' },
      })
      expect(performance.now() - from).toBeLessThan(2_000)
      await waitFor(async () => (await redisSeenBy(cluster.a)) === 'unreachable', 8_000)
    } finally {
      cluster.redis.thaw()
    }
    await connected()
    await says(marta, 'after the silence')
    await waitFor(() => heardLive(priya, 'after the silence'))
  })

  it('listen again when Redis cuts their subscriptions, and what was said meanwhile arrives', async () => {
    expect(await cluster.redis.ask('CLIENT KILL TYPE pubsub')).toBe(':2')
    await says(marta, 'while nobody listened')
    await waitFor(() => shows(theirs, 'while nobody listened'), 5_000)
    await connected()
    await says(marta, 'listening again')
    await waitFor(() => heardLive(priya, 'listening again'))
  })
})
