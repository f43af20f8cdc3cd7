import { useState } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { api } from '../session.ts'
import { forgetToken, leaveToken } from './one-time-token.ts'
import { sessionWords } from './session-words.ts'
import styles from './step.module.css'
import { Step } from './step.tsx'

/**
 * The link was good for 15 minutes; another is mailed at a press, and never shown here. The button that was pressed is gone
 * each time: whoever is on the keyboard goes on from the words.
 */
export function ExpiredInvitation({ token }: { token: string }) {
  const [isSent, setSent] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  async function renew(): Promise<void> {
    if (isBusy) return
    setBusy(true)
    const outcome = await api('/api/v1/invitations/renew', { token })
    setBusy(false)
    setProblem(outcome.ok ? undefined : sessionWords(outcome.refusal))
    if (!outcome.ok) return
    forgetToken()
    setSent(true)
  }

  if (isSent)
    return (
      <Step
        title="Look into your mail"
        intro={
          <span tabIndex={-1} data-focus-first class={styles.told}>
            We sent a new link to the address you were invited with. It is good for 15 minutes.
          </span>
        }
        foot="Nothing there after a few minutes? Look into the spam folder, or ask an admin to invite you again."
      >
        <Button onClick={() => leaveToken(null)}>Go to sign in</Button>
      </Step>
    )
  return (
    <Step
      title="This link has expired"
      intro={
        <span tabIndex={-1} data-focus-first class={styles.told}>
          For your safety, a link to join is good for 15 minutes. We can send a new one to the address you
          were invited with.
        </span>
      }
      act="Send a new link"
      isBusy={isBusy}
      problem={problem}
      onSubmit={() => void renew()}
    />
  )
}
