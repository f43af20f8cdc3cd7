import { Button } from '../parts/button.tsx'
import { me, signOut } from '../session.ts'
import { Step } from './step.tsx'
import { TwoStepSetUp } from './two-step-set-up.tsx'

/** Shown before anything else where the site asks this role for a second step. */
export function EnrolTwoStep() {
  const siteName = me.value?.siteName ?? 'Your marketplace'
  return (
    <>
      <Step
        title="Set up two-step sign-in"
        intro={`${siteName} asks your role for a second step: a code from an app on your phone, besides the password.`}
      />
      <TwoStepSetUp act="Finish" />
      <Button variant="quiet" onClick={() => void signOut()}>
        Sign out
      </Button>
    </>
  )
}
