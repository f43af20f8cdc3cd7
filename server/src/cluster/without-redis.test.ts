import type { ConversationFeed } from '@parley/shared/client/feed.ts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { vendors } from '../demo/cast.ts'
import { identityToken } from '../demo/identity-token.ts'
import { findPerson } from '../demo/person.ts'
import { demoQueues } from '../demo/seed.ts'
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

  /** Of a vendor on the other node, who follows it there. */
  async function takenByElin(description: string) {
    const elin = await joined(nodes.b.member('elin'))
    const elinOnA = await joined(nodes.a.member('elin'))
    const ines = await joined(nodes.b.member('ines'))
    const { conversationId } = await marta.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'vendor', vendorId: vendors.kiln.vendorId },
      about: { order: { id: '48213', vendorId: vendors.kiln.vendorId } },
      answers: { description },
    })
    const about = () => ({ requestId: requestId(), conversationId })
    const seen = elin.open(conversationId)
    await elin.ask('takeConversation', about())
    await waitFor(() => seen.get().conversation?.assignee?.memberId === 'mem_elin')
    const all = ines.open(conversationId)
    await waitFor(() => all.get().isComplete)
    return {
      elin,
      all,
      about,
      transferOnA: () =>
        elinOnA.ask('transferConversation', {
          ...about(),
          to: { kind: 'queue', queueId: demoQueues.support },
          reason: 'This is for the marketplace',
        }),
    }
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

    it('tell whoever lost the right on one nothing of what is then written on the other', async () => {
      const kept = await takenByElin('The glaze is cracked')
      await kept.transferOnA()
      const martaOnB = await joined(nodes.b.buyer('marta'))
      await martaOnB.ask('sendMessage', { ...kept.about(), text: 'between us and her' })
      await waitFor(() => shows(kept.all, 'between us and her'))
      expect(JSON.stringify(kept.elin.frames)).not.toContain('between us and her')
    })

    it('let go of a browser in which somebody else signed in on the other', async () => {
      const oluwaseun = findPerson('oluwaseun')
      if (!oluwaseun) throw new Error('Nobody in the cast is called oluwaseun.')
      const marta = await joined(nodes.b.buyer('marta'))
      const identity = await identityToken(oluwaseun, systemClock)
      await joined(nodes.a.visitor({ visitorToken: marta.visitorToken, identityToken: identity }))
      // By itself a buyer's connection is looked at again after 45 s at the soonest.
      await waitFor(() => marta.connection.state !== 'online', 20_000)
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

  it('weigh who may hear what comes, when the word by which somebody lost the right was lost', async () => {
    const kept = await takenByElin('The handle came off')
    await nodes.redis.ask('CLIENT KILL TYPE pubsub')
    await kept.transferOnA()
    await nodes.connected()
    await marta.ask('sendMessage', { ...kept.about(), text: 'no more for her' })
    await waitFor(() => shows(kept.all, 'no more for her'))
    expect(JSON.stringify(kept.elin.frames)).not.toContain('no more for her')
  })
})
