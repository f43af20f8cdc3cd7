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

  it('expect no more than the batch under way where there is room in the next, and a full one for each in line', async () => {
    const { lanes, begun, add, begins, turn } = oneLane()
    add(1)
    await begins(1)
    turn(40)
    add(127)
    expect(lanes.waitMs('cnv_one')).toBe(40)
    add(129)
    expect(lanes.waitMs('cnv_one')).toBe(40 + 2 * 250)
    begun[0]?.end()
    await begins(2)
    expect(begun[1]?.batch).toHaveLength(128)
    expect(lanes.waitMs('cnv_one')).toBe(250)
  })

  it('learn at once that a full batch has become slower, and little by little that it has become faster', async () => {
    const { lanes, begun, add, begins, turn } = oneLane()
    add(128)
    await begins(1)
    turn(800)
    begun[0]?.end()
    await lanes.drain()
    add(128)
    await begins(2)
    add(128)
    expect(lanes.waitMs('cnv_one')).toBe(800)
    turn(100)
    begun[1]?.end()
    await begins(3)
    add(128)
    expect(lanes.waitMs('cnv_one')).toBeCloseTo(800 - 0.3 * 700)
  })

  it('expect a batch that has taken long to take as long again', async () => {
    const { lanes, add, begins, turn } = oneLane()
    add(1)
    await begins(1)
    turn(1_500)
    expect(lanes.waitMs('cnv_one')).toBe(1_500)
  })

  it('let go whom they are told to, oldest first, and nobody whom the next batch holds', async () => {
    const { lanes, begun, add, begins } = oneLane()
    add(1)
    await begins(1)
    add(131)
    expect(lanes.shorten((entry) => entry !== 1)).toEqual([0, 2, 3])
    expect(lanes.waiting).toBe(128)
    expect(lanes.shorten(() => true)).toEqual([])
    begun[0]?.end()
    await begins(2)
    expect(begun[1]?.batch).toHaveLength(128)
    expect(begun[1]?.batch.slice(0, 3)).toEqual([1, 4, 5])
  })
})
