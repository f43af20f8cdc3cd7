/** Larger batches only add latency: past this size a batch's cost grows with its rows. */
const batchSize = 128

export interface Lanes<Entry> {
  readonly waiting: number
  add(key: string, entry: Entry): void
  /** Resolves when everything added so far has been worked on. */
  drain(): Promise<void>
}

interface Lane<Entry> {
  queue: Entry[]
  running: Promise<void> | null
}

/**
 * Batches of what waits, in order for each key. While one lane waits for the database another decides and tells: the
 * processors of server, database and clients are all at work.
 */
export function createLanes<Entry>(count: number, work: (batch: Entry[]) => Promise<void>): Lanes<Entry> {
  const lanes = Array.from({ length: count }, (): Lane<Entry> => ({ queue: [], running: null }))
  let waiting = 0

  async function run(lane: Lane<Entry>): Promise<void> {
    while (lane.queue.length > 0) {
      const batch = lane.queue.splice(0, batchSize)
      waiting -= batch.length
      await work(batch)
    }
    lane.running = null
  }

  return {
    get waiting() {
      return waiting
    },
    add(key, entry) {
      const lane = lanes[hashOf(key) % count] as Lane<Entry>
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
