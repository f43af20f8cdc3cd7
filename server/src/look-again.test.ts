import { expect, it } from 'vitest'
import { lookAgain } from './look-again.ts'
import { waitFor } from './testing/wait-for.ts'

const never = 600_000

/** A look that lasts until it is ended by hand. */
function heldOpen() {
  const ends: ((fault?: Error) => void)[] = []
  const look = () =>
    new Promise<void>((resolve, reject) => {
      ends.push((fault) => (fault ? reject(fault) : resolve()))
    })
  return { ends, look }
}

it('looks at once when it starts, one look at a time, and once more for all that came meanwhile', async () => {
  const { ends, look } = heldOpen()
  const looking = lookAgain(look, { gatherMs: 1, lookMs: never }, () => {})
  looking.wake()
  expect(ends).toHaveLength(0)
  looking.start()
  await waitFor(() => ends.length === 1)
  for (let times = 0; times < 5; times += 1) looking.wake()
  ends[0]?.()
  await waitFor(() => ends.length === 2)
  ends[1]?.()
  await looking.stop()
  expect(ends).toHaveLength(2)
})

it('looks by itself too, and goes on after a fault that it tells of', async () => {
  const { ends, look } = heldOpen()
  const faults: unknown[] = []
  const looking = lookAgain(look, { gatherMs: never, lookMs: 1 }, (fault) => faults.push(fault))
  looking.start()
  await waitFor(() => ends.length === 1)
  const fault = new Error('The database is away')
  ends[0]?.(fault)
  await waitFor(() => ends.length === 2)
  expect(faults).toEqual([fault])
  const stopped = looking.stop()
  ends[1]?.()
  await stopped
})
