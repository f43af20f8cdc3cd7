import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import type { VendorProfile, VendorRules } from '@parley/shared/protocol/vendors.ts'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { showToast } from '../../parts/toast.tsx'
import { me } from '../../session.ts'
import { Problem } from '../../settings/parts/confirm.tsx'
import { Card } from '../../settings/parts/page.tsx'
import { refusalWords } from '../../settings/parts/refusal-words.ts'
import { requestId } from '../../settings/parts/request-id.ts'
import { dayOf } from '../vendor-words.ts'
import styles from './profile.module.css'
import { ReasonDialog } from './reason-dialog.tsx'

type Act = 'startReview' | 'askForMore' | 'approve' | 'refuse' | 'admit'

const dialogs = {
  askForMore: {
    title: 'Ask for more',
    act: 'Ask',
    label: 'What is missing?',
    help: 'The applicant reads it and can answer and add documents.',
    isDanger: false,
  },
  approve: {
    title: 'Approve this vendor',
    act: 'Approve',
    label: 'What speaks for it?',
    help: 'It is kept in its record.',
    isDanger: false,
  },
  refuse: {
    title: 'Refuse this application',
    act: 'Refuse',
    label: 'Why?',
    help: 'The applicant reads it and can apply again.',
    isDanger: true,
  },
  admit: {
    title: 'Admit this vendor',
    act: 'Admit',
    label: 'What speaks for it?',
    help: 'Its members answer buyers from then on.',
    isDanger: false,
  },
} as const

/** From the application to the decision: what was told, what is checked, who has said yes. */
export function ReviewCard(props: {
  vendor: VendorProfile
  rules: VendorRules
  onChange: (vendor: VendorProfile, link: string | null) => void
}) {
  const { vendor, rules } = props
  const { state } = vendor
  const application = vendor.application?.isErased ? null : vendor.application
  const checklist = rules.rules.applications.checklist
  const [checked, setChecked] = useState<readonly string[]>(application?.checked.map(({ id }) => id) ?? [])
  const [open, setOpen] = useState<keyof typeof dialogs>()
  const [refusal, setRefusal] = useState<Refusal>()
  const isReview = state === 'underReview'
  const isFirst = application?.firstApproval?.byId === me.value?.memberId

  async function review(act: Act, reason: string): Promise<Refusal | null> {
    const outcome = await ask('reviewVendor', {
      requestId: requestId(),
      vendorId: vendor.vendorId,
      act,
      reason,
      checked: [...checked],
      ...(vendor.queueId === null ? {} : { externalId: vendor.externalId }),
    })
    if (!outcome.ok) return outcome.refusal
    setOpen(undefined)
    props.onChange(outcome.value.vendor, outcome.value.link)
    showToast({ text: 'It is on record' })
    return null
  }

  async function start(): Promise<void> {
    setRefusal((await review('startReview', 'Looking at it')) ?? undefined)
  }

  return (
    <Card
      title="Application"
      aside={application && `Terms in version ${application.termsVersion}, ${dayOf(application.appliedAt)}`}
    >
      {application ? (
        <>
          <dl class={styles.facts2}>
            <dt>Contact</dt>
            <dd>{application.contactName}</dd>
            <dt>E-mail</dt>
            <dd>
              {application.email}{' '}
              <span class={styles.quiet}>
                {application.isEmailConfirmed ? '(confirmed by link)' : '(not confirmed)'}
              </span>
            </dd>
            {application.phone && (
              <>
                <dt>Phone</dt>
                <dd>{application.phone}</dd>
              </>
            )}
            {application.website && (
              <>
                <dt>Website</dt>
                <dd>
                  <a class={styles.link} href={application.website} target="_blank" rel="noopener noreferrer">
                    {application.website}
                  </a>
                </dd>
              </>
            )}
            <dt>Sells</dt>
            <dd>{application.categories.join(', ') || '—'}</dd>
          </dl>
          <blockquote class={styles.words}>{application.about}</blockquote>
          {application.talk.length > 0 && (
            <div class={styles.talk}>
              {application.talk.map((word) => (
                <div key={word.at}>
                  <p class={styles.talkHead}>
                    {word.by}, {word.side === 'staff' ? 'for the marketplace' : 'applicant'} ·{' '}
                    {dayOf(word.at)}
                  </p>
                  <blockquote class={styles.words}>{word.text}</blockquote>
                </div>
              ))}
            </div>
          )}
          {isReview && (
            <fieldset class={styles.checks}>
              <legend>Checklist</legend>
              {checklist.map(({ id, label }) => {
                const done = application.checked.find((one) => one.id === id)
                return (
                  <label key={id} class={styles.check}>
                    <input
                      type="checkbox"
                      checked={checked.includes(id)}
                      onChange={(event) =>
                        setChecked(
                          event.currentTarget.checked
                            ? [...checked, id]
                            : checked.filter((one) => one !== id),
                        )
                      }
                    />
                    <span>
                      {label} {done && <small>{done.by}</small>}
                    </span>
                  </label>
                )
              })}
            </fieldset>
          )}
          {application.firstApproval && (
            <p class={styles.quiet}>
              {application.firstApproval.by} has approved, so someone else must decide.
            </p>
          )}
        </>
      ) : (
        <p class={styles.quiet}>
          {vendor.application
            ? 'It was erased.'
            : isReview
              ? 'It was a vendor before. Look at it again, or ask its people for what is missing.'
              : 'There is no application on record.'}
        </p>
      )}
      {refusal && <Problem>{refusalWords(refusal)}</Problem>}
      <div class={styles.buttons}>
        {state === 'applied' && (
          <Button variant="primary" onClick={() => void start()}>
            Start review
          </Button>
        )}
        {isReview && (
          <>
            <Button variant="primary" disabled={isFirst} onClick={() => setOpen('approve')}>
              Approve…
            </Button>
            <Button onClick={() => setOpen('askForMore')}>Ask for more…</Button>
          </>
        )}
        {state === 'training' && (
          <Button variant="primary" onClick={() => setOpen('admit')}>
            Admit…
          </Button>
        )}
        {(isReview || state === 'applied') && (
          <Button variant="danger" onClick={() => setOpen('refuse')}>
            Refuse…
          </Button>
        )}
      </div>
      {open && (
        <ReasonDialog
          {...dialogs[open]}
          onClose={() => setOpen(undefined)}
          onDone={(reason) => review(open, reason)}
        />
      )}
    </Card>
  )
}
