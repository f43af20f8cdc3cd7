import type { OwnVendor } from '@parley/shared/protocol/vendors.ts'
import { isAdmitted, type VendorState } from '@parley/shared/vendors/life-cycle.ts'
import { useEffect, useState } from 'preact/hooks'
import { showToast } from '../../parts/toast.tsx'
import { loadSession, me } from '../../session.ts'
import { AskedView } from '../../settings/parts/asked-view.tsx'
import { moment } from '../../settings/parts/moments.ts'
import { Card } from '../../settings/parts/page.tsx'
import { Row, Rows, Tag } from '../../settings/parts/rows.tsx'
import { useAsk } from '../../settings/parts/use-ask.ts'
import { counted } from '../../times.ts'
import { Frame } from '../frame.tsx'
import styles from '../profile/profile.module.css'
import { CasesCard, StandingCard } from '../profile/standing-card.tsx'
import { dayOf, stepName } from '../vendor-words.ts'
import { AppealDialog } from './appeal-dialog.tsx'
import { StateCard } from './state-card.tsx'
import { TrainingList } from './take-training.tsx'

/** For a vendor's own people: where it stands, what they were told, and what they can do. */
export function OwnVendorPage() {
  const asked = useAsk('viewOwnVendor', {})
  const [isAppealing, setAppealing] = useState(false)
  const state = asked.value?.state
  useEffect(() => {
    // What the rest of the console offers follows from it too.
    if (state !== undefined && state !== me.value?.vendorState) void loadSession()
  }, [state])
  useEffect(() => {
    const look = () => void asked.reload()
    addEventListener('focus', look)
    return () => removeEventListener('focus', look)
  }, [asked.reload])
  return (
    <Frame title={asked.value?.name ?? me.value?.vendorName ?? 'Your vendor page'} isNarrow>
      <AskedView of={asked} lines={6}>
        {(vendor) => (
          <>
            <StateCard vendor={vendor} onAppeal={() => setAppealing(true)} />
            {vendor.appeal && <OwnAppeal appeal={vendor.appeal} />}
            {mayTrain(vendor.state) && <TrainingList onPassed={() => void asked.reload()} />}
            {(isAdmitted(vendor.state) || vendor.state === 'suspended') && (
              <>
                <StandingCard standing={vendor.standing} />
                <CasesCard cases={vendor.cases} isLinked={isAdmitted(vendor.state)} />
              </>
            )}
            <Notices notices={vendor.notices} />
          </>
        )}
      </AskedView>
      {isAppealing && (
        <AppealDialog
          onClose={() => setAppealing(false)}
          onDone={(changed) => {
            asked.put(changed)
            setAppealing(false)
            showToast({ text: 'Your appeal is sent' })
          }}
        />
      )}
    </Frame>
  )
}

function mayTrain(state: VendorState): boolean {
  return isAdmitted(state) || state === 'training' || state === 'suspended'
}

function OwnAppeal({ appeal }: { appeal: NonNullable<OwnVendor['appeal']> }) {
  const { decision } = appeal
  const isGranted = decision?.verdict === 'grant'
  return (
    <Card
      title="Your appeal"
      aside={
        <Tag tone={decision === null ? 'warn' : isGranted ? 'good' : 'bad'}>
          {decision === null ? 'Waits for an answer' : isGranted ? 'Granted' : 'Refused'}
        </Tag>
      }
    >
      <p class={styles.quiet}>
        From {appeal.by}, {moment(appeal.at)}
      </p>
      <blockquote class={styles.words}>{appeal.text}</blockquote>
      {decision && (
        <p>
          {decision.by}, {moment(decision.at)}: {decision.reason}
        </p>
      )}
    </Card>
  )
}

function Notices({ notices }: { notices: OwnVendor['notices'] }) {
  if (notices.length === 0) return null
  return (
    <Card title="On record" aside={`${notices.length}`} isFlush>
      <Rows label="On record">
        {notices.map((notice) => (
          <Row
            key={`${notice.at} ${notice.act}`}
            title={stepName(notice)}
            detail={[
              notice.why,
              notice.conversationIds.length > 0 &&
                `names ${counted(notice.conversationIds.length, 'conversation')}`,
              notice.untilAt !== null && `until ${dayOf(notice.untilAt)}`,
            ]
              .filter(Boolean)
              .join(' · ')}
            state={<time dateTime={notice.at}>{moment(notice.at)}</time>}
          />
        ))}
      </Rows>
    </Card>
  )
}
