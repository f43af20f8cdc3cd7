import type { Me } from '@parley/shared/protocol/reading.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { api } from '../session.ts'
import { checkEmail, checkNewPassword } from './check-credentials.ts'
import { leaveToken } from './one-time-token.ts'
import { PasswordField } from './password-field.tsx'
import { sessionWords } from './session-words.ts'
import { Step } from './step.tsx'

type Wanted = { siteName: string; name: string; email: string; password: string }
const nothingYet: Wanted = { siteName: '', name: '', email: '', password: '' }

/** The first admin of a new server, by the link that it prints at its first start. */
export function FirstSetUp({ token }: { token: string }) {
  const [wanted, setWanted] = useState(nothingYet)
  const [hasTried, setTried] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const [isDead, setDead] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const errors = hasTried ? problemsOf(wanted) : {}

  useEffect(() => {
    let isGone = false
    void api('/api/v1/setup/view', { token }).then((outcome) => {
      const isLink =
        !outcome.ok && ['notAllowed', 'notFound', 'invalid', 'closed'].includes(outcome.refusal.code)
      if (!isGone) setDead(isLink)
    })
    return () => {
      isGone = true
    }
  }, [token])

  function change(patch: Partial<Wanted>): void {
    setWanted({ ...wanted, ...patch })
    setRefusal(undefined)
  }

  async function submit(): Promise<void> {
    setTried(true)
    if (isBusy || Object.keys(problemsOf(wanted)).length > 0) return
    setBusy(true)
    const outcome = await api<{ me: Me }>('/api/v1/setup', { token, ...wanted, email: wanted.email.trim() })
    setBusy(false)
    if (outcome.ok) leaveToken(outcome.value.me)
    else setRefusal(outcome.refusal)
  }

  const error = (name: keyof Wanted) =>
    errors[name] ?? (refusal?.field === name ? sessionWords(refusal) : undefined)
  const isPlaced = refusal?.field !== undefined && refusal.field in nothingYet

  if (isDead)
    return (
      <Step
        title="This link does not open"
        intro="It has been used or has expired. If there is no admin yet, restart the server: it prints a new one."
      >
        <Button onClick={() => leaveToken(null)}>Go to sign in</Button>
      </Step>
    )
  return (
    <Step
      title="Set up Parley"
      intro="You become the first admin. Everything here can be changed later."
      act="Set up"
      isBusy={isBusy}
      problem={refusal && !isPlaced ? sessionWords(refusal) : undefined}
      onSubmit={() => void submit()}
    >
      <Field
        label="Name of your marketplace"
        name="siteName"
        autocomplete="organization"
        maxLength={60}
        data-focus-first
        help="Buyers see it in the chat."
        value={wanted.siteName}
        error={error('siteName')}
        onInput={(event) => change({ siteName: event.currentTarget.value })}
      />
      <Field
        label="Your name"
        name="name"
        autocomplete="name"
        maxLength={80}
        value={wanted.name}
        error={error('name')}
        onInput={(event) => change({ name: event.currentTarget.value })}
      />
      <Field
        label="Work e-mail"
        name="email"
        type="email"
        autocomplete="username"
        value={wanted.email}
        error={error('email')}
        onInput={(event) => change({ email: event.currentTarget.value })}
      />
      <PasswordField
        label="Password"
        name="password"
        autocomplete="new-password"
        help="At least 12 characters. A few words in a row are good."
        value={wanted.password}
        error={error('password')}
        onType={(password) => change({ password })}
      />
    </Step>
  )
}

function problemsOf(wanted: Wanted): Partial<Record<keyof Wanted, string>> {
  const found = {
    siteName: wanted.siteName.trim() === '' ? 'Write the name of your marketplace.' : undefined,
    name: wanted.name.trim() === '' ? 'Write your name.' : undefined,
    email: checkEmail(wanted.email),
    password: checkNewPassword(wanted.password),
  }
  return Object.fromEntries(Object.entries(found).filter(([, words]) => words !== undefined))
}
