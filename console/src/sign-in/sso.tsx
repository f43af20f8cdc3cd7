import { useEffect, useState } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { api } from '../session.ts'
import styles from './step.module.css'

const outcomes: Record<string, string> = {
  failed: 'Signing in did not work. Try once more, or use your password.',
  unknown: 'Nobody here has your address. Ask an admin of your marketplace to invite you.',
  away: 'Your sign-in provider cannot be reached now. Try again in a minute, or use your password.',
}

/** Why somebody who went to the provider stands before the door again. */
export function ssoWords(search: string): string | undefined {
  return outcomes[new URLSearchParams(search).get('sso') ?? '']
}

/** The way through the marketplace's own provider, where there is one. */
export function SsoButton() {
  const [name, setName] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    void api<{ name: string | null }>('/api/v1/sso', undefined, 'GET').then((outcome) => {
      if (outcome.ok) setName(outcome.value.name)
    })
  }, [])
  if (name === null) return null
  return (
    <Button
      class={styles.act ?? ''}
      isBusy={isBusy}
      onClick={() => {
        setBusy(true)
        location.assign('/api/v1/sso/begin')
      }}
    >
      Sign in with {name}
    </Button>
  )
}
