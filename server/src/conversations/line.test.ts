import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLine } from './line.ts'

/** Batches end when told, and the clock is turned by hand. */
function openLine() {
  const begun: { batch: string[]; left: number; end: () => void }[] = []
  const line = createLine<string>((batch, left) => new Promise((end) => begun.push({ batch, left, end })))
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
  return {
    line,
    begun,
    pass,
    /** Named by their conversation and their number. */
    add(key: string, count = 1) {
      for (let at = 0; at < count; at += 1) line.add(key, `${key} ${at}`)
    },
    async begins(number: number) {
      await pass(0)
      expect(begun).toHaveLength(number)
    },
    async ends(number: number) {
      begun[number - 1]?.end()
      await pass(0)
    },
  }
}

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'],
  })
})

afterEach(() => {
  vi.useRealTimers()
})

describe('a line', () => {
  it('begins at once with whoever comes alone, one after the other', async () => {
    const { add, begins, ends } = openLine()
    for (let number = 1; number <= 3; number += 1) {
      add('one')
      await begins(number)
      await ends(number)
    }
  })

  it('puts whoever arrives in the same turn into one batch', async () => {
    const { begun, add, begins } = openLine()
    add('one', 2)
    add('two')
    await begins(1)
    expect(begun[0]?.batch).toEqual(['one 0', 'one 1', 'two 0'])
  })

  it('gathers for eight milliseconds once a batch was shared, and goes on gathering while it is', async () => {
    const { begun, add, begins, ends, pass } = openLine()
    add('one', 2)
    await begins(1)
    await pass(3)
    await ends(1)
    add('two')
    await begins(1)
    await pass(2)
    add('three')
    await pass(2)
    await begins(1)
    await pass(1)
    await begins(2)
    expect(begun[1]?.batch).toEqual(['two 0', 'three 0'])
  })

  it('gathers no longer than until a batch is well filled', async () => {
    const { add, begins, ends } = openLine()
    add('one', 2)
    await begins(1)
    await ends(1)
    add('two', 31)
    await begins(1)
    add('three')
    await begins(2)
  })

  it('begins a well filled batch beside another, and a third only when both are held up', async () => {
    const { begun, add, begins, pass } = openLine()
    add('one')
    await begins(1)
    add('two', 32)
    await begins(2)
    add('three', 32)
    await pass(99)
    await begins(2)
    await pass(1)
    await begins(3)
    expect(begun[2]?.batch[0]).toBe('three 0')
    add('four', 32)
    await pass(60_000)
    await begins(3)
  })

  it('keeps the order of a conversation, and lets the others past what holds it up', async () => {
    const { begun, add, begins, ends, pass } = openLine()
    add('stuck')
    await begins(1)
    add('stuck')
    add('other')
    await pass(99)
    await begins(1)
    await pass(1)
    await begins(2)
    expect(begun[1]?.batch).toEqual(['other 0'])
    await ends(2)
    add('other')
    await begins(3)
    await ends(3)
    await pass(60_000)
    await begins(3)
    await ends(1)
    await begins(4)
    expect(begun[3]?.batch).toEqual(['stuck 0'])
  })

  it('is drained when nobody waits and nothing is under way, while it gathers too', async () => {
    const { line, add, begins, ends, pass } = openLine()
    await line.drain()
    add('one', 2)
    await begins(1)
    add('two')
    const drained = vi.fn()
    const draining = line.drain().then(drained)
    await ends(1)
    await pass(7)
    expect(drained).not.toHaveBeenCalled()
    await pass(1)
    await begins(2)
    expect(drained).not.toHaveBeenCalled()
    await ends(2)
    await draining
  })
})

describe('what a line expects somebody to wait', () => {
  it('is nothing while nothing is under way, however long the last batch took', async () => {
    const { line, add, begins, ends, pass } = openLine()
    expect(line.waitMs('one')).toBe(0)
    add('one')
    await begins(1)
    await pass(5_000)
    await ends(1)
    expect(line.waitMs('one')).toBe(0)
  })

  it('is as long as the batch before it has taken so far, but not for those it does not hold up', async () => {
    const { line, add, begins, pass } = openLine()
    add('one')
    await begins(1)
    await pass(1_500)
    expect(line.waitMs('one')).toBe(1_500)
    expect(line.waitMs('two')).toBe(100)
  })

  it('is that for everybody once no other may go past', async () => {
    const { line, add, begins, pass } = openLine()
    for (const [number, key] of ['one', 'two', 'three'].entries()) {
      add(key)
      await pass(100)
      await begins(number + 1)
    }
    await pass(1_000)
    expect(line.waitMs('four')).toBe(1_100)
  })

  it('is a full batch for each two in line before it', async () => {
    const { line, begun, add, begins, ends, pass } = openLine()
    add('one')
    await begins(1)
    await pass(40)
    add('one', 255)
    expect(line.waitMs('one')).toBe(40)
    add('one', 257)
    expect(line.waitMs('one')).toBe(40 + 2 * 250)
    await ends(1)
    await begins(2)
    expect(begun[1]).toMatchObject({ left: 256 })
    expect(begun[1]?.batch).toHaveLength(128)
    expect(line.waitMs('one')).toBe(250)
  })

  it('is learned at once when a full batch has become slower, and little by little when faster', async () => {
    const { line, add, begins, ends, pass } = openLine()
    add('one', 128)
    await begins(1)
    await pass(800)
    await ends(1)
    add('one', 128)
    await begins(2)
    add('one', 256)
    expect(line.waitMs('one')).toBe(800)
    await pass(100)
    await ends(2)
    await begins(3)
    add('one', 128)
    expect(line.waitMs('one')).toBeCloseTo(800 - 0.3 * 700)
  })
})

describe('a line that is too long', () => {
  it('lets go whom it is told to, oldest first, and nobody whom the next two batches hold', async () => {
    const { line, begun, add, begins, ends } = openLine()
    add('one')
    await begins(1)
    add('one', 259)
    expect(line.shorten((entry) => entry !== 'one 1')).toEqual(['one 0', 'one 2', 'one 3'])
    expect(line.waiting).toBe(256)
    expect(line.shorten(() => true)).toEqual([])
    await ends(1)
    await begins(2)
    expect(begun[1]?.batch).toHaveLength(128)
    expect(begun[1]?.batch.slice(0, 3)).toEqual(['one 1', 'one 4', 'one 5'])
  })
})
