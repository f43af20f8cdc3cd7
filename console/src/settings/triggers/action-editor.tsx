import type { Topic } from '@parley/shared/protocol/settings.ts'
import type { Action } from '@parley/shared/triggers/rule.ts'
import { Field, Select, TextArea } from '../../parts/field.tsx'
import styles from './triggers.module.css'
import { showWords, withWords } from './words.ts'

type TextKey = 'title' | 'text' | 'button' | 'url' | 'intent' | 'prefill'

/** What is shown, in the order somebody would read it, and what the chat begins with once it is accepted. */
export function ActionEditor(props: {
  action: Action
  topics: readonly Topic[]
  onChange: (action: Action) => void
  error: (path: string) => string | undefined
  leave: (path: string) => void
}) {
  const { action, topics, onChange, error, leave } = props
  const { show } = action
  const hasWords = show === 'teaser' || show === 'article'

  function put(key: TextKey | 'topic', value: string): void {
    const { [key]: _, ...rest } = action
    onChange(value === '' ? rest : { ...rest, [key]: value })
  }
  const wiring = (key: TextKey) => ({
    value: action[key] ?? '',
    error: error(`rule.do.${key}`),
    onBlur: () => leave(`rule.do.${key}`),
    onInput: (event: { currentTarget: { value: string } }) => put(key, event.currentTarget.value),
  })

  return (
    <div class={styles.stack}>
      <Select
        label="Show"
        value={show}
        error={error('rule.do.show')}
        onChange={(event) => onChange({ ...action, show: event.currentTarget.value as Action['show'] })}
      >
        {Object.entries(showWords).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
      {hasWords && <Field label="Title" maxLength={60} {...wiring('title')} />}
      {(hasWords || show === 'bubble') && (
        <TextArea
          label={show === 'bubble' ? 'Words' : 'Text'}
          help="At most two lines. {product}, {order}, {field} and {declineClass} are filled in."
          rows={2}
          maxLength={160}
          {...wiring('text')}
        />
      )}
      {hasWords && <Field label="Button" maxLength={30} {...wiring('button')} />}
      {show === 'article' && (
        <Field label="Address of the article" placeholder="https://" {...wiring('url')} />
      )}
      {show !== 'article' && (
        <>
          <div class={styles.two}>
            <Select
              label="The chat begins with"
              value={action.with ?? 'choice'}
              onChange={(event) =>
                onChange({ ...action, with: event.currentTarget.value as NonNullable<Action['with']> })
              }
            >
              {Object.entries(withWords).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </Select>
            <Select
              label="Topic in the form"
              value={action.topic ?? ''}
              onChange={(event) => put('topic', event.currentTarget.value)}
            >
              <option value="">Not chosen</option>
              {topics.map((topic) => (
                <option key={topic.id} value={topic.id}>
                  {topic.label}
                </option>
              ))}
            </Select>
          </div>
          <Field
            label="Intent"
            help="Whoever answers sees it, and it decides who is offered first."
            maxLength={40}
            {...wiring('intent')}
          />
          <TextArea
            label="Begins the message"
            help="The person can change it before it is sent."
            rows={2}
            maxLength={500}
            {...wiring('prefill')}
          />
        </>
      )}
    </div>
  )
}
