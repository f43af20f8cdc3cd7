/** Larger batches only add latency: past this size a batch's cost grows with its rows. */
const batchSize = 128
/** From here on a batch costs little more for each that joins it: it need not wait for more. */
const wellFilled = 32
/** While messages keep coming they gather for this long: a commit for each two of them costs more than the two do. */
const gatherMs = 8
/** Well filled, they go two at a time: while one waits for the database another decides and tells. */
const wellFilledAtOnce = 2
/** Whoever has nothing to do with what holds a batch up for so long goes past it. */
const heldUpMs = 100
const mostAtOnce = 3

/** What a full batch takes until one has been seen. */
const firstFullMs = 250
/** It is believed at once when it becomes slower, and by this much when it becomes faster. */
const fasterCounts = 0.3

export interface Line<Entry> {
  readonly waiting: number
  /** How long what is added now is expected to wait until work on it begins. */
  waitMs(key: string): number
  add(key: string, entry: Entry): void
  /** Takes who may leave out of the line, oldest first, until what is left of it fits the next batches. */
  shorten(mayLeave: (entry: Entry) => boolean): Entry[]
  /** Resolves when everything added so far has been worked on. */
  drain(): Promise<void>
}

interface Waiting<Entry> {
  key: string
  entry: Entry
}

interface Batch {
  from: number
  keys: ReadonlySet<string>
}

const never = Number.POSITIVE_INFINITY

/**
 * Batches of what waits, in order for each key: no two under way share one. `left` is how many wait whom the
 * batch beside it cannot hold either. Whoever comes alone is worked on at once.
 */
export function createLine<Entry>(work: (batch: Entry[], left: number) => Promise<void>): Line<Entry> {
  const now = () => performance.now()
  /** Youngest last. */
  const underWay: Batch[] = []
  let queue: Waiting<Entry>[] = []
  let last = { from: -never, size: 0 }
  let fullMs = firstFullMs
  let isAboutToLook = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const drained: (() => void)[] = []

  const isFree = ({ key }: Waiting<Entry>) => !underWay.some(({ keys }) => keys.has(key))

  function look(): void {
    clearTimeout(timer)
    for (;;) {
      const next = queue.filter(isFree).slice(0, batchSize)
      const pauseMs = pauseBefore(next.length)
      if (pauseMs <= 0) begin(next)
      else {
        if (pauseMs < never) timer = setTimeout(look, pauseMs)
        break
      }
    }
    if (queue.length === 0 && underWay.length === 0) for (const tell of drained.splice(0)) tell()
  }

  /** Never, where only the end of a batch can change that. */
  function pauseBefore(size: number): number {
    if (size === 0 || underWay.length === mostAtOnce) return never
    const isFilled = size >= wellFilled
    const gathered = isFilled || last.size <= 1 ? -never : last.from + gatherMs
    const youngest = underWay.at(-1)
    const isBeside = youngest && !(isFilled && underWay.length < wellFilledAtOnce)
    return Math.max(gathered, isBeside ? youngest.from + heldUpMs : -never) - now()
  }

  function begin(next: readonly Waiting<Entry>[]): void {
    const taken = new Set(next)
    queue = queue.filter((one) => !taken.has(one))
    const batch = { from: now(), keys: new Set(next.map(({ key }) => key)) }
    last = { from: batch.from, size: next.length }
    underWay.push(batch)
    void work(
      next.map(({ entry }) => entry),
      Math.max(0, queue.length - batchSize),
    ).finally(() => {
      underWay.splice(underWay.indexOf(batch), 1)
      if (next.length === batchSize) learn(now() - batch.from)
      look()
    })
  }

  function learn(tookMs: number): void {
    const slower = tookMs - fullMs
    fullMs += slower > 0 ? slower : slower * fasterCounts
  }

  /** What has taken long so far may take as long again. */
  function untilFree(key: string): number {
    const youngest = underWay.at(-1)
    if (!youngest) return 0
    const before = underWay.find(({ keys }) => keys.has(key))
    if (before) return now() - before.from
    const elapsedMs = now() - youngest.from
    return underWay.length === mostAtOnce ? elapsedMs : Math.min(elapsedMs, heldUpMs)
  }

  return {
    get waiting() {
      return queue.length
    },
    waitMs: (key) => untilFree(key) + Math.floor(queue.length / (batchSize * wellFilledAtOnce)) * fullMs,
    add(key, entry) {
      queue.push({ key, entry })
      // Whatever else arrives in this turn of the event loop shares the transaction.
      if (isAboutToLook) return
      isAboutToLook = true
      setImmediate(() => {
        isAboutToLook = false
        look()
      })
    },
    shorten(mayLeave) {
      const left: Entry[] = []
      let over = queue.length - batchSize * wellFilledAtOnce
      if (over <= 0) return left
      queue = queue.filter(({ entry }) => {
        if (over <= 0 || !mayLeave(entry)) return true
        over -= 1
        left.push(entry)
        return false
      })
      return left
    },
    async drain() {
      if (queue.length === 0 && underWay.length === 0) return
      await new Promise<void>((tell) => drained.push(tell))
    },
  }
}
