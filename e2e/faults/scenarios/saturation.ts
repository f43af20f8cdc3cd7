import { newRequestId } from '@parley/shared/client/request-id.ts'
import { quantile } from '../../bench/quantiles.ts'
import type { Scenario, Stage } from '../rig/stage.ts'
import { until } from '../rig/until.ts'

const ackWithinMs = 500
const refuseWithinMs = 1_000
const recoverWithinMs = 10_000
const stepMs = 2_000
const steps = [20, 40, 80, 160, 320, 640] as const
/** Beyond what was kept up with. */
const excess = 4

interface Step {
  perSecond: number
  ackP99Ms: number
  refusals: { reason: string; ms: number }[]
}

export const saturated: Scenario = {
  id: 'F23',
  title: 'more and more messages up to what is kept up with, and four times as many',
  talks: 20,
  async play(stage) {
    // The first seconds after a start are not what is asked about.
    await sendAt(stage, steps[0])
    let kept = 0
    for (const perSecond of steps) {
      const step = await sendAt(stage, perSecond)
      if (step.ackP99Ms > stage.within(ackWithinMs) || step.refusals.length > 0) break
      kept = perSecond
    }
    stage.must(kept > 0, `Not even ${steps[0]} messages a second are kept up with.`)
    const beyond = await stage.fault('four times as many', () => sendAt(stage, kept * excess))
    const late = beyond.refusals.filter(({ ms }) => ms > stage.within(refuseWithinMs))
    stage.must(
      late.length === 0,
      `“Try again” took up to ${Math.max(...late.map(({ ms }) => ms))} ms.`,
      late[0],
    )
    const isCalm = async () => (await sendAt(stage, steps[0])).ackP99Ms <= stage.within(ackWithinMs)
    stage.must(
      (await until(isCalm, stage.within(recoverWithinMs))) !== undefined,
      'It did not recover within 10 s.',
    )
  },
}

/** Evenly, whether or not what came before was answered; who is told to try again does, until it is taken. */
async function sendAt(stage: Stage, perSecond: number): Promise<Step> {
  const { crew, recorder } = stage
  const refusals: Step['refusals'] = []
  const acks: number[] = []
  const open = new Set<Promise<void>>()
  const from = performance.now()

  async function sendOne(number: number): Promise<void> {
    const { conversationId, customer, answers } = crew.talks[number % crew.talks.length] ?? never()
    const person = number % 2 === 0 ? customer : answers
    const wish = { requestId: newRequestId(), conversationId, text: `${perSecond} a second, ${number}` }
    recorder.submit({ ...wish, client: person.name, kind: 'message', isAtOnce: true })
    const began = performance.now()
    const outcome = await person.once('sendMessage', wish)
    const ms = performance.now() - began
    if (outcome.ok) acks.push(ms)
    else {
      refusals.push({ reason: outcome.refusal.reason ?? outcome.refusal.code, ms })
      await person.ask('sendMessage', wish)
    }
  }

  for (let sent = 0; performance.now() - from < stepMs; ) {
    for (const due = ((performance.now() - from) / 1_000) * perSecond; sent < due; sent += 1) {
      const sending = sendOne(sent).finally(() => open.delete(sending))
      open.add(sending)
    }
    await stage.pause(5)
  }
  await Promise.all(open)
  return { perSecond, ackP99Ms: acks.length === 0 ? 0 : quantile(acks, 0.99), refusals }
}

function never(): never {
  throw new Error('Nobody talks.')
}
