import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Warning } from '../parts/confirm.tsx'
import { CopyField } from '../parts/copy-field.tsx'
import styles from './link-dialog.module.css'

/** A one-time link, shown once. */
export function LinkDialog(props: { name: string; link: string; lasts?: string; onClose: () => void }) {
  const { name, link, lasts, onClose } = props
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Send this link to ${name}`}
      width={640}
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div class={styles.body}>
        <CopyField label="One-time link" text={link} />
        <p>
          {name} opens it, chooses a password and is in. It works once
          {lasts === undefined ? '' : `, for ${lasts}`}.
        </p>
        <Warning>
          This is the only time it is shown. Whoever opens it first becomes {name}: send it to them alone.
        </Warning>
      </div>
    </Dialog>
  )
}
