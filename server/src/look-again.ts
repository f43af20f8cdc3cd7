export interface Looking {
  start(): void
  /** There may be something to do. */
  wake(): void
  /** Resolves when the look under way has ended. */
  stop(): Promise<void>
}

/**
 * Looks whether something is to be done: soon after each wake, and by itself for what other nodes left. One look at a time;
 * what wakes it meanwhile is looked for right after.
 */
export function lookAgain(
  look: () => Promise<void>,
  every: {
    /** What comes together is looked at together. */
    gatherMs: number
    /** While it keeps coming; by default the same. */
    busyGatherMs?: number
    lookMs: number
  },
  onFault: (error: unknown) => void,
): Looking {
  const { gatherMs, busyGatherMs = gatherMs, lookMs } = every
  let isStarted = false
  let isAskedAgain = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let looking: Promise<void> | undefined

  function plan(ms: number): void {
    clearTimeout(timer)
    if (isStarted) timer = setTimeout(turn, ms)
  }

  function turn(): void {
    isAskedAgain = false
    looking = look()
      .catch(onFault)
      .finally(() => {
        looking = undefined
        plan(isAskedAgain ? busyGatherMs : lookMs)
      })
  }

  return {
    start() {
      isStarted = true
      plan(0)
    },
    wake() {
      if (looking) isAskedAgain = true
      else plan(gatherMs)
    },
    async stop() {
      isStarted = false
      clearTimeout(timer)
      await looking
    },
  }
}
