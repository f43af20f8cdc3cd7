import { describe, expect, it } from 'vitest'
import { createWatchers, gather } from './watchers.ts'

describe('watchers', () => {
  it('are told at each change, and once of all that changes together', () => {
    const { watch, tell, together } = createWatchers()
    let told = 0
    const forget = watch(() => {
      told += 1
    })
    tell()
    tell()
    expect(told).toBe(2)
    together(() => {
      tell()
      together(tell)
      tell()
      expect(told).toBe(2)
    })
    expect(told).toBe(3)
    together(() => {})
    expect(told).toBe(3)
    forget()
    tell()
    expect(told).toBe(3)
  })

  it('are told of what had changed when the rest failed', () => {
    const { watch, tell, together } = createWatchers()
    let told = 0
    watch(() => {
      told += 1
    })
    expect(() =>
      together(() => {
        tell()
        throw new Error('broken')
      }),
    ).toThrow('broken')
    expect(told).toBe(1)
    tell()
    expect(told).toBe(2)
  })
})

describe('gather', () => {
  it('takes what came in one turn at once, in order, and the next turn for itself', async () => {
    const taken: (readonly number[])[] = []
    const hear = gather<number>((values) => taken.push(values))
    for (let at = 0; at < 200; at += 1) hear(at)
    expect(taken).toEqual([])
    await Promise.resolve()
    hear(200)
    await Promise.resolve()
    expect(taken).toEqual([Array.from({ length: 200 }, (_, at) => at), [200]])
  })
})
