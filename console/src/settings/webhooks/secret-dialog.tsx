import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Warning } from '../parts/confirm.tsx'
import { CopyField } from '../parts/copy-field.tsx'
import { moment } from '../parts/moments.ts'
import styles from './webhooks.module.css'

export interface NewSecret {
  label: string
  secret: string
  previousUntil: string | null
  isFirst: boolean
}

/** The one time it is shown. */
export function SecretDialog({ made, onClose }: { made: NewSecret; onClose: () => void }) {
  const { label, secret, previousUntil, isFirst } = made
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={isFirst ? `${label} is on` : `${label} has a new secret`}
      width={640}
      footer={
        <Button variant="primary" onClick={onClose}>
          I have stored the secret
        </Button>
      }
    >
      <div class={styles.dialog}>
        <CopyField label="Signing secret" text={secret} />
        <Warning>
          This is the only time it is shown. Keep it on your server and check the signature of each request
          with it: without that, anybody who knows the address can make up events.
        </Warning>
        {!isFirst && (
          <p>
            {previousUntil === null
              ? 'The secret before it does not sign any more.'
              : `Until ${moment(previousUntil)} requests carry both signatures, this one’s and that of the secret before it: change over without a gap.`}
          </p>
        )}
      </div>
    </Dialog>
  )
}
