import { signal } from '@preact/signals'
import { CloudOff } from 'lucide'
import { keep, kept } from './kept.ts'
import { Button } from './parts/button.tsx'
import { Empty } from './parts/empty.tsx'
import styles from './reach-session.module.css'
import { loadSession, me } from './session.ts'

/** An answer that comes sooner needs no words before it. */
const slowMs = 1_500
const firstRetryMs = 2_000
const longestRetryMs = 15_000
const reloadAgainMs = 60_000

const reach = signal<'quick' | 'slow' | 'lost'>('quick')
const isPartMissing = signal(false)
let retryMs = firstRetryMs
let timer: ReturnType<typeof setTimeout> | undefined

/** Asks who is signed in until the server answers: a kept page may open before the network is there. */
export async function reachSession(): Promise<void> {
  clearTimeout(timer)
  timer = setTimeout(() => {
    if (reach.peek() === 'quick') reach.value = 'slow'
  }, slowMs)
  const outcome = await loadSession()
  clearTimeout(timer)
  if (me.peek() !== undefined) {
    reach.value = 'quick'
    retryMs = firstRetryMs
    return
  }
  reach.value = 'lost'
  const waitMs = (!outcome.ok && outcome.refusal.retryAfterMs) || retryMs
  timer = setTimeout(() => void reachSession(), waitMs)
  retryMs = Math.min(retryMs * 1.5, longestRetryMs)
}

/** A part that comes when it is first shown: tried until it is there. */
export async function fetchPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    const part = await load()
    isPartMissing.value = false
    return part
  } catch {
    isPartMissing.value = true
    await new Promise((resolve) => setTimeout(resolve, firstRetryMs))
    await leaveOldVersion()
    return fetchPart(load)
  }
}

/** A server that answers and has not the part has been updated: the page anew names the parts of now. */
async function leaveOldVersion(): Promise<void> {
  const outcome = await loadSession()
  if (!outcome.ok && outcome.refusal.code === 'unavailable') return
  if (Date.now() - (kept<number>('reloadedAt') ?? 0) < reloadAgainMs) return
  keep('reloadedAt', Date.now())
  location.reload()
}

export function Unreachable() {
  const isMissing = isPartMissing.value
  if (reach.value === 'quick' && !isMissing) return null
  if (reach.value === 'slow' && !isMissing)
    return (
      <main class={styles.page}>
        <p class={styles.slow} role="status">
          Reaching Parley…
        </p>
      </main>
    )
  return (
    <main class={styles.page}>
      <Empty
        isPage
        icon={CloudOff}
        title="Parley cannot be reached"
        actions={
          <Button onClick={() => (isMissing ? location.reload() : void reachSession())}>Try now</Button>
        }
      >
        Drafts and unsent messages are kept on this device. It tries again by itself every few seconds.
      </Empty>
    </main>
  )
}
