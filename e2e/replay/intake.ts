import type { IntakeForm } from '@parley/shared/protocol/reading.ts'
import type { Topic } from '@parley/shared/protocol/settings.ts'

/** What a person would put into the form before a chat: everything that must be answered, and no more. */
export function intakeFor(
  form: IntakeForm,
  topics: readonly Topic[],
  firstWords: string,
): Record<string, string> {
  const answers: Record<string, string> = {}
  for (const { id, type, isRequired, choices } of form.fields) {
    if (!isRequired) continue
    switch (type) {
      case 'role':
        answers[id] = 'buyer'
        break
      case 'email':
        answers[id] = 'visitor@replay.example'
        break
      case 'topic':
        answers[id] = topics[0]?.id ?? ''
        break
      case 'choice':
        answers[id] = choices?.[0]?.id ?? ''
        break
      case 'longText':
        answers[id] = [...firstWords].slice(0, 500).join('').trim()
        break
      default:
        answers[id] = 'Replay'
    }
  }
  return answers
}
