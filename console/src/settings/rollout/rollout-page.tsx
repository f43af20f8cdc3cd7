import type { Outcome } from '@parley/shared/protocol/answers.ts'
import type { Rollout } from '@parley/shared/protocol/rollout.ts'
import { features } from '@parley/shared/rollout/features.ts'
import { isForAnybody } from '@parley/shared/rollout/reach.ts'
import { Pencil, PowerOff } from 'lucide'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { showToast } from '../../parts/toast.tsx'
import { AskedView } from '../parts/asked-view.tsx'
import { Problem } from '../parts/confirm.tsx'
import { may } from '../parts/may.ts'
import { moment } from '../parts/moments.ts'
import { Card, Page } from '../parts/page.tsx'
import { refusalWords } from '../parts/refusal-words.ts'
import { requestId } from '../parts/request-id.ts'
import { Tag } from '../parts/rows.tsx'
import { useAsk } from '../parts/use-ask.ts'
import { ComparisonTable } from './comparison-table.tsx'
import { describeRule, type Press, pressesFor } from './describe-rule.ts'
import styles from './rollout.module.css'
import { RuleDialog } from './rule-dialog.tsx'

export function RolloutPage() {
  const asked = useAsk('listRollouts', {})
  const [edited, setEdited] = useState<Rollout>()
  const put = (rollout: Rollout) => {
    const held = asked.value?.rollouts ?? []
    asked.put({ rollouts: held.map((one) => (one.feature === rollout.feature ? rollout : one)) })
  }
  return (
    <Page
      title="Roll-out"
      intro="What is new goes to a few first, is compared with those who do not have it, and is then widened or taken back. A change reaches everybody within seconds; nothing has to be installed."
      readOnlyWords={
        may('rollout.manage') ? undefined : 'Only an admin can widen a roll-out. Moderators can turn one off.'
      }
    >
      <AskedView of={asked} lines={8}>
        {({ rollouts }) => (
          <>
            {rollouts.map((rollout) => (
              <FeatureCard
                key={rollout.feature}
                rollout={rollout}
                onEdit={() => setEdited(rollout)}
                onChanged={put}
                onStale={() => void asked.reload()}
              />
            ))}
          </>
        )}
      </AskedView>
      {edited && (
        <RuleDialog
          rollout={edited}
          onClose={() => setEdited(undefined)}
          onSaved={put}
          onStale={() => void asked.reload()}
        />
      )}
    </Page>
  )
}

interface FeatureCardProps {
  rollout: Rollout
  onEdit: () => void
  onChanged: (rollout: Rollout) => void
  /** Somebody else was faster. */
  onStale: () => void
}

function FeatureCard({ rollout, onEdit, onChanged, onStale }: FeatureCardProps) {
  const { feature, rule, revision, changedAt, changedBy } = rollout
  const { label, help } = features[feature]
  const [busy, setBusy] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [isComparing, setComparing] = useState(false)
  const isOn = isForAnybody(rule)

  async function follow(press: string, outcome: Promise<Outcome<Rollout>>) {
    setBusy(press)
    setProblem(undefined)
    const pressed = await outcome
    setBusy(undefined)
    if (!pressed.ok) {
      setProblem(refusalWords(pressed.refusal))
      if (pressed.refusal.code === 'conflict') onStale()
      return
    }
    onChanged(pressed.value)
    showToast({ text: `${label}: ${describeRule(feature, pressed.value.rule)}` })
  }
  const widen = ({ words, rule }: Press) =>
    follow(words, ask('saveRollout', { requestId: requestId(), feature, from: revision, rule }))
  const kill = () => follow('kill', ask('killRollout', { requestId: requestId(), feature }))

  return (
    <Card title={label} aside={<Tag tone={isOn ? 'good' : 'plain'}>{isOn ? 'On' : 'Off'}</Tag>}>
      <p class={styles.help}>{help}</p>
      <p>
        {describeRule(feature, rule)}
        {changedAt !== null && (
          <span class={styles.by}>
            {' '}
            Since {moment(changedAt)}, by {changedBy}.
          </span>
        )}
      </p>
      {problem !== undefined && <Problem>{problem}</Problem>}
      <div class={styles.acts}>
        {may('rollout.manage') &&
          pressesFor(rule).map((press) => (
            <Button
              key={press.words}
              isBusy={busy === press.words}
              aria-label={`${press.words}: ${label}`}
              onClick={() => void widen(press)}
            >
              {press.words}
            </Button>
          ))}
        {may('rollout.manage') && (
          <Button variant="quiet" icon={Pencil} aria-label={`Change who has ${label}`} onClick={onEdit}>
            Change
          </Button>
        )}
        <Button
          variant="quiet"
          aria-expanded={isComparing}
          aria-label={`Compare ${label}`}
          onClick={() => setComparing(!isComparing)}
        >
          Compare
        </Button>
        {isOn && may('rollout.kill') && (
          <Button
            class={styles.kill}
            variant="danger"
            icon={PowerOff}
            isBusy={busy === 'kill'}
            aria-label={`Turn off ${label} for everybody`}
            onClick={() => void kill()}
          >
            Turn off for everybody
          </Button>
        )}
      </div>
      {isComparing && <ComparisonTable feature={feature} />}
    </Card>
  )
}
