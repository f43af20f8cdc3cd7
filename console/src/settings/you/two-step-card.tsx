import { useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { showToast } from '../../parts/toast.tsx'
import { me } from '../../session.ts'
import { TwoStepSetUp } from '../../sign-in/two-step-set-up.tsx'
import { Card } from '../parts/page.tsx'
import { Tag } from '../parts/rows.tsx'
import styles from './profile.module.css'

export function TwoStepCard() {
  const [isOpen, setOpen] = useState(false)
  const hasTotp = me.value?.hasTotp === true
  return (
    <Card
      title="Two-step sign-in"
      aside={
        <>
          <Tag tone={hasTotp ? 'good' : 'plain'}>{hasTotp ? 'On' : 'Off'}</Tag>
          <Button onClick={() => setOpen(true)}>{hasTotp ? 'Use another app…' : 'Set up…'}</Button>
        </>
      }
    >
      <p class={styles.fact}>
        {hasTotp
          ? 'Besides your password, you type a code from an app on your phone.'
          : 'A stolen password alone then opens nothing: you also type a code from an app on your phone.'}
      </p>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title="Set up two-step sign-in">
        <TwoStepSetUp
          act="Turn on"
          onDone={() => {
            setOpen(false)
            showToast({ text: 'Two-step sign-in is on' })
          }}
        />
      </Dialog>
    </Card>
  )
}
