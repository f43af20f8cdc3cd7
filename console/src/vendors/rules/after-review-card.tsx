import { Switch } from '../../parts/switch.tsx'
import { Card } from '../../settings/parts/page.tsx'
import { NumberOrNone } from '../number-field.tsx'
import styles from './rules.module.css'
import type { RulesForm } from './rules-page.tsx'

export function AfterReviewCard({ form }: { form: RulesForm }) {
  const { training, probation } = form.value
  const change = (patch: Partial<typeof probation>) => form.change({ probation: { ...probation, ...patch } })
  return (
    <Card title="Training and probation">
      <Switch
        label="Whoever passes the training is admitted at once"
        help="Off: somebody of the staff admits them."
        isOn={training.admitsByItself}
        onChange={(admitsByItself) => form.change({ training: { admitsByItself } })}
      />
      <div class={styles.numbers}>
        <NumberOrNone
          label="Probation, in answered conversations"
          help="Empty: not counted."
          value={probation.conversations}
          error={form.error('probation.conversations')}
          onChange={(conversations) => change({ conversations })}
        />
        <NumberOrNone
          label="Probation, in days"
          help="Empty: not counted."
          value={probation.days}
          error={form.error('probation.days')}
          onChange={(days) => change({ days })}
        />
      </div>
      <Switch
        label="Hold every message on probation"
        help="A moderator lets each one go before the buyer sees it."
        isOn={probation.holdsMessages}
        onChange={(holdsMessages) => change({ holdsMessages })}
      />
    </Card>
  )
}
