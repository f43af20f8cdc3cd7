import type { VendorSummary } from '@parley/shared/protocol/vendors.ts'
import { isAdmitted } from '@parley/shared/vendors/life-cycle.ts'
import { Gavel, Plus, Store } from 'lucide'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Avatar } from '../parts/avatar.tsx'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { Field } from '../parts/field.tsx'
import { Table } from '../parts/table.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { paths } from '../paths.ts'
import { AskedView } from '../settings/parts/asked-view.tsx'
import { may } from '../settings/parts/may.ts'
import { Card } from '../settings/parts/page.tsx'
import { Tag } from '../settings/parts/rows.tsx'
import { useAsk } from '../settings/parts/use-ask.ts'
import { VendorDialog } from '../settings/team/vendor-dialog.tsx'
import { Frame } from './frame.tsx'
import { StateTag } from './state-tag.tsx'
import styles from './vendor-list.module.css'
import { dayOf, verdictTones, verdictWords } from './vendor-words.ts'

const shown = {
  all: { label: 'All', has: (_: VendorSummary) => true },
  waiting: { label: 'Waiting for you', has: (one: VendorSummary) => one.waitsFor !== null },
  admitted: { label: 'Admitted', has: (one: VendorSummary) => isAdmitted(one.state) },
  applying: {
    label: 'Applying',
    has: ({ state }: VendorSummary) =>
      state === 'applied' || state === 'underReview' || state === 'training' || state === 'refused',
  },
  stopped: {
    label: 'Restricted or suspended',
    has: ({ state }: VendorSummary) => state === 'restricted' || state === 'suspended',
  },
} as const
type ShownId = keyof typeof shown
const shownIds = Object.keys(shown) as ShownId[]

export function VendorList() {
  const asked = useAsk('listVendorProfiles', {})
  const { route } = useLocation()
  const [view, setView] = useState<ShownId>('all')
  const [search, setSearch] = useState('')
  const [isAdding, setAdding] = useState(false)
  const all = asked.value?.vendors ?? []
  const add = may('vendor.manage') && (
    <Button icon={Plus} onClick={() => setAdding(true)}>
      Add a vendor
    </Button>
  )
  return (
    <Frame
      title="Vendors"
      place="vendors"
      intro="Who sells on your marketplace, where each stands, and who waits for a decision."
      actions={add}
    >
      <AskedView of={asked} lines={6}>
        {({ vendors }) =>
          vendors.length === 0 ? (
            <Empty icon={Store} title="No vendors yet" actions={add}>
              Buyers can write to the marketplace only.
            </Empty>
          ) : (
            <>
              <div class={styles.bar}>
                <Tabs
                  label="Which vendors"
                  selected={view}
                  onSelect={setView}
                  controls="vendor-table"
                  tabs={shownIds.map((id) => ({
                    id,
                    label: shown[id].label,
                    count: vendors.filter(shown[id].has).length,
                  }))}
                />
                <div class={styles.search}>
                  <Field
                    label="Find a vendor"
                    isLabelHidden
                    type="search"
                    placeholder="Find a vendor"
                    value={search}
                    onInput={(event) => setSearch(event.currentTarget.value)}
                  />
                </div>
              </div>
              <div id="vendor-table" role="tabpanel" aria-label={shown[view].label}>
                <VendorTable
                  title={view === 'all' ? 'All vendors' : shown[view].label}
                  vendors={vendors.filter(shown[view].has).filter(matching(search))}
                />
              </div>
            </>
          )
        }
      </AskedView>
      {isAdding && (
        <VendorDialog
          vendor={undefined}
          onClose={() => setAdding(false)}
          onSaved={({ vendorId }) => {
            setAdding(false)
            if (all.length > 0) void asked.reload()
            route(paths.vendor(vendorId))
          }}
        />
      )}
    </Frame>
  )
}

function matching(search: string): (vendor: VendorSummary) => boolean {
  const words = search.trim().toLocaleLowerCase()
  return ({ name, externalId }) => `${name} ${externalId}`.toLocaleLowerCase().includes(words)
}

function VendorTable({ title, vendors }: { title: string; vendors: readonly VendorSummary[] }) {
  if (vendors.length === 0)
    return (
      <Empty icon={Gavel} title="Nobody here">
        No vendor matches this view and these words.
      </Empty>
    )
  return (
    <Card title={title} aside={`${vendors.length}`} isFlush>
      <div class={`${styles.table} ${styles.pad}`}>
        <Table<VendorSummary>
          caption={title}
          rows={vendors}
          rowKey={({ vendorId }) => vendorId}
          columns={[
            {
              heading: 'Vendor',
              cell: ({ vendorId, name }) => (
                <span class={styles.name}>
                  <Avatar name={name} party="vendor" size={28} hasBadge={false} />
                  <a href={paths.vendor(vendorId)}>{name}</a>
                </span>
              ),
            },
            {
              heading: 'State',
              cell: ({ state, waitsFor }) => (
                <span class={styles.tags}>
                  <StateTag state={state} />
                  {waitsFor === 'appeal' && <Tag tone="warn">Appeal</Tag>}
                  {waitsFor === 'review' && <Tag tone="warn">To review</Tag>}
                </span>
              ),
            },
            { heading: 'Since', cell: ({ sinceAt }) => <span class={styles.nowrap}>{dayOf(sinceAt)}</span> },
            {
              heading: 'Standing',
              cell: ({ verdict, state }) =>
                verdict === null || !isAdmitted(state) ? (
                  <span class={styles.quiet}>—</span>
                ) : (
                  <Tag tone={verdictTones[verdict]}>{verdictWords[verdict]}</Tag>
                ),
            },
            {
              heading: 'Rating',
              align: 'end',
              cell: ({ rating }) =>
                rating === null ? (
                  <span class={styles.quiet}>—</span>
                ) : (
                  <span class={styles.nowrap}>
                    {rating.average.toFixed(1)} <span class={styles.quiet}>of {rating.count}</span>
                  </span>
                ),
            },
            { heading: 'Members', align: 'end', cell: ({ members }) => members },
          ]}
        />
      </div>
    </Card>
  )
}
