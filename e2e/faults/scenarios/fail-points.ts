import { killAfterCommit, nodeWithFailPoints } from '../rig/fail-points.ts'
import type { Scenario, Stage } from '../rig/stage.ts'

const shownWithinMs = 5_000

/** The customer on the first node, who answers on the second. */
async function apart(stage: Stage) {
  const [talk] = stage.crew.talks
  const [one, other] = stage.cluster.nodes
  if (!talk || !one || !other) throw new Error('Two nodes are needed.')
  talk.customer.pin = one.port
  talk.answers.pin = other.port
  talk.customer.line.cut()
  talk.answers.line.cut()
  await talk.customer.ask('listConversations', {})
  await talk.answers.ask('countInbox', {})
  await stage.pause(500)
  return { ...talk, node: one }
}

async function untilEnded(stage: Stage, node: Stage['cluster']['nodes'][number]): Promise<void> {
  const from = performance.now()
  while (!node.hasEnded() && performance.now() - from < stage.within(10_000)) await stage.pause(20)
  stage.must(node.hasEnded(), 'The node was not killed at its fail point.')
  await node.kill()
}

export const killedBeforeAck: Scenario = {
  id: 'F02',
  title: 'a node killed between commit and acknowledgement',
  talks: 5,
  async play(stage) {
    stage.load(10, { cuts: false, talks: stage.crew.talks.slice(1) })
    for (let round = 0; round < stage.rounds; round += 1)
      await stage.fault('killed after a commit', async () => {
        const { customer, conversationId, node } = await apart(stage)
        const requestId = customer.say(conversationId, `${killAfterCommit} ${round}`)
        await untilEnded(stage, node)
        const [row] = await stage.store.query('select seq from events where request_id = $1', [requestId])
        stage.must(row !== undefined, 'The node was killed before the commit.')
        customer.pin = null
        const from = performance.now()
        const isSent = () =>
          stage.recorder.history.sent.some((wish) => wish.requestId === requestId && wish.result === 'ok')
        while (!isSent() && performance.now() - from < stage.within(15_000)) await stage.pause(20)
        stage.must(isSent(), 'The repeat was not acknowledged by another node.')
        await node.start()
      })
  },
}

export const killedBeforeBroadcast: Scenario = {
  id: 'F03',
  title: 'a node killed between commit and broadcast, its client gone as well',
  talks: 5,
  async play(stage) {
    stage.load(10, { cuts: false, talks: stage.crew.talks.slice(1) })
    for (let round = 0; round < stage.rounds; round += 1)
      await stage.fault('killed after a commit', async () => {
        const { customer, answers, conversationId, node } = await apart(stage)
        const saidAt = stage.recorder.now()
        const requestId = customer.say(conversationId, `${killAfterCommit} unheard ${round}`)
        await untilEnded(stage, node)
        customer.line.hold('both')
        const from = performance.now()
        const isShown = () =>
          answers
            .feed(conversationId)
            .get()
            .events.some((event) => event.requestId === requestId)
        while (!isShown() && performance.now() - from < stage.within(shownWithinMs)) await stage.pause(20)
        stage.must(isShown(), `The other side did not show the message within ${shownWithinMs / 1_000} s.`)
        // An open conversation also asks by itself every 30 s: that is not what is looked for here.
        const isTold = stage.recorder.history.frames.some(
          (frame) =>
            frame.client === answers.name &&
            frame.name === 'head' &&
            frame.conversationId === conversationId &&
            frame.at > saidAt,
        )
        stage.must(isTold, 'No other node noticed what the killed one had written.')
        customer.line.release('lose')
        customer.pin = null
        await node.start()
      })
  },
}

const skewMs = 10 * 60_000

/** The first node is right, the second is ahead, the third behind. */
export const clockOffsets = (node: number): Record<string, string> => ({
  FAULT_CLOCK_OFFSET_MS: String([0, skewMs, -skewMs][node] ?? 0),
})

export const skewedClocks: Scenario = {
  id: 'F25',
  title: 'clocks ten minutes ahead and behind, and one that steps back an hour',
  async play(stage) {
    const { cluster, crew } = stage
    for (const [at, expected] of [200, 503, 503].entries()) {
      const answer = await fetch(`http://127.0.0.1:${cluster.nodes[at]?.port}/readyz`)
      const { status } = (await answer.json()) as { status: string }
      stage.must(
        answer.status === expected,
        `Node ${at + 1} answers /readyz with ${answer.status} ${status}.`,
      )
    }
    // Balancers differ: some leave on a node what is there already.
    for (const [at, { customer }] of crew.talks.entries()) {
      customer.pin = cluster.nodes[at % 3]?.port ?? null
      customer.line.cut()
    }
    stage.load(30, { cuts: false })
    await stage.pause(1_500)
    const first = cluster.nodes[0]
    await stage.fault('a step back of an hour', async () => {
      if (first) process.kill(first.pid, 'SIGUSR2')
      await stage.pause(4_000)
      if (first) process.kill(first.pid, 'SIGUSR2')
      const from = performance.now()
      while (
        !stage.site.ready().includes(first?.port ?? 0) &&
        performance.now() - from < stage.within(10_000)
      )
        await stage.pause(100)
    })
  },
}

export const failPoints = { program: nodeWithFailPoints }
