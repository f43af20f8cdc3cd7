import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import type { TrainingModuleSettings } from '@parley/shared/protocol/vendors.ts'
import { Plus } from 'lucide'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Field, Select } from '../../parts/field.tsx'
import { Switch } from '../../parts/switch.tsx'
import { showToast } from '../../parts/toast.tsx'
import { paths } from '../../paths.ts'
import { Problem } from '../../settings/parts/confirm.tsx'
import { Card } from '../../settings/parts/page.tsx'
import { requestId } from '../../settings/parts/request-id.ts'
import { checkWish, errorsOf } from '../../settings/parts/wish-errors.ts'
import { Frame } from '../frame.tsx'
import { NumberField } from '../number-field.tsx'
import { QuestionFields } from './question-fields.tsx'
import { SectionFields } from './section-fields.tsx'
import styles from './training.module.css'
import { type Draft, draftOf, emptyQuestion, emptySection, markupOf } from './training-draft.ts'

export function TrainingEditor(props: {
  module: TrainingModuleSettings | undefined
  topics: readonly { id: string; label: string }[]
  onClose: () => void
  onSaved: () => void
}) {
  const { module, topics } = props
  const [draft, setDraft] = useState<Draft>(() => draftOf(module))
  const [hasTried, setTried] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const [isBusy, setBusy] = useState(false)
  const change = (patch: Partial<Draft>) => setDraft({ ...draft, ...patch })
  const wish = {
    requestId: 'unsent00',
    ...draft,
    sections: draft.sections.map((section) => ({ ...section, body: markupOf(section.body) })),
  }
  const found = { ...checkWish('saveTrainingModule', wish), ...withoutRight(draft.questions) }
  const error = (path: string) => (hasTried ? found[path] : undefined)
  const isWrong = Object.keys(found).length > 0

  async function save(): Promise<void> {
    setTried(true)
    if (isWrong || isBusy) return
    setBusy(true)
    const outcome = await ask('saveTrainingModule', { ...wish, requestId: requestId() })
    setBusy(false)
    if (!outcome.ok) return setRefusal(outcome.refusal)
    showToast({ text: `${outcome.value.title} is saved, version ${outcome.value.version}` })
    props.onSaved()
  }

  return (
    <Frame
      title={module?.title ?? 'New training'}
      under={{ label: 'Training', href: `${paths.vendors}/training` }}
      onUp={props.onClose}
      isNarrow
      actions={
        <>
          <Button variant="quiet" onClick={props.onClose}>
            Cancel
          </Button>
          <Button variant="primary" isBusy={isBusy} onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      {hasTried && isWrong && <Problem>{Object.values(found)[0]}</Problem>}
      {refusal && <Problem>{Object.values(errorsOf(refusal))[0]}</Problem>}
      <Card title="What it is">
        <Field
          label="Title"
          maxLength={120}
          value={draft.title}
          error={error('title')}
          onInput={(event) => change({ title: event.currentTarget.value })}
        />
        <Select
          label="Who takes it"
          help="A topic’s training is asked of whoever answers about that topic."
          value={draft.topicId ?? ''}
          onChange={(event) => change({ topicId: event.currentTarget.value || null })}
        >
          <option value="">Everybody who answers</option>
          {topics.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
        <div class={styles.numbers}>
          <NumberField
            label="Passed from, in percent"
            value={draft.passPercent}
            error={error('passPercent')}
            onChange={(passPercent) => change({ passPercent })}
          />
          <NumberField
            label="Tries in a day"
            value={draft.attemptsPerDay}
            error={error('attemptsPerDay')}
            onChange={(attemptsPerDay) => change({ attemptsPerDay })}
          />
          <NumberField
            label="Counts for, in days"
            value={draft.certificateDays}
            error={error('certificateDays')}
            onChange={(certificateDays) => change({ certificateDays })}
          />
        </div>
        <Switch
          label="Published"
          help="From then on nobody without it is given what it is about."
          isOn={draft.isPublished}
          onChange={(isPublished) => change({ isPublished })}
        />
      </Card>
      <Card title="Text">
        {draft.sections.map((section, at) => (
          <SectionFields
            key={at}
            at={at}
            section={section}
            error={(name) => error(`sections.${at}.${name}`)}
            isOnly={draft.sections.length === 1}
            onChange={(patch) => change({ sections: patched(draft.sections, at, patch) })}
            onRemove={() => change({ sections: draft.sections.filter((_, index) => index !== at) })}
          />
        ))}
        <div>
          <Button icon={Plus} onClick={() => change({ sections: [...draft.sections, emptySection] })}>
            Add a part
          </Button>
        </div>
      </Card>
      <Card title="Test">
        {draft.questions.map((question, at) => (
          <QuestionFields
            key={at}
            at={at}
            question={question}
            error={(name) => error(`questions.${at}.${name}`)}
            isOnly={draft.questions.length === 1}
            onChange={(patch) => change({ questions: patched(draft.questions, at, patch) })}
            onRemove={() => change({ questions: draft.questions.filter((_, index) => index !== at) })}
          />
        ))}
        <div>
          <Button icon={Plus} onClick={() => change({ questions: [...draft.questions, emptyQuestion] })}>
            Add a question
          </Button>
        </div>
      </Card>
    </Frame>
  )
}

function patched<Entry>(entries: readonly Entry[], at: number, patch: Partial<Entry>): Entry[] {
  return entries.map((entry, index) => (index === at ? { ...entry, ...patch } : entry))
}

function withoutRight(questions: Draft['questions']): Record<string, string> {
  const at = questions.findIndex(({ choices }) => !choices.some(({ isRight }) => isRight))
  return at < 0 ? {} : { [`questions.${at}.choices`]: `Mark the right answer of question ${at + 1}.` }
}
