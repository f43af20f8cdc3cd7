import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { TriangleAlert } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Icon } from '../../parts/icon.tsx'
import styles from './confirm.module.css'
import { refusalWords } from './refusal-words.ts'

/** For what cannot be undone: it names the effect, and the button names the act. */
export function Confirm(props: {
  title: string
  act: string
  onClose: () => void
  /** Null when it was done. */
  onConfirm: () => Promise<Refusal | null>
  /** Something else takes its place when it was done. */
  staysOpen?: boolean
  children: ComponentChildren
}) {
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  async function confirm(): Promise<void> {
    setBusy(true)
    const answer = await props.onConfirm()
    setBusy(false)
    if (answer !== null) setRefusal(answer)
    else if (!props.staysOpen) props.onClose()
  }

  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={props.title}
      footer={
        <>
          <Button data-focus-first onClick={props.onClose}>
            Cancel
          </Button>
          <Button variant="danger" isBusy={isBusy} onClick={() => void confirm()}>
            {props.act}
          </Button>
        </>
      }
    >
      <div class={styles.body}>
        {props.children}
        {refusal && <Problem>{refusalWords(refusal)}</Problem>}
      </div>
    </Dialog>
  )
}

/** What went wrong, where it went wrong. */
export function Problem({ children }: { children: ComponentChildren }) {
  return (
    <p role="alert" class={styles.problem}>
      <Icon node={TriangleAlert} size={14} />
      <span>{children}</span>
    </p>
  )
}

/** A warning that names the effect and offers the repair. */
export function Warning({ children }: { children: ComponentChildren }) {
  return (
    <p class={styles.warning}>
      <Icon node={TriangleAlert} size={16} />
      <span>{children}</span>
    </p>
  )
}
