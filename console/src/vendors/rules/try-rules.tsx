import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import type { StandingRules, TriedRules, TriedStep } from '@parley/shared/protocol/vendors.ts'
import { FlaskConical } from 'lucide'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Table } from '../../parts/table.tsx'
import { paths } from '../../paths.ts'
import { Problem } from '../../settings/parts/confirm.tsx'
import { errorsOf } from '../../settings/parts/wish-errors.ts'
import { counted } from '../../times.ts'
import profile from '../profile/profile.module.css'
import { actWords, dayOf } from '../vendor-words.ts'
import styles from './rules.module.css'

/** What the limits as they stand in the form would have done, before anybody is touched by them. */
export function TryRules({ standing }: { standing: StandingRules }) {
  const [tried, setTried] = useState<{ of: string; value: TriedRules }>()
  const [refusal, setRefusal] = useState<Refusal>()
  const [isBusy, setBusy] = useState(false)
  const key = JSON.stringify({ ...standing, isOn: true })

  async function run(): Promise<void> {
    setBusy(true)
    const outcome = await ask('tryVendorRules', { standing })
    setBusy(false)
    setRefusal(outcome.ok ? undefined : outcome.refusal)
    if (outcome.ok) setTried({ of: key, value: outcome.value })
  }

  return (
    <div class={styles.tried}>
      <div>
        <Button icon={FlaskConical} isBusy={isBusy} onClick={() => void run()}>
          Try on the past 30 days
        </Button>
      </div>
      {refusal && <Problem>{Object.values(errorsOf(refusal))[0]}</Problem>}
      <div role="status" class={styles.tried}>
        {tried && tried.of !== key && <p class={styles.quiet}>The limits have changed since. Try again.</p>}
        {tried && <Found tried={tried.value} />}
      </div>
    </div>
  )
}

function Found({ tried }: { tried: TriedRules }) {
  const touched = new Set(tried.steps.map(({ vendorId }) => vendorId)).size
  return (
    <>
      <p>
        Would have touched: {touched} of {counted(tried.vendors, 'vendor')}.
      </p>
      {tried.steps.length > 0 && (
        <Table<TriedStep>
          caption="What would have happened"
          isDense
          rows={tried.steps}
          rowKey={({ vendorId, on, act }) => `${vendorId} ${on} ${act}`}
          columns={[
            { heading: 'On', cell: ({ on }) => dayOf(on) },
            {
              heading: 'Vendor',
              cell: ({ vendorId, name }) => (
                <a class={profile.link} href={paths.vendor(vendorId)}>
                  {name}
                </a>
              ),
            },
            { heading: 'What', cell: ({ act }) => actWords[act] },
            { heading: 'Why', cell: ({ why }) => why },
            { heading: 'Cases', align: 'end', cell: ({ conversationIds }) => conversationIds.length },
          ]}
        />
      )}
    </>
  )
}
