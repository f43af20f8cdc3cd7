import { quantile } from '../../bench/quantiles.ts'
import type { Scenario, Stage } from '../rig/stage.ts'
import { until } from '../rig/until.ts'
import { startWriters, type Writers } from '../rig/writers.ts'

const ackWithinMs = 500
const refuseWithinMs = 1_000
const aliveWithinMs = 1_000
const recoverWithinMs = 10_000
const stepMs = 2_000
const beyondMs = 4_000
const steps = [25, 50, 100, 200, 400, 800, 1_600] as const
/** Times what was kept up with; the first of them that is too much is the one asked about. */
const excesses = [2, 4, 8, 16, 32] as const

interface Step {
  perSecond: number
  ackP99Ms: number
  /** While so many were sent. */
  takenPerSecond: number
  refusals: { reason: string; ms: number }[]
  /** How much longer work took then than on a machine of its own. */
  stretch: number
}

export const saturated: Scenario = {
  id: 'F23',
  title: 'more and more messages up to what is kept up with, and many times as many',
  talks: 20,
  async play(stage) {
    const writers = await startWriters(stage)
    try {
      // The first seconds after a start are not what is asked about.
      await step(stage, writers, steps[0])
      let kept: Step | undefined
      let most = 0
      for (const perSecond of steps) {
        const asked = await step(stage, writers, perSecond)
        if (asked.ackP99Ms > ackWithinMs * asked.stretch || asked.refusals.length > 0) break
        kept = asked
        most = Math.max(most, asked.takenPerSecond)
      }
      if (!kept) return stage.must(false, `Not even ${steps[0]} messages a second are kept up with.`)
      const beyond = await goBeyond(stage, writers, kept.perSecond)
      stage.must(beyond.refusals.length > 0, 'However many were sent, nobody was told to try again.', beyond)
      const late = beyond.refusals.filter(({ ms }) => ms > refuseWithinMs * beyond.stretch)
      const slowest = Math.round(Math.max(0, ...late.map(({ ms }) => ms)))
      stage.must(late.length === 0, `“Try again” took up to ${slowest} ms.`, late.slice(0, 5))
      // Where the machine has less left for it than before, less is taken.
      const least = (most / 2) * Math.min(1, kept.stretch / beyond.stretch)
      stage.must(
        beyond.takenPerSecond >= least,
        `Of ${most} a second that were taken before, ${beyond.takenPerSecond} were left.`,
        { kept, beyond: { ...beyond, refusals: beyond.refusals.length } },
      )
      const isCalm = async () => (await step(stage, writers, steps[0])).ackP99Ms <= stage.within(ackWithinMs)
      stage.must(
        (await until(isCalm, stage.within(recoverWithinMs))) !== undefined,
        'It did not recover within 10 s.',
      )
    } finally {
      await writers.stop()
    }
  },
}

async function goBeyond(stage: Stage, writers: Writers, perSecond: number): Promise<Step> {
  for (const excess of excesses) {
    const looking = lookIn(stage)
    const beyond = await stage.fault(`${excess} times as many`, () =>
      step(stage, writers, perSecond * excess, beyondMs),
    )
    await looking.stop()
    if (beyond.refusals.length > 0 || excess === excesses.at(-1)) return beyond
  }
  throw new Error('There is nothing beyond.')
}

/** Nodes say that they live, and who reads is answered, whatever is sent. */
function lookIn(stage: Stage): { stop(): Promise<void> } {
  const { crew, site } = stage
  let isOver = false
  const timed = async (work: () => Promise<unknown>) => {
    const from = performance.now()
    await work()
    return performance.now() - from
  }
  async function look(what: string, work: () => Promise<unknown>): Promise<void> {
    let slowest = 0
    let longestMs = 0
    while (!isOver) {
      longestMs = Math.max(longestMs, stage.within(aliveWithinMs))
      const tookMs = await timed(work).catch((error: unknown) => error)
      if (typeof tookMs !== 'number') return stage.must(false, `${what} was refused.`, `${tookMs}`)
      slowest = Math.max(slowest, tookMs)
      await stage.pause(100)
    }
    stage.must(slowest <= longestMs, `${what} took up to ${Math.round(slowest)} ms.`)
  }
  const looks = [
    ...site.ready().map((port) => look('/healthz', () => fetch(`http://127.0.0.1:${port}/healthz`))),
    ...crew.talks
      .slice(0, 1)
      .map(({ conversationId, customer }) =>
        look('Reading', () => customer.ask('readConversation', { conversationId, after: 0, limit: 20 })),
      ),
  ]
  return {
    async stop() {
      isOver = true
      await Promise.all(looks)
    },
  }
}

async function step(stage: Stage, writers: Writers, perSecond: number, forMs = stepMs): Promise<Step> {
  // Of the time in which so many were sent: until all of it is taken the machine may have become another.
  const stretched = stage.pause(forMs).then(() => stage.within(1))
  const { messages } = await writers.write(perSecond, forMs)
  const acks = messages.flatMap(({ first }) => (first.refused === null ? [first.ms] : []))
  const refusals = messages.flatMap(({ first: { refused, ms } }) =>
    refused === null ? [] : [{ reason: refused, ms }],
  )
  const endedAt = (messages[0]?.sentAt ?? 0) + forMs
  const taken = messages.filter(({ takenAt }) => takenAt !== null && takenAt <= endedAt).length
  return {
    perSecond,
    ackP99Ms: acks.length === 0 ? 0 : quantile(acks, 0.99),
    takenPerSecond: taken / (forMs / 1_000),
    refusals,
    stretch: await stretched,
  }
}
