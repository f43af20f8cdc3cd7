import type { GroupFigures, RolloutGroup } from '@parley/shared/protocol/rollout.ts'
import type { Feature } from '@parley/shared/rollout/features.ts'
import { useState } from 'preact/hooks'
import { Select } from '../../parts/field.tsx'
import { Table } from '../../parts/table.tsx'
import { AskedView } from '../parts/asked-view.tsx'
import { useAsk } from '../parts/use-ask.ts'
import styles from './rollout.module.css'

const groupWords: Record<RolloutGroup, string> = {
  on: 'Has it',
  heldOut: 'Held out',
  off: 'Does not have it',
}

export function ComparisonTable({ feature }: { feature: Feature }) {
  const [days, setDays] = useState(14)
  const asked = useAsk('compareRollout', { feature, days })
  return (
    <div class={styles.comparison}>
      <Select
        label="Conversations that began in the last"
        value={String(days)}
        onChange={(event) => setDays(Number(event.currentTarget.value))}
      >
        {[1, 7, 14, 30, 90].map((count) => (
          <option key={count} value={count}>
            {count === 1 ? 'day' : `${count} days`}
          </option>
        ))}
      </Select>
      <AskedView of={asked} lines={3}>
        {({ groups, isCut }) => (
          <>
            <Table<GroupFigures>
              caption="Comparison"
              rows={groups}
              rowKey={({ group }) => group}
              columns={[
                { heading: 'Group', cell: ({ group }) => groupWords[group] },
                {
                  heading: 'Chats',
                  align: 'end',
                  cell: ({ conversations }) => conversations.toLocaleString(),
                },
                { heading: 'Rating', align: 'end', cell: ratingOf },
                { heading: 'First reply', align: 'end', cell: ({ firstReplyMs }) => spanOf(firstReplyMs) },
                { heading: 'Flagged', align: 'end', cell: flaggedOf },
              ]}
            />
            <p class={styles.by}>
              Rating is the mean of the stars, with how many gave them; first reply the median until a person
              answered. Each chat counts in the group it was in when it began.
              {isCut && ' There are more than 20,000: the newest are counted.'}
            </p>
          </>
        )}
      </AskedView>
    </div>
  )
}

function ratingOf({ rating, rated }: GroupFigures): string {
  return rating === null ? '—' : `${rating.toFixed(2)} (${rated.toLocaleString()})`
}

function flaggedOf({ flagged, conversations }: GroupFigures): string {
  return conversations === 0 ? '—' : `${((100 * flagged) / conversations).toFixed(1)} %`
}

function spanOf(ms: number | null): string {
  if (ms === null) return '—'
  const seconds = Math.round(ms / 1_000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} m ${seconds % 60} s`
  return `${Math.floor(seconds / 3_600)} h ${Math.round((seconds % 3_600) / 60)} m`
}
