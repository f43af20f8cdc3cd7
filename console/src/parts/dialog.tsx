import { X } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { classes } from './classes.ts'
import styles from './dialog.module.css'
import { IconButton } from './icon-button.tsx'

export interface DialogProps {
  isOpen: boolean
  onClose: () => void
  title: string
  children: ComponentChildren
  /** Buttons, the destructive one last. */
  footer?: ComponentChildren
  width?: 480 | 640
  /** `sheet` comes from the right and is as high as the window. */
  shape?: 'dialog' | 'sheet' | 'bare'
}

/** The browser's own modal: it keeps focus inside, closes on Esc and gives focus back. */
export function Dialog(props: DialogProps) {
  const { isOpen, onClose, title, children, footer, width = 480, shape = 'dialog' } = props
  const element = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const closing = useRef(onClose)
  closing.current = onClose

  // Before the next key: what is typed right after the keys that open it belongs to it.
  useLayoutEffect(() => {
    const dialog = element.current
    if (dialog === null || !isOpen) return
    const opener = document.activeElement
    dialog.showModal()
    dialog.querySelector<HTMLElement>('[data-focus-first]')?.focus()
    // Taken out of the page while open, the browser would give the focus to nobody.
    return () =>
      queueMicrotask(() => {
        if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus()
      })
  }, [isOpen])

  if (!isOpen) return null
  return (
    <dialog
      ref={element}
      class={classes(styles.dialog, styles[shape], width === 640 && styles.wide)}
      aria-labelledby={titleId}
      onClose={() => closing.current()}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close()
      }}
    >
      <div class={styles.inside}>
        <header class={shape === 'bare' ? 'visually-hidden' : styles.head}>
          <h2 id={titleId} class={styles.title}>
            {title}
          </h2>
          {shape !== 'bare' && <IconButton icon={X} label="Close" onClick={() => element.current?.close()} />}
        </header>
        <div class={styles.body}>{children}</div>
        {footer !== undefined && <footer class={styles.foot}>{footer}</footer>}
      </div>
    </dialog>
  )
}

export function Sheet(props: Omit<DialogProps, 'shape' | 'width'>) {
  return <Dialog {...props} shape="sheet" />
}
