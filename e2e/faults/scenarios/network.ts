import { residentBytesOf } from '../../bench/processes.ts'
import { quantile } from '../../bench/quantiles.ts'
import type { Scenario } from '../rig/stage.ts'

export const badLines: Scenario = {
  id: 'F13',
  title: 'jitter of 300 ms, stalls in one direction, frames cut in half',
  async play(stage) {
    const { crew, chance, recorder } = stage
    const before = new Map(crew.everybody().map((person) => [person, person.connects]))
    stage.load(40, { cuts: false })
    await stage.fault('bad lines', async () => {
      for (const { line } of crew.everybody()) line.delay(() => chance.between(0, 300))
      for (let stall = 0; stall < 10 * stage.rounds; stall += 1) {
        const person = crew.everybody()[Math.floor(chance.fraction() * crew.everybody().length)]
        person?.line.hold(chance.happens(0.5) ? 'toServer' : 'toClient')
        await stage.pause(chance.between(300, 900))
        person?.line.release()
      }
    })
    const reconnects = crew.everybody().map((person) => person.connects - (before.get(person) ?? 0))
    stage.must(
      Math.max(...reconnects) <= 1,
      `Jitter made somebody connect ${Math.max(...reconnects)} times anew.`,
    )
    const p99 = quantile(recorder.ackMs(), 0.99)
    stage.must(p99 < stage.within(10_000), `Acknowledgements took ${Math.round(p99)} ms (p99).`)
    await stage.fault('frames cut in half', async () => {
      for (const { line } of crew.everybody()) {
        line.halve(chance.happens(0.5) ? 'toServer' : 'toClient')
        await stage.pause(100)
      }
      await stage.pause(2_000)
    })
  },
}

export const lostAcknowledgements: Scenario = {
  id: 'F14',
  title: 'acknowledgements lost: what is sent arrives, nothing comes back',
  async play(stage) {
    const { crew } = stage
    const customers = crew.talks.map(({ customer }) => customer)
    stage.load(30, { cuts: false })
    await stage.pause(1_000)
    for (let round = 0; round < stage.rounds; round += 1)
      await stage.fault('nothing reaches clients', async () => {
        for (const { line } of customers) line.hold('toClient')
        await stage.pause(4_000)
        for (const { line } of customers) line.release('lose')
        await stage.pause(1_500)
      })
  },
}

export const reloaded: Scenario = {
  id: 'F27',
  title: 'pages reloaded with unsent messages in the outbox',
  async play(stage) {
    const { crew } = stage
    await stage.fault('offline, five messages each, reload', async () => {
      for (const { customer } of crew.talks) customer.line.hold('both')
      for (const { customer, conversationId } of crew.talks)
        for (let number = 1; number <= 5; number += 1)
          customer.say(conversationId, `unsent ${number} of ${customer.name}`)
      await stage.pause(500)
      for (const { customer } of crew.talks) customer.reload()
      await stage.pause(500)
      for (const { customer } of crew.talks) customer.line.release('lose')
    })
    await stage.pause(1_000)
  },
}

const slowBytesPerSecond = 1_000
const mostGrowthBytes = 200 * 1024 * 1024

export const slowReaders: Scenario = {
  id: 'F17',
  title: 'customers who read 1 kB/s while their conversations are busy',
  async play(stage) {
    const { crew, cluster } = stage
    const memory = () => cluster.nodes.map(({ pid }) => residentBytesOf(pid))
    const before = memory()
    stage.load(60, { cuts: false })
    // As long as a message may be, so that the buffers of the system fill up.
    const long = '界'.repeat(4_900)
    await stage.fault('customers read slowly', async () => {
      for (const { customer } of crew.talks) customer.line.throttle(slowBytesPerSecond)
      for (let number = 0; number < 12 * stage.rounds; number += 1) {
        for (const { answers, conversationId } of crew.talks) answers.say(conversationId, `${number} ${long}`)
        await stage.pause(500)
      }
      const growth = memory().map((bytes, at) => bytes - (before[at] ?? 0))
      stage.must(
        Math.max(...growth) < mostGrowthBytes,
        `A node grew by ${Math.round(Math.max(...growth) / 1024 ** 2)} MB.`,
      )
    })
  },
}
