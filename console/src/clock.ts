import { signal } from '@preact/signals'

const tickMs = 10_000

/** The time that waits are counted by; coarse, so that a list does not redraw each second. */
export const now = signal(Date.now())

export function startClock(): () => void {
  const tick = () => {
    now.value = Date.now()
  }
  const timer = setInterval(tick, tickMs)
  document.addEventListener('visibilitychange', tick)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
  }
}
