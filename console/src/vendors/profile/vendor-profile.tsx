import type { VendorProfile } from '@parley/shared/protocol/vendors.ts'
import { isAdmitted } from '@parley/shared/vendors/life-cycle.ts'
import { Pencil } from 'lucide'
import { useState } from 'preact/hooks'
import { Avatar } from '../../parts/avatar.tsx'
import { Button } from '../../parts/button.tsx'
import { PartyTag } from '../../parts/party-tag.tsx'
import { showToast } from '../../parts/toast.tsx'
import { paths } from '../../paths.ts'
import { AskedView } from '../../settings/parts/asked-view.tsx'
import { may } from '../../settings/parts/may.ts'
import { Card } from '../../settings/parts/page.tsx'
import { useAsk } from '../../settings/parts/use-ask.ts'
import { LinkDialog } from '../../settings/team/link-dialog.tsx'
import { VendorDialog } from '../../settings/team/vendor-dialog.tsx'
import { counted } from '../../times.ts'
import { Frame } from '../frame.tsx'
import { StateTag } from '../state-tag.tsx'
import { dayOf, metricValue, metricWords } from '../vendor-words.ts'
import { AppealCard } from './appeal-card.tsx'
import { DisciplineDialog, disciplineIn } from './discipline-dialog.tsx'
import { DocumentsCard } from './documents-card.tsx'
import { PeopleCard } from './people-card.tsx'
import { PersonalDataCard } from './personal-data-card.tsx'
import styles from './profile.module.css'
import { ReviewCard } from './review-card.tsx'
import { CasesCard, StandingCard } from './standing-card.tsx'
import { Timeline } from './timeline.tsx'

export function VendorProfilePage({ vendorId }: { vendorId: string }) {
  const asked = useAsk('viewVendor', { vendorId })
  const rules = useAsk('viewVendorRules', {})
  const site = useAsk('viewSite', {})
  const [isChanging, setChanging] = useState(false)
  const [isEditing, setEditing] = useState(false)
  const [link, setLink] = useState<string>()
  const vendor = asked.value
  const mayChange = vendor && may('vendor.discipline') && disciplineIn(vendor.state).length > 0
  return (
    <Frame
      title={vendor?.name ?? 'Vendor'}
      under={{ label: 'Vendors', href: paths.vendors }}
      actions={
        vendor && (
          <>
            {may('vendor.manage') && vendor.queueId !== null && (
              <Button icon={Pencil} onClick={() => setEditing(true)}>
                Edit
              </Button>
            )}
            {mayChange && <Button onClick={() => setChanging(true)}>Change standing…</Button>}
          </>
        )
      }
    >
      <AskedView of={asked} lines={8}>
        {(value) => (
          <>
            <Top vendor={value} />
            <Timeline vendor={value} />
            <div class={styles.columns}>
              <div class={styles.column}>
                {isWeighed(value) ? (
                  <>
                    <StandingCard standing={value.standing} />
                    <CasesCard cases={value.cases} isLinked />
                  </>
                ) : (
                  <AskedView of={rules} lines={4}>
                    {(asRules) => (
                      <ReviewCard
                        vendor={value}
                        rules={asRules}
                        onChange={(changed, given) => {
                          asked.put(changed)
                          if (given !== null) setLink(given)
                        }}
                      />
                    )}
                  </AskedView>
                )}
                {isWeighed(value) && <DocumentsCard vendor={value} onChange={asked.put} />}
              </div>
              <div class={styles.column}>
                <AppealCard vendor={value} onChange={asked.put} />
                {!isWeighed(value) && <DocumentsCard vendor={value} onChange={asked.put} />}
                <LimitsCard vendor={value} topics={site.value?.topics ?? []} />
                <PeopleCard people={value.people} />
                <PersonalDataCard vendor={value} onErased={() => void asked.reload()} />
              </div>
            </div>
          </>
        )}
      </AskedView>
      {vendor && isChanging && (
        <DisciplineDialog
          vendor={vendor}
          topics={site.value?.topics ?? []}
          onClose={() => setChanging(false)}
          onChange={(changed) => {
            asked.put(changed)
            setChanging(false)
            showToast({ text: 'It is on record' })
          }}
        />
      )}
      {vendor && isEditing && (
        <VendorDialog
          vendor={{ vendorId, name: vendor.name, externalId: vendor.externalId }}
          onClose={() => setEditing(false)}
          onSaved={(saved) => {
            setEditing(false)
            asked.put({ ...vendor, name: saved.name, externalId: saved.externalId })
          }}
        />
      )}
      {vendor && link !== undefined && (
        <LinkDialog
          name={vendor.application?.contactName ?? vendor.name}
          link={link}
          onClose={() => setLink(undefined)}
        />
      )}
    </Frame>
  )
}

/** Before it is admitted there is nothing to weigh, and its application stands in that place. */
function isWeighed({ state }: VendorProfile): boolean {
  return isAdmitted(state) || state === 'suspended'
}

function Top({ vendor }: { vendor: VendorProfile }) {
  const facts = [
    `In your shop: ${vendor.externalId}`,
    counted(vendor.members, 'member'),
    vendor.products > 0 && counted(vendor.products, 'product'),
    `${vendor.state === 'active' ? 'active' : 'here'} since ${dayOf(vendor.sinceAt)}`,
  ].filter(Boolean)
  const told = vendor.standing.figures.filter(
    ({ metric, value }) => value !== null && metric !== 'score' && metric !== 'nextReplyMinutes',
  )
  return (
    <div class={styles.top}>
      <div class={styles.who}>
        <Avatar name={vendor.name} party="vendor" size={40} hasBadge={false} />
        <div>
          <h2 class={styles.name}>
            {vendor.name} <PartyTag party="vendor" /> <StateTag state={vendor.state} />
          </h2>
          <p class={styles.facts}>{facts.join(' · ')}</p>
        </div>
      </div>
      {told.length > 0 && (
        <dl class={styles.figures}>
          {told.map(({ metric, value, verdict, sample }) => (
            <div key={metric} class={styles.figure}>
              <dt>{metricWords[metric]}</dt>
              <dd class={verdict === 'hard' || verdict === 'warning' ? styles.over : undefined}>
                {metricValue(metric, value ?? 0)} <small>of {sample}</small>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

function LimitsCard(props: { vendor: VendorProfile; topics: readonly { id: string; label: string }[] }) {
  const { state, limits, untilAt } = props.vendor
  if (state !== 'restricted') return null
  const topics = limits.closedTopics.map((id) => props.topics.find((topic) => topic.id === id)?.label ?? id)
  return (
    <Card title="What is restricted" aside={untilAt === null ? undefined : `Until ${dayOf(untilAt)}`}>
      <dl class={styles.facts2}>
        <dt>At a time</dt>
        <dd>{limits.capacity === null ? 'No limit' : counted(limits.capacity, 'conversation')}</dd>
        <dt>Topics</dt>
        <dd>{topics.length === 0 ? 'All open' : `Not ${topics.join(', ')}`}</dd>
        <dt>Links</dt>
        <dd>{limits.areLinksOff ? 'Off' : 'Allowed'}</dd>
      </dl>
    </Card>
  )
}
