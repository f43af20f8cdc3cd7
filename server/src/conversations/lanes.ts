/** Larger batches only add latency: past this size a batch's cost grows with its rows. */
const batchSize = 128

/** The last few batches say most about the next. */
const newestCounts = 0.3

export interface Lanes<Entry> {
  readonly waiting: number
  /** How long what is added now is expected to wait until work on it begins. */
  waitMs(key: string): number
  add(key: string, entry: Entry): void
  /** Resolves when everything added so far has been worked on. */
  drain(): Promise<void>
}

interface Lane<Entry> {
  queue: Entry[]
  running: Promise<void> | null
  batchMs: number
  batchFrom: number | null
}

/**
 * Batches of what waits, in order for each key. While one lane waits for the database another decides and tells: the
 * processors of server, database and clients are all at work.
 */
export function createLanes<Entry>(
  count: number,
  work: (batch: Entry[]) => Promise<void>,
  now: () => number = () => performance.now(),
): Lanes<Entry> {
  const lanes = Array.from(
    { length: count },
    (): Lane<Entry> => ({ queue: [], running: null, batchMs: 0, batchFrom: null }),
  )
  let waiting = 0

  const laneOf = (key: string) => lanes[hashOf(key) % count] as Lane<Entry>

  async function run(lane: Lane<Entry>): Promise<void> {
    while (lane.queue.length > 0) {
      const batch = lane.queue.splice(0, batchSize)
      waiting -= batch.length
      const from = now()
      lane.batchFrom = from
      await work(batch)
      const took = now() - from
      lane.batchMs = lane.batchMs === 0 ? took : lane.batchMs + newestCounts * (took - lane.batchMs)
      lane.batchFrom = null
    }
    lane.running = null
  }

  return {
    get waiting() {
      return waiting
    },
    waitMs(key) {
      const { queue, batchMs, batchFrom } = laneOf(key)
      if (batchFrom === null) return 0
      const elapsed = now() - batchFrom
      // What takes longer than usual has stalled, and may take as long again.
      const left = elapsed > batchMs ? elapsed : batchMs - elapsed
      return left + Math.floor(queue.length / batchSize) * batchMs
    },
    add(key, entry) {
      const lane = laneOf(key)
      lane.queue.push(entry)
      waiting += 1
      // Whatever else arrives in this turn of the event loop shares the transaction.
      lane.running ??= new Promise<void>((next) => setImmediate(next)).then(() => run(lane))
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
