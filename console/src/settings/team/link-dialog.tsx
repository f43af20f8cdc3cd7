import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Warning } from '../parts/confirm.tsx'
import { CopyField } from '../parts/copy-field.tsx'
import styles from './link-dialog.module.css'

/** A one-time link, shown once. */
export function LinkDialog({ name, link, onClose }: { name: string; link: string; onClose: () => void }) {
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
        <p>{name} opens it, chooses a password and is in. It works once.</p>
        <Warning>
          This is the only time it is shown. Whoever opens it first becomes {name}: send it to them alone.
        </Warning>
      </div>
    </Dialog>
  )
}
