import type { Me } from '@parley/shared/protocol/reading.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { api } from '../session.ts'
import { checkCode, checkNewPassword } from './check-credentials.ts'
import { ExpiredInvitation } from './expired-invitation.tsx'
import { leaveToken } from './one-time-token.ts'
import { PasswordField } from './password-field.tsx'
import { sessionWords } from './session-words.ts'
import { Step } from './step.tsx'

interface Invitation {
  name: string
  email: string
  siteName: string
}

export function AcceptInvitation({ token }: { token: string }) {
  const [invitation, setInvitation] = useState<Invitation>()
  const [refused, setRefused] = useState<string>()
  const [isExpired, setExpired] = useState(false)
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string>()
  const [isKnown, setKnown] = useState(false)
  const [code, setCode] = useState<string>()
  const [codeError, setCodeError] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  useEffect(() => {
    let isGone = false
    void api<Invitation>('/api/v1/invitations/view', { token }).then((outcome) => {
      if (isGone) return
      if (outcome.ok) setInvitation(outcome.value)
      else if (outcome.refusal.reason === 'link.expired') setExpired(true)
      else setRefused(sessionWords(outcome.refusal))
    })
    return () => {
      isGone = true
    }
  }, [token])

  async function accept(): Promise<void> {
    const wrong = isKnown && password !== '' ? undefined : checkNewPassword(password)
    const wrongCode = code === undefined ? undefined : checkCode(code)
    setError(wrong)
    setCodeError(wrongCode)
    if (wrong !== undefined || wrongCode !== undefined || isBusy) return
    setBusy(true)
    const outcome = await api<{ me: Me }>('/api/v1/invitations/accept', {
      token,
      password,
      ...(code === undefined ? {} : { code: code.replace(/\s/g, '') }),
    })
    setBusy(false)
    if (outcome.ok) leaveToken(outcome.value.me)
    else explain(outcome.refusal)
  }

  /** Somebody who signs in at another site already shows that password, and the code that goes with it. */
  function explain(refusal: Refusal): void {
    const words = sessionWords(refusal)
    if (refusal.reason === 'link.expired') setExpired(true)
    else if (refusal.reason === 'totp.needed') setCode('')
    else if (refusal.reason === 'totp.wrong') setCodeError(words)
    else if (refusal.reason === 'signIn.wrong') {
      setKnown(true)
      setError('You have a sign-in with this address already. Type the password you use there.')
    } else setError(words)
  }

  if (isExpired) return <ExpiredInvitation token={token} />
  if (refused !== undefined)
    return (
      <Step title="This invitation does not open" intro={refused}>
        <Button onClick={() => leaveToken(null)}>Go to sign in</Button>
      </Step>
    )
  if (invitation === undefined)
    return (
      <Step title="Your invitation">
        <Skeleton lines={3} />
      </Step>
    )
  return (
    <Step
      title={`Join ${invitation.siteName}`}
      intro={`Welcome, ${invitation.name}. Choose a password; you sign in with it and this address.`}
      act="Join"
      isBusy={isBusy}
      onSubmit={() => void accept()}
    >
      <Field
        label="E-mail"
        name="email"
        type="email"
        autocomplete="username"
        readOnly
        value={invitation.email}
      />
      <PasswordField
        label={isKnown ? 'Your password' : 'New password'}
        name="password"
        autocomplete={isKnown ? 'current-password' : 'new-password'}
        isFirst
        help={isKnown ? '' : 'At least 12 characters. A few words in a row are good.'}
        value={password}
        error={error}
        onType={(typed) => {
          setPassword(typed)
          if (error !== undefined) setError(isKnown ? undefined : checkNewPassword(typed))
        }}
      />
      {code !== undefined && (
        <Field
          label="Code"
          name="code"
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={7}
          help="The six digits your authenticator app shows for Parley."
          value={code}
          error={codeError}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
      )}
    </Step>
  )
}
