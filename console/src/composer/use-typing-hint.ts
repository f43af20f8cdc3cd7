import type { Connection } from '@parley/shared/client/connection.ts'
import { limits } from '@parley/shared/protocol/limits.ts'
import { useEffect, useRef } from 'preact/hooks'

const againMs = 3_000
const previewMs = 400
const idleMs = 4_000

/** Says “is writing” while somebody writes a reply, and takes it back soon after. */
export function useTypingHint(connection: Connection, conversationId: string, isPreviewed: boolean) {
  const lastAt = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const stop = () => {
    clearTimeout(timer.current)
    if (lastAt.current === 0) return
    lastAt.current = 0
    connection.hint('typing', { conversationId, isTyping: false })
  }
  useEffect(() => stop, [connection, conversationId])
  return {
    stop,
    /** The text goes along only where the site says that moderators may see it. */
    typed(text: string) {
      clearTimeout(timer.current)
      timer.current = setTimeout(stop, idleMs)
      if (Date.now() - lastAt.current < (isPreviewed ? previewMs : againMs)) return
      lastAt.current = Date.now()
      connection.hint('typing', {
        conversationId,
        isTyping: true,
        ...(isPreviewed && { text: text.slice(-limits.textCodePoints) }),
      })
    },
  }
}
