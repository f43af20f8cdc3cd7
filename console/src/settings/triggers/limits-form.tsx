import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import type { TriggerSettings } from '@parley/shared/protocol/triggers.ts'
import { conditionWords } from '@parley/shared/triggers/describe-rule.ts'
import { Plus, Trash2 } from 'lucide'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Field, Select, TextArea } from '../../parts/field.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Switch } from '../../parts/switch.tsx'
import { FormFrame } from '../parts/form-frame.tsx'
import { Card } from '../parts/page.tsx'
import { replaced, without } from '../parts/reorder.ts'
import { requestId } from '../parts/request-id.ts'
import { useForm } from '../parts/use-form.ts'
import { checkWish } from '../parts/wish-errors.ts'
import { ConditionsEditor } from './conditions-editor.tsx'
import { linesOf } from './lines.ts'
import styles from './triggers.module.css'

const whole = (text: string) => Number.parseInt(text, 10) || 0

/** What holds for one person over all rules, where triggers stay away, and what is counted. */
export function LimitsForm(props: {
  list: CommandAnswer<'listTriggers'>
  isReadOnly: boolean
  onSaved: () => Promise<void>
}) {
  const form = useForm<TriggerSettings>({
    name: 'triggers',
    saved: props.list.settings,
    check: (settings) => checkWish('saveTriggerSettings', { requestId: requestId(), settings }),
    async save(settings) {
      const outcome = await ask('saveTriggerSettings', { requestId: requestId(), settings })
      if (!outcome.ok) return outcome.refusal
      await props.onSaved()
      return null
    },
  })
  const { value, change, error, leave } = form
  const { segments } = value
  const number = (key: 'perPage' | 'perDay' | 'quietHours', label: string) => (
    <Field
      label={label}
      type="number"
      min={0}
      value={value[key]}
      error={error(key)}
      onBlur={() => leave(key)}
      onInput={(event) => change({ [key]: whole(event.currentTarget.value) })}
    />
  )
  const paths = (key: 'excluded' | 'neverOn', label: string, help: string) => (
    <TextArea
      label={label}
      help={help}
      rows={3}
      value={value[key].join('\n')}
      error={error(key) ?? value[key].map((_, at) => error(`${key}.${at}`)).find(Boolean)}
      onBlur={() => leave(key)}
      onChange={(event) => change({ [key]: linesOf(event.currentTarget.value) })}
    />
  )
  return (
    <FormFrame form={form} isReadOnly={props.isReadOnly}>
      <Card title="One budget for each person" aside="Over all rules together">
        <div class={styles.three}>
          {number('perPage', 'Shown per page, at most')}
          {number('perDay', 'Shown a day, at most')}
          {number('quietHours', 'Hours of quiet after “Not now”')}
        </div>
      </Card>
      <Card title="Where nothing is shown">
        {paths(
          'excluded',
          'Pages without triggers',
          'One path on each line; * stands for anything. Example: /checkout*',
        )}
        {paths(
          'neverOn',
          'Pages without any chat',
          'The whole widget stays away from paths that begin so, also its code. Example: /pay*',
        )}
      </Card>
      <Card title="Consent">
        <Switch
          label="Wait for the visitor’s consent"
          help="Nothing of the chat is shown, stored or counted before your page calls Parley('consent', 'grant')."
          isOn={value.waitsForConsent}
          onChange={(waitsForConsent) => change({ waitsForConsent })}
        />
      </Card>
      <Card title="Counting">
        <Select
          label="What pages count"
          help="How often rules were shown and what followed. Never who, never the page, and nobody else receives it."
          value={value.measure}
          onChange={(event) => change({ measure: event.currentTarget.value as TriggerSettings['measure'] })}
        >
          <option value="unlessAsked">Everybody, except whose browser asks not to be tracked</option>
          <option value="always">Everybody</option>
          <option value="off">Nothing</option>
        </Select>
      </Card>
      <Card title="Segments" aside="Named conditions for several rules">
        {segments.map((segment, at) => (
          <fieldset key={segment.id} class={styles.segment}>
            <legend class="visually-hidden">{segment.name || 'New segment'}</legend>
            <div class={styles.line}>
              <Field
                label="Name"
                value={segment.name}
                error={error(`segments.${at}.name`)}
                onBlur={() => leave(`segments.${at}.name`)}
                onInput={(event) =>
                  change({
                    segments: replaced(segments, at, { ...segment, name: event.currentTarget.value }),
                  })
                }
              />
              <IconButton
                icon={Trash2}
                label={`Remove ${segment.name || 'this segment'}`}
                onClick={() => change({ segments: without(segments, at) })}
              />
            </div>
            <ConditionsEditor
              condition={segment.if}
              segments={[]}
              onChange={(next) =>
                change({ segments: replaced(segments, at, { ...segment, if: next ?? { all: [] } }) })
              }
            />
            <p class={styles.counts}>In it: {conditionWords(segment.if) || 'nobody yet'}</p>
          </fieldset>
        ))}
        <div>
          <Button
            icon={Plus}
            variant="quiet"
            onClick={() =>
              change({
                segments: [
                  ...segments,
                  { id: `seg_${Date.now().toString(36)}`, name: '', if: { fact: 'visits', from: 2 } },
                ],
              })
            }
          >
            Add a segment
          </Button>
        </div>
      </Card>
    </FormFrame>
  )
}
