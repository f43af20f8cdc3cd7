import type { ConversationFeed } from '@parley/shared/client/feed.ts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  type AcrossNodes,
  hasRedis,
  heardLive,
  hints,
  redisSeenBy,
  requestId,
  shows,
  startAcrossNodes,
  strangersBeginning,
} from '../testing/across-nodes.ts'
import type { Person } from '../testing/marlow.ts'
import { waitFor } from '../testing/wait-for.ts'

describe.skipIf(!hasRedis)('two nodes whose Redis fails', () => {
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

  describe('without Redis', () => {
    beforeAll(() => nodes.redis.stop())
    afterAll(async () => {
      await nodes.redis.start()
      await nodes.connected()
    })

    it('acknowledge as ever, and show each other’s messages by asking for heads', async () => {
      expect(await nodes.says(marta, 'a without redis')).toBeLessThan(10_000)
      await waitFor(() => shows(theirs, 'a without redis'), 20_000)
      expect(await nodes.says(priya, 'b without redis')).toBeLessThan(10_000)
      await waitFor(() => shows(hers, 'b without redis'), 20_000)
    })

    it('offer conversations to each other’s members by asking for heads', async () => {
      const omar = await joined(nodes.a.buyer('omar'))
      for (const description of ['Is anybody there', 'Once more', 'And again'])
        await nodes.offeredToPriya(omar, description)
    })

    it('tell whoever is called by a note on the other by asking for heads', async () => {
      const daniel = await joined(nodes.a.member('daniel'))
      await daniel.ask('addNote', {
        requestId: requestId(),
        conversationId: nodes.conversationId,
        text: 'called without redis',
        mentions: ['mem_priya'],
      })
      await waitFor(() => JSON.stringify(hints(priya, 'mention')).includes('called without redis'), 20_000)
    })

    it('are ready, and say that Redis is not', async () => {
      await waitFor(async () => (await redisSeenBy(nodes.a)) === 'unreachable')
      await waitFor(async () => (await redisSeenBy(nodes.b)) === 'unreachable')
    })

    it('count for themselves, and no wish waits', async () => {
      const onA = await joined(nodes.a.visitor())
      const onB = await joined(nodes.b.visitor({ visitorToken: onA.visitorToken }))
      const from = performance.now()
      for (let count = 0; count < 3; count += 1) await onA.ask('startConversation', strangersBeginning())
      expect(performance.now() - from).toBeLessThan(3 * 10_000)
      const refusal = await onA.refusal('startConversation', strangersBeginning())
      expect(refusal).toMatchObject({ code: 'rateLimited', reason: 'limit.visitorStarts' })
      await onB.ask('startConversation', strangersBeginning())
    })

    it('can be joined by a third, which connects when Redis is there', async () => {
      const third = await nodes.another()
      try {
        expect(await redisSeenBy(third)).toBe('unreachable')
        await nodes.redis.start()
        await waitFor(async () => (await redisSeenBy(third)) === 'connected', 10_000)
        await nodes.connected()
        const late = await third.member('ines')
        await late.ask('followConversation', { conversationId: nodes.conversationId })
        await nodes.says(marta, 'to the third')
        await waitFor(() => heardLive(late, 'to the third'))
      } finally {
        await third.close()
        await nodes.redis.stop()
      }
    })
  })

  it('are quick again once Redis is back, and when it was emptied', async () => {
    await nodes.says(marta, 'redis is back')
    await waitFor(() => heardLive(priya, 'redis is back'))
    expect(await nodes.redis.ask('FLUSHALL')).toBe('+OK')
    await nodes.says(priya, 'redis is empty')
    await waitFor(() => heardLive(marta, 'redis is empty'))
  })

  it('do not wait for a Redis that swallows everything', async () => {
    const visitor = await joined(nodes.b.visitor())
    nodes.redis.freeze()
    try {
      // Asks the count that all nodes share, before anybody has noticed that it gives no answer.
      const from = performance.now()
      await visitor.ask('startConversation', strangersBeginning())
      expect(performance.now() - from).toBeLessThan(10_000)
      expect(await nodes.says(marta, 'into the silence')).toBeLessThan(10_000)
      await waitFor(() => shows(theirs, 'into the silence'), 20_000)
      await waitFor(async () => (await redisSeenBy(nodes.a)) === 'unreachable', 8_000)
    } finally {
      nodes.redis.thaw()
    }
    await nodes.connected()
    await nodes.says(marta, 'after the silence')
    await waitFor(() => heardLive(priya, 'after the silence'))
  })

  it('listen again when Redis cuts their subscriptions, and what was said meanwhile arrives', async () => {
    expect(await nodes.redis.ask('CLIENT KILL TYPE pubsub')).toBe(':2')
    await nodes.says(marta, 'while nobody listened')
    await waitFor(() => shows(theirs, 'while nobody listened'), 20_000)
    await nodes.connected()
    await nodes.says(marta, 'listening again')
    await waitFor(() => heardLive(priya, 'listening again'))
  })
})
