import { DatabaseUnavailable } from './unavailable.ts'

type Waiting = { alone: boolean; go: () => void }

/** One connection serves everybody: a transaction has it alone, single statements share it; first come, first served. */
export function createTurns(mostWaiting: number) {
  const queue: Waiting[] = []
  let sharing = 0
  let taken = false

  const fits = (alone: boolean) => !taken && !(alone && sharing > 0)

  function enter(alone: boolean) {
    if (alone) taken = true
    else sharing += 1
  }

  function leave(alone: boolean) {
    if (alone) taken = false
    else sharing -= 1
    for (let next = queue[0]; next && fits(next.alone); next = queue[0]) {
      queue.shift()
      enter(next.alone)
      next.go()
    }
  }

  async function run<T>(alone: boolean, work: () => Promise<T>): Promise<T> {
    if (queue.length === 0 && fits(alone)) enter(alone)
    else if (queue.length >= mostWaiting) {
      throw new DatabaseUnavailable('Too much is waiting for the database. Try again in a moment.')
    } else await new Promise<void>((go) => queue.push({ alone, go }))
    try {
      return await work()
    } finally {
      leave(alone)
    }
  }

  return {
    shared: <T>(work: () => Promise<T>) => run(false, work),
    alone: <T>(work: () => Promise<T>) => run(true, work),
    get waiting() {
      return queue.length
    },
    get isTaken() {
      return taken || sharing > 0
    },
  }
}
