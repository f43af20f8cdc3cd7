import { me } from '../session.ts'
import { AcceptInvitation } from './accept-invitation.tsx'
import { Door } from './door.tsx'
import { EnrolTwoStep } from './enrol-two-step.tsx'
import { FirstSetUp } from './first-set-up.tsx'
import { hasLeftToken, oneTimeToken } from './one-time-token.ts'
import { SignInForm } from './sign-in-form.tsx'

/** Everything that comes before the console opens. */
export function SignIn() {
  return <Door>{way()}</Door>
}

function way() {
  const token = hasLeftToken.value ? undefined : oneTimeToken(location.hash)
  if (token?.purpose === 'invite') return <AcceptInvitation token={token.token} />
  if (token?.purpose === 'setup') return <FirstSetUp token={token.token} />
  if (me.value?.mustEnrolTotp) return <EnrolTwoStep />
  return <SignInForm />
}
