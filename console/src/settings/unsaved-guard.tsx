import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { drafts, dropDrafts } from './parts/unsaved.ts'

/**
 * Asks before a link or a closed window would leave changes behind. Back and shortcuts are not stopped:
 * the draft stays, and its page is marked.
 */
export function UnsavedGuard() {
  const { route } = useLocation()
  const [target, setTarget] = useState<string>()
  const hasDrafts = drafts.value.size > 0

  useEffect(() => {
    if (!hasDrafts) return
    const onLeave = (event: BeforeUnloadEvent) => event.preventDefault()
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      if (
        !(link instanceof HTMLAnchorElement) ||
        event.ctrlKey ||
        event.metaKey ||
        event.shiftKey ||
        event.button !== 0
      )
        return
      const isWithin = link.origin === location.origin && link.pathname.startsWith('/console')
      if (link.target !== '' || !isWithin || link.pathname === location.pathname) return
      event.preventDefault()
      event.stopImmediatePropagation()
      setTarget(link.pathname + link.search)
    }
    window.addEventListener('beforeunload', onLeave)
    window.addEventListener('click', onClick, true)
    return () => {
      window.removeEventListener('beforeunload', onLeave)
      window.removeEventListener('click', onClick, true)
    }
  }, [hasDrafts])

  function leave(): void {
    const to = target
    setTarget(undefined)
    if (to !== undefined) route(to)
  }

  return (
    <Dialog
      isOpen={target !== undefined}
      onClose={() => setTarget(undefined)}
      title="There are unsaved changes"
      width={640}
      footer={
        <>
          <Button data-focus-first variant="primary" onClick={() => setTarget(undefined)}>
            Go on editing
          </Button>
          <Button onClick={leave}>Leave, keep them for later</Button>
          <Button
            variant="danger"
            onClick={() => {
              dropDrafts()
              leave()
            }}
          >
            Discard changes
          </Button>
        </>
      }
    >
      <p>Nobody sees them until you save. Kept changes stay in this window until you close it.</p>
    </Dialog>
  )
}
