import type { Choice, Choices, IntakeField } from '@parley/shared/protocol/reading.ts'
import { say } from '../../i18n/words.ts'
import { start } from '../begin.ts'
import { brief } from '../choices.ts'
import { type Answers, fault, firstMessage, questions, topicsFor } from '../intake.ts'
import { Field } from '../parts/field.tsx'
import { Header, Title } from '../parts/header.tsx'
import { change, getState, keep, show, site } from '../state.ts'

export function Form({ choice }: { choice: Choice }) {
  const { choices, context, answers, faults, problem } = getState()
  const me = choices?.me
  const { kind, name } = choice.with
  const asked = questions(choice, site.topics, me, context, answers)

  function put(field: IntakeField, value: string): void {
    keep('form', JSON.stringify({ ...answers, [field.id]: value }))
    change({ answers: { ...answers, [field.id]: value } })
    if (faults[field.id]) check([field], { [field.id]: value })
  }
  function check(fields: IntakeField[], values: Answers): Record<string, string | undefined> {
    const found = Object.fromEntries(fields.map((field) => [field.id, fault(field, values[field.id] ?? '')]))
    change({ faults: { ...faults, ...found } })
    return found
  }
  function send(event: SubmitEvent): void {
    event.preventDefault()
    const found = check(asked, answers)
    const wrong = asked.find((field) => found[field.id])
    if (wrong) return void document.getElementById(wrong.id)?.focus()
    const given: Answers = {}
    for (const { id } of asked) if (answers[id]?.trim()) given[id] = answers[id].trim()
    start(choice, given, firstMessage(asked, given))
  }
  function helpFor(field: IntakeField): string | undefined {
    if (field.help) return field.help
    if (field.isPrivate && kind === 'vendor') return say('onlyMarket', site.branding.name, name)
    return field.type === 'longText' ? say('noCards') : undefined
  }

  return (
    <form noValidate onSubmit={send}>
      <Header
        title={name}
        party={kind}
        state={brief(choice, new Date())}
        back={() => show({ name: 'choose' })}
      />
      <div class="body">
        <Title>{say(choice.isAvailable ? 'before' : 'leaveTitle')}</Title>
        <p class="intro">
          {choice.form.intro ??
            (choice.isAvailable
              ? say('fields', asked.length)
              : say(site.canMailTranscript ? 'leaveIntro' : 'leaveHere'))}
        </p>
        {asked.map((field) => (
          <Field
            key={field.id}
            field={field}
            value={answers[field.id] ?? ''}
            error={faults[field.id]}
            options={optionsOf(field, choice, me)}
            help={helpFor(field)}
            onInput={(value) => put(field, value)}
            onLeave={() => check([field], answers)}
          />
        ))}
      </div>
      <div class="base">
        {problem && (
          <p class="error" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" class="main">
          {say(choice.isAvailable ? 'start' : 'leave')}
        </button>
      </div>
    </form>
  )
}

function optionsOf(
  field: IntakeField,
  choice: Choice,
  me: Choices['me'] | undefined,
): { id: string; label: string }[] | undefined {
  switch (field.type) {
    case 'choice':
      return field.choices
    case 'topic':
      return topicsFor(site.topics, choice.with.kind)
    case 'role':
      return [
        { id: 'buyer', label: say('buyer') },
        { id: 'vendor', label: say('seller') },
      ]
    case 'order':
      return me?.orders.length ? me.orders : undefined
    default:
      return undefined
  }
}
