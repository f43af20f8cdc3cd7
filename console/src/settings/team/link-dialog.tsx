import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Warning } from '../parts/confirm.tsx'
import { CopyField } from '../parts/copy-field.tsx'
import styles from './link-dialog.module.css'

/** A one-time link, shown once; where it was mailed as well, `mailedTo` is the address. */
export function LinkDialog(props: {
  name: string
  link: string
  lasts?: string
  mailedTo?: string | undefined
  onClose: () => void
}) {
  const { name, link, lasts, mailedTo, onClose } = props
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={mailedTo === undefined ? `Send this link to ${name}` : `${name} is invited`}
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
          {mailedTo !== undefined && `It is on its way to ${mailedTo} as well. `}
          {name} opens it, chooses a password and is in. It works once
          {lasts === undefined ? '' : `, for ${lasts}`}.
          {mailedTo !== undefined && ' For three days its page can mail a new one to the same address.'}
        </p>
        <Warning>
          This is the only time it is shown. Whoever opens it first becomes {name}:{' '}
          {mailedTo === undefined ? 'send it to them alone.' : 'if you pass it on too, then to them alone.'}
        </Warning>
      </div>
    </Dialog>
  )
}
