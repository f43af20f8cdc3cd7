import { useRef, useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { showToast } from '../../parts/toast.tsx'
import { api, me } from '../../session.ts'
import { checkNewPassword } from '../../sign-in/check-credentials.ts'
import { PasswordField } from '../../sign-in/password-field.tsx'
import { sessionWords } from '../../sign-in/session-words.ts'
import { Problem } from '../parts/confirm.tsx'
import { Card } from '../parts/page.tsx'
import styles from './profile.module.css'

export function PasswordCard() {
  const [isOpen, setOpen] = useState(false)
  const [value, setValue] = useState({ current: '', next: '' })
  const [errors, setErrors] = useState<{ current?: string; next?: string; other?: string }>({})
  const [isBusy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)

  function close(): void {
    setOpen(false)
    setValue({ current: '', next: '' })
    setErrors({})
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    const next = checkNewPassword(value.next)
    const wrong = {
      ...(value.current === '' ? { current: 'Write your present password.' } : {}),
      ...(next === undefined ? {} : { next }),
    }
    setErrors(wrong)
    if (!isBusy && Object.keys(wrong).length === 0) {
      setBusy(true)
      const outcome = await api('/api/v1/session/password', value)
      setBusy(false)
      if (outcome.ok) {
        close()
        showToast({ text: 'Your password is changed. All your other sign-ins have ended.' })
        return
      }
      const { refusal } = outcome
      const words = sessionWords(refusal)
      if (refusal.field === 'current' || /wrong/i.test(refusal.reason ?? '')) setErrors({ current: words })
      else if (refusal.field === 'next' || refusal.code === 'invalid') setErrors({ next: words })
      else setErrors({ other: words })
    }
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }

  return (
    <Card title="Password" aside={!isOpen && <Button onClick={() => setOpen(true)}>Change password…</Button>}>
      {!isOpen && <p class={styles.fact}>Changing it ends all your other sign-ins.</p>}
      {isOpen && (
        <form ref={form} class={styles.form} noValidate onSubmit={(event) => void submit(event)}>
          <input type="hidden" name="username" autocomplete="username" value={me.value?.email ?? ''} />
          <PasswordField
            label="Present password"
            name="current"
            autocomplete="current-password"
            value={value.current}
            error={errors.current}
            onType={(current) => setValue({ ...value, current })}
          />
          <PasswordField
            label="New password"
            name="next"
            autocomplete="new-password"
            help="At least 12 characters. A few words in a row are good."
            value={value.next}
            error={errors.next}
            onType={(next) => setValue({ ...value, next })}
          />
          {errors.other !== undefined && <Problem>{errors.other}</Problem>}
          <div class={styles.acts}>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Change password
            </Button>
            <Button variant="quiet" onClick={close}>
              Cancel
            </Button>
          </div>
        </form>
      )}
    </Card>
  )
}
