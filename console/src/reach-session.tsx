import { signal } from '@preact/signals'
import { CloudOff } from 'lucide'
import { Button } from './parts/button.tsx'
import { Empty } from './parts/empty.tsx'
import styles from './reach-session.module.css'
import { loadSession, me } from './session.ts'

const firstRetryMs = 2_000
const longestRetryMs = 15_000

const isUnreachable = signal(false)
let retryMs = firstRetryMs
let timer: ReturnType<typeof setTimeout> | undefined

/** Asks who is signed in until the server answers: a kept page may open before the network is there. */
export async function reachSession(): Promise<void> {
  clearTimeout(timer)
  const outcome = await loadSession()
  if (me.peek() !== undefined) {
    isUnreachable.value = false
    retryMs = firstRetryMs
    return
  }
  isUnreachable.value = true
  const waitMs = (!outcome.ok && outcome.refusal.retryAfterMs) || retryMs
  timer = setTimeout(() => void reachSession(), waitMs)
  retryMs = Math.min(retryMs * 1.5, longestRetryMs)
}

export function Unreachable() {
  if (!isUnreachable.value) return null
  return (
    <main class={styles.page}>
      <Empty
        icon={CloudOff}
        title="Parley cannot be reached"
        actions={<Button onClick={() => void reachSession()}>Try now</Button>}
      >
        Drafts and unsent messages are kept on this device. It tries again by itself every few seconds.
      </Empty>
    </main>
  )
}
