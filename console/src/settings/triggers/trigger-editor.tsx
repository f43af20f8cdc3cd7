import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import type { Trigger, TriggerCounts } from '@parley/shared/protocol/triggers.ts'
import type { Rule } from '@parley/shared/triggers/rule.ts'
import { ArrowLeft } from 'lucide'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { Switch } from '../../parts/switch.tsx'
import { FormFrame } from '../parts/form-frame.tsx'
import { may } from '../parts/may.ts'
import { Card, Page } from '../parts/page.tsx'
import { requestId } from '../parts/request-id.ts'
import { useForm } from '../parts/use-form.ts'
import { checkWish } from '../parts/wish-errors.ts'
import { useSite } from '../site/site-settings.ts'
import { ActionEditor } from './action-editor.tsx'
import { ConditionsEditor } from './conditions-editor.tsx'
import { OftenEditor } from './often-editor.tsx'
import { RuleSentence } from './rule-sentence.tsx'
import { SignalsEditor } from './signals-editor.tsx'
import { TriggerPreview } from './trigger-preview.tsx'
import styles from './triggers.module.css'
import { VersionsCard } from './versions-card.tsx'
import { freshRule } from './words.ts'

interface Edited {
  name: string
  isOn: boolean
  rule: Rule
}

/** A sentence and a form over one rule: both change together, and the preview with them. */
export function TriggerEditor(props: {
  /** Nothing for a new one. */
  trigger: Trigger | undefined
  list: CommandAnswer<'listTriggers'>
  counts: TriggerCounts | undefined
  onBack: () => void
  onSaved: (saved: Trigger) => Promise<void>
}) {
  const { trigger, list, counts, onBack, onSaved } = props
  const { segments } = list.settings
  const site = useSite()
  const isReadOnly = !may('trigger.configure')
  const wishOf = (edited: Edited) => ({
    requestId: requestId(),
    triggerId: trigger?.triggerId ?? null,
    version: trigger?.version ?? 0,
    ...edited,
  })
  const form = useForm<Edited>({
    name: `triggers/${trigger?.triggerId ?? 'new'}`,
    saved: trigger
      ? { name: trigger.name, isOn: trigger.isOn, rule: trigger.rule }
      : { name: '', isOn: false, rule: freshRule },
    check: (edited) => checkWish('saveTrigger', wishOf(edited)),
    async save(edited) {
      const outcome = await ask('saveTrigger', wishOf(edited))
      if (!outcome.ok) return outcome.refusal
      await onSaved(outcome.value)
      return null
    },
  })
  const { value, change, error, leave } = form
  const { rule } = value
  const put = (next: Partial<Rule>) => change({ rule: { ...rule, ...next } })
  const names = Object.fromEntries(segments.map((one) => [one.id, one.name]))
  const conditionProblem = Object.keys(checkWish('saveTrigger', wishOf(value))).some((path) =>
    path.startsWith('rule.if'),
  )

  function seconds(key: 'afterSeconds' | 'withinSeconds', text: string): void {
    const { [key]: _, ...rest } = rule
    const number = Number.parseInt(text, 10)
    change({ rule: number > 0 ? { ...rest, [key]: number } : rest })
  }

  return (
    <Page
      title={trigger ? value.name || trigger.name : 'A new trigger'}
      readOnlyWords={isReadOnly ? 'Only an admin can change triggers.' : undefined}
      actions={
        <Button icon={ArrowLeft} onClick={onBack}>
          All triggers
        </Button>
      }
      preview={<TriggerPreview rule={rule} counts={counts} />}
    >
      <Card title="What this rule does">
        <RuleSentence rule={rule} names={names} />
      </Card>
      <FormFrame form={form} isReadOnly={isReadOnly}>
        <Card title="Name">
          <div class={styles.stack}>
            <Field
              label="Name"
              isLabelHidden
              help="Only your team sees it."
              maxLength={60}
              value={value.name}
              error={error('name')}
              onBlur={() => leave('name')}
              onInput={(event) => change({ name: event.currentTarget.value })}
            />
            <Switch
              label="On"
              help="Pages take it up within five minutes."
              isOn={value.isOn}
              onChange={(isOn) => change({ isOn })}
            />
          </div>
        </Card>
        <div id="trigger-when">
          <Card title="When" aside="The sentence above and this form change together">
            <SignalsEditor when={rule.when} onChange={(when) => put({ when })} error={error} leave={leave} />
            <div class={styles.two}>
              <Field
                label="All within, seconds"
                help="Empty for no limit."
                type="number"
                min={1}
                value={rule.withinSeconds ?? ''}
                error={error('rule.withinSeconds')}
                onInput={(event) => seconds('withinSeconds', event.currentTarget.value)}
              />
              <Field
                label="Then wait, seconds"
                help="Empty for about half a second."
                type="number"
                min={1}
                value={rule.afterSeconds ?? ''}
                error={error('rule.afterSeconds')}
                onInput={(event) => seconds('afterSeconds', event.currentTarget.value)}
              />
            </div>
          </Card>
        </div>
        <div id="trigger-if">
          <Card title="Conditions">
            <ConditionsEditor
              condition={rule.if}
              segments={segments}
              problem={conditionProblem ? 'Each condition needs a value.' : undefined}
              onChange={(next) => {
                const { if: _, ...rest } = rule
                change({ rule: next ? { ...rest, if: next } : rest })
              }}
            />
          </Card>
        </div>
        <div id="trigger-do">
          <Card title="Then">
            <ActionEditor
              action={rule.do}
              topics={site.asked.value?.topics ?? []}
              onChange={(action) => put({ do: action })}
              error={error}
              leave={leave}
            />
          </Card>
        </div>
        <div id="trigger-often">
          <Card title="How often, and for whom">
            <div id="trigger-share">
              <OftenEditor
                rule={rule}
                onChange={(next) => change({ rule: next })}
                error={error}
                leave={leave}
              />
            </div>
          </Card>
        </div>
      </FormFrame>
      {trigger && (
        <VersionsCard
          key={trigger.version}
          triggerId={trigger.triggerId}
          names={names}
          isReadOnly={isReadOnly}
          onTake={({ name, isOn, rule: taken }) => change({ name, isOn, rule: taken })}
        />
      )}
    </Page>
  )
}
