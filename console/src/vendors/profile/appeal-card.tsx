import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import type { VendorProfile } from '@parley/shared/protocol/vendors.ts'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { me } from '../../session.ts'
import { may } from '../../settings/parts/may.ts'
import { moment } from '../../settings/parts/moments.ts'
import { Card } from '../../settings/parts/page.tsx'
import { requestId } from '../../settings/parts/request-id.ts'
import { Tag } from '../../settings/parts/rows.tsx'
import styles from './profile.module.css'
import { ReasonDialog } from './reason-dialog.tsx'

const verdicts = {
  probation: { name: 'Back on probation', act: 'Readmit on probation', isKept: false },
  active: { name: 'Lift', act: 'Readmit', isKept: false },
  keep: { name: 'Keep', act: 'Keep it as it is', isKept: true },
} as const
type Verdict = keyof typeof verdicts

/** An appeal is decided by somebody other than whoever decided first. */
export function AppealCard(props: { vendor: VendorProfile; onChange: (vendor: VendorProfile) => void }) {
  const { vendor } = props
  const { appeal } = vendor
  const [open, setOpen] = useState<Verdict>()
  if (appeal === null) return null
  const isMine = vendor.decidedBy === me.value?.memberId
  const decider = vendor.steps.findLast(({ act }) => act === 'restrict' || act === 'suspend')

  async function decide(verdict: Verdict, reason: string): Promise<Refusal | null> {
    const outcome = await ask('decideVendorAppeal', {
      requestId: requestId(),
      vendorId: vendor.vendorId,
      verdict: verdict === 'keep' ? 'keep' : 'grant',
      ...(verdict === 'keep' ? {} : { to: verdict }),
      reason,
    })
    if (!outcome.ok) return outcome.refusal
    setOpen(undefined)
    props.onChange(outcome.value)
    return null
  }

  return (
    <Card
      title="Appeal"
      aside={
        appeal.decision === null ? (
          <Tag tone="warn">Waits for an answer</Tag>
        ) : (
          <Tag>{appeal.decision.verdict === 'grant' ? 'Granted' : 'Refused'}</Tag>
        )
      }
    >
      <p class={styles.quiet}>
        From {appeal.by}, {moment(appeal.at)}
      </p>
      <blockquote class={styles.words}>{appeal.text}</blockquote>
      {appeal.decision !== null ? (
        <p class={styles.quiet}>
          {appeal.decision.by}, {moment(appeal.decision.at)}: {appeal.decision.reason}
        </p>
      ) : (
        may('vendor.discipline') && (
          <>
            {decider && !decider.isByRule && (
              <p class={styles.quiet}>
                {decider.by} decided before, so {isMine ? 'someone else must decide now.' : 'you may decide.'}
              </p>
            )}
            <div class={styles.buttons}>
              {(Object.keys(verdicts) as Verdict[]).map((verdict) => (
                <Button
                  key={verdict}
                  variant={verdict === 'probation' ? 'primary' : 'plain'}
                  disabled={isMine}
                  onClick={() => setOpen(verdict)}
                >
                  {verdicts[verdict].name}…
                </Button>
              ))}
            </div>
          </>
        )
      )}
      {open && (
        <ReasonDialog
          title={verdicts[open].act}
          act={verdicts[open].act}
          label="Why?"
          help="The vendor reads it."
          onClose={() => setOpen(undefined)}
          onDone={(reason) => decide(open, reason)}
        />
      )}
    </Card>
  )
}
