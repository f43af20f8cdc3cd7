/** Whether this process keeps up with what it is sent, seen from how late its event loop comes round. */
export interface Lag {
  /** A late turn is a pause and passes; another one soon after it is more work than can be done. */
  isStanding(): boolean
  /** What starting repeats: one turn has come round. */
  tick(): void
  start(): void
  stop(): void
}

const everyMs = 50
/** What has arrived may lie unread for as long as a turn takes: later than this nobody is answered within half a second. */
const lateMs = 200
const soonMs = 500

export function createLag(now: () => number = () => performance.now()): Lag {
  let dueAt = now() + everyMs
  let lateUntil = 0
  let timer: ReturnType<typeof setInterval> | undefined

  function tick(): void {
    const at = now()
    if (at - dueAt >= lateMs) lateUntil = at + soonMs
    dueAt = at + everyMs
  }

  return {
    isStanding: () => dueAt < lateUntil && now() - dueAt >= lateMs,
    tick,
    start() {
      dueAt = now() + everyMs
      timer = setInterval(tick, everyMs)
    },
    stop: () => clearInterval(timer),
  }
}
