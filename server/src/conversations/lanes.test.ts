import { describe, expect, it } from 'vitest'
import { createLanes } from './lanes.ts'

/** One lane whose batches end when told, on a clock that is turned. */
function oneLane() {
  const turned = { ms: 0 }
  const begun: { batch: number[]; end: () => void }[] = []
  const waiters: (() => void)[] = []
  const lanes = createLanes<number>(
    1,
    (batch) =>
      new Promise((end) => {
        begun.push({ batch, end })
        for (const wake of waiters.splice(0)) wake()
      }),
    () => turned.ms,
  )
  return {
    lanes,
    begun,
    turn(ms: number) {
      turned.ms += ms
    },
    add(count: number) {
      for (let at = 0; at < count; at += 1) lanes.add('cnv_one', at)
    },
    async begins(number: number) {
      while (begun.length < number) await new Promise<void>((wake) => waiters.push(wake))
    },
  }
}

describe('lanes', () => {
  it('expect no wait while nothing is worked on, however long the last batch took', async () => {
    const { lanes, begun, add, begins, turn } = oneLane()
    expect(lanes.waitMs('cnv_one')).toBe(0)
    add(1)
    await begins(1)
    turn(5_000)
    begun[0]?.end()
    await lanes.drain()
    expect(lanes.waitMs('cnv_one')).toBe(0)
  })

  it('expect what is left of a batch like the last ones, and one more for each full batch in line', async () => {
    const { lanes, begun, add, begins, turn } = oneLane()
    add(1)
    await begins(1)
    turn(100)
    begun[0]?.end()
    await lanes.drain()
    add(1)
    await begins(2)
    turn(40)
    expect(lanes.waitMs('cnv_one')).toBe(60)
    add(127)
    expect(lanes.waitMs('cnv_one')).toBe(60)
    add(130)
    expect(lanes.waitMs('cnv_one')).toBe(260)
    begun[1]?.end()
    await begins(3)
    expect(begun[2]?.batch).toHaveLength(128)
  })

  it('expect a batch that takes longer than the last ones to take as long again', async () => {
    const { lanes, add, begins, turn } = oneLane()
    add(1)
    await begins(1)
    turn(1_500)
    expect(lanes.waitMs('cnv_one')).toBe(1_500)
  })
})
