import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { engines } from '../testing/site-world.ts'

describe.each(engines)('the first support queue on %s', (engine) => {
  let place: Marlow
  beforeAll(async () => {
    place = await startMarlow(engine)
  })
  afterAll(() => place.close())

  it('is the one made first, serves what no topic names, and stays first when it is renamed', async () => {
    const ines = await place.member('ines')
    const supportQueues = async () =>
      (await ines.ask('listQueues', {})).queues.filter((queue) => queue.kind === 'support')
    const [first, second] = await supportQueues()
    expect([first?.queueId, second?.queueId]).toEqual(['que_support', 'que_payments'])
    if (!first) throw new Error('The site has no support queue')
    const { queueId, memberIds, mode, offerSeconds } = first
    await ines.ask('saveQueue', {
      requestId: 'rename-first',
      queueId,
      memberIds,
      mode,
      offerSeconds,
      name: 'Zebra desk',
    })
    expect((await supportQueues()).map((queue) => queue.name)).toEqual(['Zebra desk', 'Payments and refunds'])

    const omar = await place.buyer('omar')
    const { conversationId } = await omar.ask('startConversation', {
      requestId: 'start-account',
      with: { kind: 'support' },
      answers: { topic: 'account', description: 'I cannot change my address.' },
    })
    const { rows } = await ines.ask('listInbox', { view: 'all' })
    const row = rows.find((one) => one.conversationId === conversationId)
    expect(row?.queue).toEqual({ id: 'que_support', name: 'Zebra desk' })
  })
})
