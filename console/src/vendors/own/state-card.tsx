import type { OwnVendor } from '@parley/shared/protocol/vendors.ts'
import type { VendorState } from '@parley/shared/vendors/life-cycle.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../settings/parts/page.tsx'
import { counted } from '../../times.ts'
import styles from '../profile/profile.module.css'
import { StateTag } from '../state-tag.tsx'
import { dayOf } from '../vendor-words.ts'

const meaning: Record<VendorState, string> = {
  applied: 'Your application waits to be looked at.',
  underReview: 'The marketplace is checking your documents. Until then your people do not answer buyers.',
  training: 'Pass the training below. Then the marketplace admits you, and your people answer buyers.',
  probation: 'You answer buyers. The marketplace looks at your first conversations more closely.',
  active: 'You answer buyers.',
  restricted: 'You answer buyers, with the limits below. They end when your figures are within theirs.',
  suspended:
    'Your people do not answer buyers now. What was open went to the marketplace. You can appeal, and take trainings again.',
  refused: 'Your application was not accepted. The reason stands below.',
}

/** Said only where letters are sent. */
const byLetter: Partial<Record<VendorState, string>> = {
  applied: 'You get a letter when there is news.',
  refused: 'The letter has a link to send it again.',
}

export function StateCard({ vendor, onAppeal }: { vendor: OwnVendor; onAppeal: () => void }) {
  const { state, untilAt, limits, probation } = vendor
  const isOpen = state === 'suspended' || state === 'restricted'
  const latest = vendor.notices.find(({ act }) => act === 'suspend' || act === 'restrict')
  return (
    <Card
      title="Where you stand"
      aside={
        <>
          <StateTag state={state} /> since {dayOf(vendor.sinceAt)}
        </>
      }
    >
      <p>
        {meaning[state]}
        {vendor.hasMail && state in byLetter && ` ${byLetter[state]}`}
      </p>
      {isOpen && latest && (
        <>
          <p class={styles.quiet}>The reason:</p>
          <blockquote class={styles.words}>{latest.why}</blockquote>
        </>
      )}
      {state === 'restricted' && (
        <dl class={styles.facts2}>
          <dt>At a time</dt>
          <dd>
            {limits.capacity === null
              ? 'No limit'
              : `${counted(limits.capacity, 'conversation')} for each of you`}
          </dd>
          <dt>Links</dt>
          <dd>{limits.areLinksOff ? 'Not let through' : 'Allowed'}</dd>
          {untilAt !== null && (
            <>
              <dt>Looked at again</dt>
              <dd>{dayOf(untilAt)}</dd>
            </>
          )}
        </dl>
      )}
      {probation && <p class={styles.quiet}>{probationWords(probation)}</p>}
      {vendor.mayAppeal && (
        <div class={styles.buttons}>
          <Button variant="primary" onClick={onAppeal}>
            Appeal…
          </Button>
        </div>
      )}
    </Card>
  )
}

function probationWords(probation: NonNullable<OwnVendor['probation']>): string {
  const { conversations, conversationsDone, endsAt } = probation
  const words = [
    conversations !== null &&
      `${Math.min(conversationsDone, conversations)} of ${counted(conversations, 'conversation')} so far.`,
    endsAt !== null && `Not over before ${dayOf(endsAt)}.`,
  ]
  return words.filter(Boolean).join(' ')
}
