/** A page in the background has no frames: there it is drawn after this long. */
const withoutFramesMs = 250

/**
 * However often something changes, it is drawn once for the next frame: in a flood the page draws as often as a person can see,
 * and stays free for their keys in between.
 */
export function createDrawSoon(
  draw: () => void,
  nextFrame: (then: () => void) => () => void = frameOrTimer,
): { soon(): void; stop(): void } {
  let cancel: (() => void) | null = null
  return {
    soon() {
      cancel ??= nextFrame(() => {
        cancel = null
        draw()
      })
    },
    stop() {
      cancel?.()
      cancel = null
    },
  }
}

function frameOrTimer(then: () => void): () => void {
  const cancel = () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
  const come = () => {
    cancel()
    then()
  }
  const frame = requestAnimationFrame(come)
  const timer = setTimeout(come, withoutFramesMs)
  return cancel
}
