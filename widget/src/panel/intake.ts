import type { Choice, Choices, IntakeField } from '@parley/shared/protocol/reading.ts'
import type { Topic } from '@parley/shared/protocol/settings.ts'
import type { PageContext } from '../channel.ts'
import { say } from '../i18n/words.ts'

export type Answers = Record<string, string>

const example = 'marta@studio.com'
const longest = { line: 200, text: 5_000 }

/** Topics offered for this counterpart. */
export function topicsFor(topics: readonly Topic[], kind: 'support' | 'vendor'): Topic[] {
  return topics.filter((topic) => topic.for === 'both' || topic.for === kind)
}

/** What is left to ask: not what a signed identity tells, not what belongs to another topic. */
export function questions(
  choice: Choice,
  topics: readonly Topic[],
  me: Choices['me'] | undefined,
  context: PageContext,
  answers: Answers,
): IntakeField[] {
  const topicField = choice.form.fields.find((field) => field.type === 'topic')
  const topic = topicField ? answers[topicField.id] : undefined
  return choice.form.fields.filter((field) => {
    if (field.type === 'topic') return topicsFor(topics, choice.with.kind).length > 1
    if (field.topics?.length && !field.topics.includes(topic ?? '')) return false
    return !isKnown(field, me, context)
  })
}

function isKnown(field: IntakeField, me: Choices['me'] | undefined, context: PageContext): boolean {
  if (!me?.isVerified) return false
  if (field.filledBy === 'name') return !!me.name
  if (field.filledBy === 'email') return !!me.email
  if (field.filledBy === 'role') return true
  const { order } = context
  return field.filledBy === 'order' && !!order && me.orders.some((own) => own.id === order.id)
}

/** What is wrong and what right looks like; nothing when it is right. */
export function fault(field: IntakeField, value: string): string | undefined {
  const text = value.trim()
  if (text === '') {
    if (!field.isRequired) return
    return say(/^(choice|topic|role)$/.test(field.type) ? 'pick' : 'missing')
  }
  const most = field.type === 'longText' ? longest.text : longest.line
  const length = [...text].length
  if (length > most) return say('tooLong', length, most)
  if (field.type !== 'email') return
  if (/^[^\s@]+@[^\s@.]+$/.test(text)) return say('emailEnd', suggestion(text))
  if (!/^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text)) return say('emailShape', example)
}

function suggestion(email: string): string {
  return email.length > 40 ? example : `${email}.com`
}

/** The first long answer is the first message; the rest goes along as answers. */
export function firstMessage(fields: readonly IntakeField[], answers: Answers): string {
  const field = fields.find((one) => one.type === 'longText' && answers[one.id]?.trim())
  return field ? (answers[field.id] ?? '').trim() : ''
}

/** Asks for nothing but the message itself: the composer can do that. */
export function canSkip(fields: readonly IntakeField[]): boolean {
  return fields.every((field) => field.type === 'longText')
}
