import type { Disagreement, DisagreementPage } from '@parley/shared/protocol/reviews.ts'
import { Scale } from 'lucide'
import { Empty } from '../parts/empty.tsx'
import { Select } from '../parts/field.tsx'
import { AskedView } from '../settings/parts/asked-view.tsx'
import type { Asked } from '../settings/parts/use-ask.ts'
import styles from './disagreements.module.css'
import { Row } from './review-list.tsx'
import { pairWords, percent } from './words.ts'

export function Disagreements(props: {
  page: Asked<DisagreementPage>
  days: number
  selected: string | undefined
  onDays: (days: number) => void
}) {
  const { page, days, selected, onDays } = props
  return (
    <div class={styles.disagreements}>
      <div class={styles.days}>
        <Select
          label="Time"
          value={String(days)}
          onChange={(event) => onDays(Number(event.currentTarget.value))}
        >
          {[7, 30, 90, 365].map((count) => (
            <option key={count} value={count}>
              Last {count} days
            </option>
          ))}
        </Select>
      </div>
      <AskedView of={page} lines={5}>
        {({ agreement, list }) => (
          <>
            <dl class={styles.agreement} aria-label="Agreement">
              {agreement.map(({ pair, both, agree }) => (
                <div key={pair} class={styles.pair}>
                  <dt>{pairWords[pair]}</dt>
                  <dd>
                    {both === 0 ? (
                      <span class={styles.none}>nothing to compare</span>
                    ) : (
                      <>
                        <b>{percent(agree / both)}</b> agree, {agree} of {both}
                      </>
                    )}
                  </dd>
                </div>
              ))}
            </dl>
            {list.length === 0 ? (
              <Empty icon={Scale} title="No disagreement">
                Customers, reviewers and tone say much the same.
              </Empty>
            ) : (
              <ul class={styles.rows} aria-label="Where they disagree">
                {list.map((one) => (
                  <li key={one.reviewId}>
                    <Row
                      row={one}
                      view="disagreements"
                      isSelected={one.reviewId === selected}
                      extra={apart(one)}
                    />
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </AskedView>
    </div>
  )
}

function apart({ opinions }: Disagreement): string {
  const said = [
    opinions.rating !== null && `customer ${percent(opinions.rating)}`,
    opinions.review !== null && `reviewer ${percent(opinions.review)}`,
    opinions.tone !== null && `tone ${percent(opinions.tone)}`,
  ]
  return said.filter(Boolean).join(', ')
}
