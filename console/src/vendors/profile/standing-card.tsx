import type { Figure, Standing, StandingCase } from '@parley/shared/protocol/vendors.ts'
import { Table } from '../../parts/table.tsx'
import { paths } from '../../paths.ts'
import { Card } from '../../settings/parts/page.tsx'
import { Tag } from '../../settings/parts/rows.tsx'
import { counted } from '../../times.ts'
import {
  dayOf,
  limitWords,
  metricFormulas,
  metricValue,
  metricWords,
  verdictTones,
  verdictWords,
} from '../vendor-words.ts'
import styles from './profile.module.css'

export function StandingCard({ standing }: { standing: Standing }) {
  return (
    <Card
      title="Standing and limits"
      aside={<Tag tone={verdictTones[standing.verdict]}>{verdictWords[standing.verdict]}</Tag>}
      isFlush
    >
      <div class={styles.pad}>
        <Table<Figure>
          caption="Standing and limits"
          rows={standing.figures}
          rowKey={({ metric }) => metric}
          columns={[
            {
              heading: 'Figure',
              cell: ({ metric }) => (
                <>
                  {metricWords[metric]}
                  <span class={styles.formula}>{metricFormulas[metric]}</span>
                </>
              ),
            },
            { heading: 'Now', cell: (figure) => <Now figure={figure} /> },
            { heading: 'Limit', cell: (figure) => limitWords(figure, standing.leastSample) },
            { heading: 'Cases', align: 'end', cell: ({ sample }) => sample },
          ]}
        />
      </div>
      <p class={styles.foot}>
        Over the past {standing.windowDays} days. A figure counts from {counted(standing.leastSample, 'case')}{' '}
        on.
      </p>
    </Card>
  )
}

function Now({ figure: { metric, value, verdict } }: { figure: Figure }) {
  if (value === null) return <>—</>
  const tone = verdict === 'hard' ? styles.bad : verdict === 'warning' ? styles.warn : undefined
  return <span class={tone}>{metricValue(metric, value)}</span>
}

/** The conversations the figures are made of, those beyond a limit first. */
export function CasesCard({ cases, isLinked }: { cases: readonly StandingCase[]; isLinked: boolean }) {
  if (cases.length === 0) return null
  return (
    <Card title="Behind the figures" aside={`${cases.length} newest`} isFlush>
      <div class={styles.pad}>
        <Table<StandingCase>
          caption="Cases behind the figures"
          isDense
          rows={cases.slice(0, 20)}
          rowKey={({ metric, conversationId, at }) => `${metric} ${conversationId} ${at}`}
          columns={[
            {
              heading: 'Conversation',
              cell: ({ conversationId, at }) =>
                isLinked ? (
                  <a class={styles.link} href={paths.conversation('closed', conversationId)}>
                    {dayOf(at)}
                  </a>
                ) : (
                  dayOf(at)
                ),
            },
            { heading: 'Figure', cell: ({ metric }) => metricWords[metric] },
            { heading: 'Value', align: 'end', cell: ({ metric, value }) => metricValue(metric, value) },
          ]}
        />
      </div>
    </Card>
  )
}
