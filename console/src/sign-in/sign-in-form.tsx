import { useState } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { signIn } from '../session.ts'
import { checkCode, checkEmail } from './check-credentials.ts'
import { PasswordField } from './password-field.tsx'
import { sessionWords } from './session-words.ts'
import { SsoButton, ssoWords } from './sso.tsx'
import { Step } from './step.tsx'

export function SignInForm() {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [isCodeNeeded, setCodeNeeded] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [errors, setErrors] = useState<{ email?: string; password?: string; code?: string }>({})
  const [problem, setProblem] = useState(ssoWords(location.search))

  async function submit(): Promise<void> {
    if (isBusy) return
    const found = isCodeNeeded
      ? { code: checkCode(code) }
      : { email: checkEmail(email), password: required(password) }
    const wrong = Object.fromEntries(Object.entries(found).filter(([, words]) => words !== undefined))
    setErrors(wrong)
    setProblem(undefined)
    if (Object.keys(wrong).length > 0) return
    setBusy(true)
    const outcome = await signIn(email.trim(), password, isCodeNeeded ? code.replace(/\s/g, '') : undefined)
    setBusy(false)
    if (outcome.ok) return
    const { refusal } = outcome
    if (refusal.reason === 'totp.needed') setCodeNeeded(true)
    else if (refusal.reason === 'totp.wrong') setErrors({ code: sessionWords(refusal) })
    else if (refusal.reason === 'signIn.wrong') {
      setCodeNeeded(false)
      setErrors({ password: sessionWords(refusal) })
    } else setProblem(sessionWords(refusal))
  }

  if (isCodeNeeded)
    return (
      <Step
        title="Enter your code"
        intro={`Signing in as ${email.trim()}. Open your authenticator app and type the six digits it shows for Parley.`}
        act="Sign in"
        isBusy={isBusy}
        problem={problem}
        onSubmit={() => void submit()}
        after={
          <Button
            variant="quiet"
            onClick={() => {
              setCodeNeeded(false)
              setCode('')
            }}
          >
            Back
          </Button>
        }
        foot="Lost your phone? An admin of your marketplace can invite you again."
      >
        <Field
          label="Code"
          name="code"
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={7}
          data-focus-first
          value={code}
          error={errors.code}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
      </Step>
    )
  return (
    <Step
      title="Sign in"
      intro="For staff, moderators and vendor members."
      act="Sign in"
      isBusy={isBusy}
      problem={problem}
      onSubmit={() => void submit()}
      after={<SsoButton />}
      foot="Forgot your password, or no account yet? An admin of your marketplace can send you a link."
    >
      <Field
        label="Work e-mail"
        name="email"
        type="email"
        autocomplete="username"
        spellcheck={false}
        data-focus-first
        value={email}
        error={errors.email}
        onInput={(event) => setEmail(event.currentTarget.value)}
        onBlur={() => {
          if (email !== '') setErrors(({ email: _, ...rest }) => withError(rest, checkEmail(email)))
        }}
      />
      <PasswordField
        label="Password"
        name="password"
        autocomplete="current-password"
        value={password}
        error={errors.password}
        onType={setPassword}
      />
    </Step>
  )
}

function required(password: string): string | undefined {
  return password === '' ? 'Write your password.' : undefined
}

function withError(rest: { password?: string; code?: string }, email: string | undefined) {
  return email === undefined ? rest : { ...rest, email }
}
