import type { Scenario, Stage } from '../rig/stage.ts'

/** Between nodes without Redis, from acknowledgement to the other screen. */
const slowWithinMs = 5_000
const quickWithinMs = 1_500

/** Says something on one node and waits until a screen on another shows it. */
async function acrossNodes(stage: Stage, withinMs: number, when: string): Promise<void> {
  const [talk] = stage.crew.talks
  if (!talk) return
  const { conversationId, customer, answers } = talk
  const requestId = customer.say(conversationId, `across nodes ${when} ${stage.recorder.history.sent.length}`)
  const shows = () =>
    answers
      .feed(conversationId)
      .get()
      .events.some((event) => event.requestId === requestId)
  const isSent = () =>
    stage.recorder.history.sent.find((wish) => wish.requestId === requestId)?.result === 'ok'
  const from = performance.now()
  while (!isSent() && performance.now() - from < stage.within(slowWithinMs)) await stage.pause(10)
  stage.must(isSent(), `A message was not acknowledged ${when}.`)
  const sentAt = performance.now()
  while (!shows() && performance.now() - sentAt < stage.within(withinMs)) await stage.pause(10)
  stage.must(shows(), `A message took more than ${withinMs} ms to another node ${when}.`)
}

async function onTwoNodes(stage: Stage): Promise<void> {
  const [talk] = stage.crew.talks
  const [one, other] = stage.cluster.nodes
  if (!talk || !one || !other) return
  talk.customer.pin = one.port
  talk.answers.pin = other.port
  for (const person of [talk.customer, talk.answers]) {
    person.line.cut()
    await person.ask(person.reader === 'customer' ? 'listConversations' : 'countInbox', {})
  }
  await stage.pause(500)
}

const redisOf = (stage: Stage) =>
  Promise.all(
    stage.cluster.nodes.map(({ port }) =>
      fetch(`http://127.0.0.1:${port}/readyz`).then((answer) => answer.json() as Promise<{ redis: string }>),
    ),
  )

async function untilConnected(stage: Stage): Promise<void> {
  const from = performance.now()
  while (performance.now() - from < stage.within(10_000)) {
    if ((await redisOf(stage)).every(({ redis }) => redis === 'connected')) return
    await stage.pause(100)
  }
  stage.must(false, 'Not every node was connected to Redis again within 10 s.')
}

export const redisRestarted: Scenario = {
  id: 'F06',
  title: 'Redis restarted, and emptied',
  async play(stage) {
    const { redis } = stage.cluster
    await onTwoNodes(stage)
    stage.load(40, { cuts: false })
    await stage.pause(1_000)
    await stage.fault('Redis stopped', async () => {
      await redis.stop()
      await acrossNodes(stage, slowWithinMs, 'without Redis')
      await stage.pause(2_000)
      await redis.start()
      await untilConnected(stage)
    })
    await acrossNodes(stage, quickWithinMs, 'after Redis came back')
    await stage.fault('FLUSHALL', async () => {
      await redis.ask('FLUSHALL')
      await acrossNodes(stage, quickWithinMs, 'after Redis was emptied')
    })
  },
}

export const redisSilent: Scenario = {
  id: 'F07',
  title: 'Redis out of reach: packets swallowed, no connection closed',
  async play(stage) {
    await onTwoNodes(stage)
    stage.load(40, { cuts: false })
    await stage.pause(1_000)
    await stage.fault('lines to Redis held', async () => {
      for (const line of stage.lines.redis) line.hold('both')
      await acrossNodes(stage, slowWithinMs, 'while Redis is silent')
      await stage.pause(8_000)
      for (const line of stage.lines.redis) line.release('lose')
      await untilConnected(stage)
    })
    await acrossNodes(stage, quickWithinMs, 'after the silence')
  },
}

export const redisThrottled: Scenario = {
  id: 'F08',
  title: 'one node’s line from Redis throttled to 10 kB/s until its subscription is cut',
  async play(stage) {
    await onTwoNodes(stage)
    stage.load(60, { cuts: false })
    await stage.pause(500)
    await stage.fault('subscription throttled and cut', async () => {
      await stage.cluster.redis.ask('CONFIG SET client-output-buffer-limit "pubsub 65536 32768 2"')
      stage.lines.redis[1]?.throttle(10_000)
      await acrossNodes(stage, slowWithinMs, 'while one node hears late')
      await stage.pause(6_000)
      stage.lines.redis[1]?.throttle(null)
      await untilConnected(stage)
    })
    await acrossNodes(stage, quickWithinMs, 'after the throttle')
  },
}
