import { describe, expect, it } from 'vitest'
import { createLag } from './lag.ts'

/** An event loop whose turns take what they are told to. */
function loop() {
  const turned = { ms: 0 }
  const lag = createLag(() => turned.ms)
  return {
    lag,
    /** Into the turn under way, with nobody come round yet. */
    on(ms: number) {
      turned.ms += ms
    },
    turn(ms: number) {
      turned.ms += ms
      lag.tick()
    },
  }
}

describe('the lag of a process', () => {
  it('[L10] does not stand while turns are short, nor in the first long one, however long', () => {
    const { lag, turn, on } = loop()
    for (let count = 0; count < 20; count += 1) turn(60)
    expect(lag.isStanding()).toBe(false)
    on(5_000)
    expect(lag.isStanding()).toBe(false)
  })

  it('[L10] stands from when a turn after a long one is long as well, and no sooner', () => {
    const { lag, turn, on } = loop()
    turn(400)
    expect(lag.isStanding()).toBe(false)
    on(240)
    expect(lag.isStanding()).toBe(false)
    on(10)
    expect(lag.isStanding()).toBe(true)
    turn(50)
    expect(lag.isStanding()).toBe(false)
    on(250)
    expect(lag.isStanding()).toBe(true)
  })

  it('[L10] is over once turns have been short for half a second', () => {
    const { lag, turn, on } = loop()
    turn(400)
    turn(400)
    for (let count = 0; count < 10; count += 1) turn(50)
    on(1_000)
    expect(lag.isStanding()).toBe(false)
  })

  it('[L10] is seen in a loop that really is kept busy, and not any more when that is over', async () => {
    const lag = createLag()
    const next = () => new Promise<void>((go) => setImmediate(go))
    const busyFor = (ms: number) => {
      for (const from = performance.now(); performance.now() - from < ms; );
    }
    lag.start()
    try {
      await next()
      for (let turns = 0; turns < 3; turns += 1) {
        busyFor(400)
        await next()
      }
      busyFor(400)
      expect(lag.isStanding()).toBe(true)
      while (lag.isStanding()) await next()
    } finally {
      lag.stop()
    }
  })
})
