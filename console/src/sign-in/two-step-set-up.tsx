import type { Me } from '@parley/shared/protocol/reading.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { api, me } from '../session.ts'
import { Problem } from '../settings/parts/confirm.tsx'
import { CopyField } from '../settings/parts/copy-field.tsx'
import { QrPicture } from '../settings/qr/qr-picture.tsx'
import { checkCode } from './check-credentials.ts'
import { sessionWords } from './session-words.ts'
import styles from './two-step-set-up.module.css'

/** A secret as picture and as text, proven by a first code before it counts. */
export function TwoStepSetUp({ act, onDone }: { act: string; onDone?: () => void }) {
  const [secret, setSecret] = useState<{ secret: string; uri: string }>()
  const [refusal, setRefusal] = useState<Refusal>()
  const [code, setCode] = useState('')
  const [error, setError] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)

  async function start(): Promise<void> {
    setRefusal(undefined)
    const outcome = await api<{ secret: string; uri: string }>('/api/v1/session/totp/start', {})
    if (outcome.ok) setSecret(outcome.value)
    else setRefusal(outcome.refusal)
  }

  useEffect(() => {
    void start()
  }, [])

  async function confirm(event: Event): Promise<void> {
    event.preventDefault()
    const wrong = checkCode(code)
    setError(wrong)
    if (wrong === undefined && !isBusy) {
      setBusy(true)
      const outcome = await api<{ me: Me }>('/api/v1/session/totp/confirm', { code: code.replace(/\s/g, '') })
      setBusy(false)
      if (outcome.ok) {
        me.value = outcome.value.me
        onDone?.()
        return
      }
      setError(sessionWords(outcome.refusal))
    }
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }

  if (refusal !== undefined)
    return (
      <div class={styles.setUp}>
        <Problem>{sessionWords(refusal)}</Problem>
        <Button onClick={() => void start()}>Try again</Button>
      </div>
    )
  if (secret === undefined) return <Skeleton lines={4} />
  return (
    <form ref={form} class={styles.setUp} noValidate onSubmit={(event) => void confirm(event)}>
      <ol class={styles.steps}>
        <li class={styles.step}>
          <p>Scan this picture with an authenticator app.</p>
          <QrPicture text={secret.uri} label="Picture of the set-up address for an authenticator app" />
          <details class={styles.text}>
            <summary>Cannot scan? Copy it as text</summary>
            <CopyField label="Secret" text={grouped(secret.secret)} />
            <CopyField label="Set-up address" text={secret.uri} />
          </details>
        </li>
        <li class={styles.step}>
          <Field
            label="Type the six digits the app shows"
            name="code"
            inputMode="numeric"
            autocomplete="one-time-code"
            maxLength={7}
            value={code}
            error={error}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
        </li>
      </ol>
      <Button type="submit" variant="primary" class={styles.act ?? ''} isBusy={isBusy}>
        {act}
      </Button>
    </form>
  )
}

/** Groups of four are easier to type from a screen; apps ignore the spaces. */
function grouped(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ')
}
