import { useEffect } from 'preact/hooks'

/** Seen means: the newest line is on the screen, and the person is in this window. Told once for each `what`. */
export function useSeen(what: string | number | null, isAtBottom: () => boolean, onSeen: () => void): void {
  useEffect(() => {
    if (what === null) return
    const look = () => {
      if (!document.hasFocus() || document.visibilityState !== 'visible' || !isAtBottom()) return
      stop()
      onSeen()
    }
    const stop = () => {
      removeEventListener('focus', look)
      removeEventListener('scroll', look, true)
    }
    addEventListener('focus', look)
    addEventListener('scroll', look, true)
    look()
    return stop
  }, [what])
}
