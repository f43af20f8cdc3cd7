import { type StandingMetric, standingMetrics } from '@parley/shared/protocol/vendors.ts'
import { Switch } from '../../parts/switch.tsx'
import { Card } from '../../settings/parts/page.tsx'
import { NumberField, NumberOrNone } from '../number-field.tsx'
import { metricFormulas, metricWords } from '../vendor-words.ts'
import styles from './rules.module.css'
import type { RulesForm } from './rules-page.tsx'
import { TryRules } from './try-rules.tsx'

type Limit = { warn: number; hard: number } | null

export function StandingRulesCard({ form }: { form: RulesForm }) {
  const { standing } = form.value
  const change = (patch: Partial<typeof standing>) => form.change({ standing: { ...standing, ...patch } })
  const error = (name: string) => form.error(`standing.${name}`)
  const setLimit = (metric: StandingMetric, limit: Limit) =>
    change({ limits: { ...standing.limits, [metric]: limit } })
  return (
    <Card title="Standing">
      <Switch
        label="Warn, restrict and suspend by rule"
        help="Beyond the first limit a warning; beyond the hard one, or still beyond the first after the time to mend it, a restriction; after that a suspension."
        isOn={standing.isOn}
        onChange={(isOn) => change({ isOn })}
      />
      <div class={styles.numbers}>
        <NumberField
          label="Looks at the past, in days"
          value={standing.windowDays}
          error={error('windowDays')}
          onChange={(windowDays) => change({ windowDays })}
        />
        <NumberField
          label="Least number of cases"
          value={standing.leastSample}
          error={error('leastSample')}
          onChange={(leastSample) => change({ leastSample })}
        />
        <NumberField
          label="Time to mend it, in days"
          value={standing.cureDays}
          error={error('cureDays')}
          onChange={(cureDays) => change({ cureDays })}
        />
        <NumberField
          label="Restricted: at a time"
          value={standing.restrictedCapacity}
          error={error('restrictedCapacity')}
          onChange={(restrictedCapacity) => change({ restrictedCapacity })}
        />
      </div>
      <div class={styles.limits}>
        {standingMetrics.map((metric) => (
          <LimitFields
            key={metric}
            metric={metric}
            limit={standing.limits[metric]}
            error={(name) => error(`limits.${metric}${name}`)}
            onChange={(limit) => setLimit(metric, limit)}
          />
        ))}
      </div>
      <p class={styles.quiet}>Replies in minutes, scores and flags in percent. Empty: no limit.</p>
      <TryRules standing={standing} />
    </Card>
  )
}

function LimitFields(props: {
  metric: StandingMetric
  limit: Limit
  error: (name: string) => string | undefined
  onChange: (limit: Limit) => void
}) {
  const { metric, limit, error } = props
  const side = metric === 'rating' || metric === 'score' ? 'under' : 'over'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in the grid
    <div role="group" aria-label={metricWords[metric]} class={styles.limit}>
      <span class={styles.limitName}>
        {metricWords[metric]}
        <small>{metricFormulas[metric]}</small>
      </span>
      <NumberOrNone
        label={`Warns ${side}`}
        value={limit?.warn ?? null}
        error={error('.warn')}
        onChange={(warn) => props.onChange(warn === null ? null : { warn, hard: limit?.hard ?? warn })}
      />
      <NumberOrNone
        label={`Hard ${side}`}
        value={limit?.hard ?? null}
        error={error('') ?? error('.hard')}
        onChange={(hard) => props.onChange(hard === null ? null : { hard, warn: limit?.warn ?? hard })}
      />
    </div>
  )
}
