import { faultWords } from '@parley/shared/describe-audit.ts'
import type { AuditVerdict } from '@parley/shared/protocol/audit.ts'
import { ShieldCheck } from 'lucide'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Problem } from '../parts/confirm.tsx'
import { refusalWords } from '../parts/refusal-words.ts'
import styles from './audit.module.css'

export interface Verifying {
  verdict: AuditVerdict | undefined
  problem: string | undefined
  isBusy: boolean
  verify: () => Promise<void>
}

export function useVerify(): Verifying {
  const [verdict, setVerdict] = useState<AuditVerdict>()
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  async function verify(): Promise<void> {
    setBusy(true)
    setProblem(undefined)
    const outcome = await ask('verifyAudit', {})
    setBusy(false)
    if (outcome.ok) setVerdict(outcome.value)
    else setProblem(refusalWords(outcome.refusal))
  }
  return { verdict, problem, isBusy, verify }
}

export function VerifyButton({ of }: { of: Verifying }) {
  return (
    <Button icon={ShieldCheck} isBusy={of.isBusy} onClick={() => void of.verify()}>
      Verify
    </Button>
  )
}

/** What was found, and where the chain ends, to be noted elsewhere. */
export function Verdict({ of: { verdict, problem } }: { of: Verifying }) {
  if (problem !== undefined) return <Problem>{problem}</Problem>
  if (!verdict) return null
  const { lines, erased, head, fault } = verdict
  if (fault)
    return (
      <Problem>
        {faultWords(fault)} The {lines.toLocaleString()} lines before it fit. Somebody has changed the
        database: keep a copy of it before anything else.
      </Problem>
    )
  return (
    <div role="status" class={styles.verdict}>
      <Icon node={ShieldCheck} size={16} />
      <p>
        Every line fits: {lines.toLocaleString()} in all
        {erased > 0 && `, ${erased.toLocaleString()} with names or reasons erased`}. The chain ends at{' '}
        <code class={styles.object}>
          {head.number}:{head.hash}
        </code>
      </p>
    </div>
  )
}
