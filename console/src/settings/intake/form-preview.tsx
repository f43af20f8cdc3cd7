import type { IntakeField, IntakeForm } from '@parley/shared/protocol/reading.ts'
import type { Topic } from '@parley/shared/protocol/settings.ts'
import { useState } from 'preact/hooks'
import { Field, Select, TextArea } from '../../parts/field.tsx'
import { Switch } from '../../parts/switch.tsx'
import styles from './form-preview.module.css'
import { questionsFor } from './questions-for.ts'

/** The form as a person would meet it; try it to see which questions follow a topic. */
export function FormPreview(props: {
  form: IntakeForm
  topics: readonly Topic[]
  counterpart: 'support' | 'vendor'
  siteName: string
}) {
  const { form, topics } = props
  const [topicId, setTopicId] = useState('')
  const [isSignedIn, setSignedIn] = useState(false)
  const questions = questionsFor(
    form,
    topics.some((topic) => topic.id === topicId) ? topicId : null,
    isSignedIn,
  )
  return (
    <>
      <Switch
        label="As a signed-in buyer"
        help="Name, e-mail, role and order are known."
        isOn={isSignedIn}
        onChange={setSignedIn}
      />
      <div class={styles.panel}>
        <p class={styles.to}>
          {props.counterpart === 'support' ? `${props.siteName} support` : 'Kiln & Thread'}
        </p>
        <div>
          <p class={styles.title}>Before you start</p>
          {form.intro !== undefined && <p class={styles.intro}>{form.intro}</p>}
        </div>
        {questions.length === 0 && <p class={styles.intro}>Nothing is left to ask: the form is skipped.</p>}
        {questions.map((field) => (
          <Question key={field.id} field={field} topics={topics} topicId={topicId} onTopic={setTopicId} />
        ))}
        <span class={styles.start}>Start chat</span>
      </div>
    </>
  )
}

function Question(props: {
  field: IntakeField
  topics: readonly Topic[]
  topicId: string
  onTopic: (id: string) => void
}) {
  const { field } = props
  const frame = {
    label: `${field.label || 'New question'}${field.isRequired ? '' : ' (optional)'}`,
    ...(field.help === undefined ? {} : { help: field.help }),
  }
  switch (field.type) {
    case 'longText':
      return <TextArea {...frame} rows={3} />
    case 'topic':
      return (
        <Select
          {...frame}
          value={props.topicId}
          onChange={(event) => props.onTopic(event.currentTarget.value)}
        >
          <option value="">Choose</option>
          {props.topics.map((topic) => (
            <option key={topic.id} value={topic.id}>
              {topic.label}
            </option>
          ))}
        </Select>
      )
    case 'choice':
      return <Choices frame={frame} labels={(field.choices ?? []).map((choice) => choice.label)} />
    case 'role':
      return <Choices frame={frame} labels={['Buying', 'Selling']} />
    case 'email':
      return <Field {...frame} type="email" />
    case 'order':
      return <Field {...frame} placeholder="48213" />
    case 'text':
      return <Field {...frame} />
  }
  return field.type satisfies never
}

function Choices({ frame, labels }: { frame: { label: string; help?: string }; labels: readonly string[] }) {
  return (
    <Select {...frame}>
      <option>Choose</option>
      {labels.map((label) => (
        <option key={label}>{label}</option>
      ))}
    </Select>
  )
}
