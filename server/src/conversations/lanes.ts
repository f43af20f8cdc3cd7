/** Larger batches only add latency: past this size a batch's cost grows with its rows. */
const batchSize = 128

/** What a full batch takes until one has been seen. */
const firstFullMs = 250
/** It is believed at once when it becomes slower, and by this much when it becomes faster. */
const fasterCounts = 0.3

export interface Lanes<Entry> {
  readonly waiting: number
  /** How long what is added now is expected to wait until work on it begins. */
  waitMs(key: string): number
  add(key: string, entry: Entry): void
  /** Takes who may leave out of each line, oldest first, until what is left of it fits one batch. */
  shorten(mayLeave: (entry: Entry) => boolean): Entry[]
  /** Resolves when everything added so far has been worked on. */
  drain(): Promise<void>
}

interface Lane<Entry> {
  queue: Entry[]
  running: Promise<void> | null
  fullMs: number
  batchFrom: number | null
}

/**
 * Batches of what waits, in order for each key; `left` is how many wait behind one. While one lane waits for the database
 * another decides and tells: the processors of server, database and clients are all at work.
 */
export function createLanes<Entry>(
  count: number,
  work: (batch: Entry[], left: number) => Promise<void>,
  now: () => number = () => performance.now(),
): Lanes<Entry> {
  const lanes = Array.from(
    { length: count },
    (): Lane<Entry> => ({ queue: [], running: null, fullMs: firstFullMs, batchFrom: null }),
  )
  let waiting = 0

  const laneOf = (key: string) => lanes[hashOf(key) % count] as Lane<Entry>

  async function run(lane: Lane<Entry>): Promise<void> {
    while (lane.queue.length > 0) {
      const batch = lane.queue.splice(0, batchSize)
      waiting -= batch.length
      const from = now()
      lane.batchFrom = from
      await work(batch, lane.queue.length)
      if (batch.length === batchSize) {
        const slower = now() - from - lane.fullMs
        lane.fullMs += slower > 0 ? slower : slower * fasterCounts
      }
      lane.batchFrom = null
    }
    lane.running = null
  }

  return {
    get waiting() {
      return waiting
    },
    waitMs(key) {
      const { queue, fullMs, batchFrom } = laneOf(key)
      if (batchFrom === null) return 0
      // What has taken long so far may take as long again.
      return now() - batchFrom + Math.floor(queue.length / batchSize) * fullMs
    },
    add(key, entry) {
      const lane = laneOf(key)
      lane.queue.push(entry)
      waiting += 1
      // Whatever else arrives in this turn of the event loop shares the transaction.
      lane.running ??= new Promise<void>((next) => setImmediate(next)).then(() => run(lane))
    },
    shorten(mayLeave) {
      const left: Entry[] = []
      for (const lane of lanes) {
        let over = lane.queue.length - batchSize
        if (over <= 0) continue
        lane.queue = lane.queue.filter((entry) => {
          if (over <= 0 || !mayLeave(entry)) return true
          over -= 1
          left.push(entry)
          return false
        })
      }
      waiting -= left.length
      return left
    },
    async drain() {
      for (const lane of lanes) while (lane.running) await lane.running
    },
  }
}

function hashOf(key: string): number {
  let hash = 0
  for (let at = 0; at < key.length; at += 1) hash = (Math.imul(hash, 31) + key.charCodeAt(at)) >>> 0
  return hash
}
