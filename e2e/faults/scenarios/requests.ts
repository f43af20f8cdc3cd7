import { signInAs } from '../rig/person.ts'
import type { Scenario, Stage } from '../rig/stage.ts'

export const sentFiftyTimes: Scenario = {
  id: 'F15',
  title: 'one message sent fifty times at once over all nodes',
  talks: 5,
  async play(stage) {
    const { crew, cluster, recorder } = stage
    stage.load(20, { cuts: false })
    await stage.pause(1_500)
    await stage.fault('fifty tries at once', async () => {
      for (let round = 0; round < 3 * stage.rounds; round += 1) {
        const talk = crew.talks[0]
        if (!talk) return
        const { conversationId } = talk
        const screens = await priyaEverywhere(stage, `again-${round}`)
        const requestId = `fifty-${round}-of-${stage.recorder.history.seed}`
        const text = `fifty times ${round}`
        recorder.submit({ requestId, client: screens[0]?.name ?? '', conversationId, text, kind: 'message' })
        const outcomes = await Promise.all(
          Array.from({ length: 50 }, (_, at) =>
            screens[at % screens.length]?.once('sendMessage', { requestId, conversationId, text }),
          ),
        )
        const answers = new Set(
          outcomes.map((outcome) =>
            outcome?.ok
              ? `${outcome.value.position} ${outcome.value.messageId}`
              : `refused: ${JSON.stringify(outcome?.refusal)}`,
          ),
        )
        stage.must(
          answers.size === 1 && outcomes.every((outcome) => outcome?.ok),
          `Fifty tries had ${answers.size} different answers.`,
          [...answers],
        )
        stage.must(screens.length === cluster.nodes.length, 'Not every node was asked.')
      }
    })
  },
}

async function priyaEverywhere(stage: Stage, name: string) {
  const { crew, cluster } = stage
  const proof = crew.members.priya.proof()
  return Promise.all(
    cluster.nodes.map(async ({ port }, at) => {
      const screen = await crew.add(
        signInAs({ ...crew.options, pick: () => port }, 'priya', `priya-${name}-${at}`, proof),
      )
      for (const { conversationId, vendorId } of crew.talks)
        if (vendorId === null) stage.recorder.entitle(screen.name, conversationId)
      return screen
    }),
  )
}

export const otherContent: Scenario = {
  id: 'F16',
  title: 'the same request with another text',
  talks: 5,
  async play(stage) {
    stage.load(20, { cuts: false })
    await stage.pause(1_500)
    await stage.fault('another text under a used id', async () => {
      for (const { customer, conversationId } of stage.crew.talks) {
        const requestId = customer.say(conversationId, `the first text of ${customer.name}`)
        const sent = () => stage.recorder.history.sent.find((wish) => wish.requestId === requestId)
        while (sent()?.result === 'unknown') await stage.pause(10)
        const outcome = await customer.once('sendMessage', {
          requestId,
          conversationId,
          text: 'another text',
        })
        stage.must(
          !outcome.ok && outcome.refusal.code === 'conflict',
          'Another text under the same id was not refused.',
          outcome,
        )
      }
    })
    const rows = await stage.store.query(
      `select 1 from events where payload->>'text' = 'another text' and conversation_id = any($1)`,
      [stage.crew.talks.map(({ conversationId }) => conversationId)],
    )
    stage.must(rows.length === 0, 'The other text was stored.')
  },
}
