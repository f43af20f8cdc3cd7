import { withoutAddresses } from '@parley/shared/conversation/masked.ts'
import type { CustomerActor } from '@parley/shared/people.ts'
import type { Answer } from '@parley/shared/protocol/events.ts'
import { limits } from '@parley/shared/protocol/limits.ts'
import type { IntakeField, IntakeForm } from '@parley/shared/protocol/reading.ts'
import type { Topic } from '@parley/shared/protocol/settings.ts'
import { isStorable } from '@parley/shared/protocol/texts.ts'
import { z } from 'zod'
import { Refused } from '../app/refused.ts'
import { posesAsStaff } from '../identity/index.ts'

export interface CheckedAnswers {
  name: string | null
  email: string | null
  topic: Topic | null
  /** The customer's own words, sent as the first message. */
  description: string | null
  orderId: string | null
  shown: Answer[]
  hidden: Answer[]
}

const emailAddress = z.email().max(254)

/** Weighs what was answered against the site's form: unknown fields are refused, private ones kept apart. */
export function checkAnswers(
  form: IntakeForm,
  topics: readonly Topic[],
  actor: CustomerActor,
  answers: Readonly<Record<string, string>>,
  given: {
    marketplace: string
    /** The first message, when it was written as one: then nobody is asked to describe it again. */
    firstMessage?: string | undefined
  },
): CheckedAnswers {
  const { marketplace, firstMessage } = given
  const checked: CheckedAnswers = {
    name: actor.isVerified ? actor.name : null,
    email: null,
    topic: null,
    description: null,
    orderId: null,
    shown: [],
    hidden: [],
  }
  for (const fieldId of Object.keys(answers))
    if (!form.fields.some((field) => field.id === fieldId))
      throw new Refused('invalid', 'field.unknown', { field: fieldId })

  for (const field of form.fields) {
    if (isToldByIdentity(field, actor)) continue
    const value = (answers[field.id] ?? '').replace(/\r\n?/g, '\n').trim()
    if (value === '') {
      const isSaid = firstMessage !== undefined && isOwnWords(field)
      if (field.isRequired && !isSaid && isAsked(field, answers))
        throw new Refused('invalid', 'field.required', { field: field.id })
      continue
    }
    take(checked, field, checkedValue(field, value, topics, marketplace), topics)
  }
  if (firstMessage !== undefined && checked.description !== null) {
    const field = form.fields.find(isOwnWords)
    checked.shown.push({ fieldId: field?.id ?? '', label: field?.label ?? '', value: checked.description })
  }
  return checked
}

function isOwnWords(field: IntakeField): boolean {
  return field.type === 'longText' && !field.isPrivate
}

const isName = (field: IntakeField) => field.id === 'name'

/** A question bound to topics is asked only for them. */
function isAsked(field: IntakeField, answers: Readonly<Record<string, string>>): boolean {
  return !field.topics?.length || field.topics.includes(answers.topic ?? '')
}

function isToldByIdentity(field: IntakeField, actor: CustomerActor): boolean {
  if (!actor.isVerified) return false
  return (
    field.filledBy === 'role' ||
    field.filledBy === 'email' ||
    (field.filledBy === 'name' && actor.name !== null)
  )
}

function checkedValue(
  field: IntakeField,
  value: string,
  topics: readonly Topic[],
  marketplace: string,
): string {
  const refuse = (reason: string) => new Refused('invalid', reason, { field: field.id })
  const longest = field.type === 'longText' ? limits.answerCodePoints : 200
  if (!isStorable(value)) throw refuse('text.unstorable')
  if ([...value].length > longest) throw refuse('text.tooLong')
  if (field.type !== 'longText' && /[\n\u2028\u2029\u202a-\u202e\u2066-\u2069]/.test(value))
    throw refuse('text.unstorable')
  if (field.type === 'email' && !emailAddress.safeParse(value).success) throw refuse('email.shape')
  if (field.type === 'topic' && !topics.some((topic) => topic.id === value)) throw refuse('topic.unknown')
  if (field.type === 'choice' && !field.choices?.some((choice) => choice.id === value))
    throw refuse('choice.unknown')
  if (field.type === 'role' && value !== 'buyer' && value !== 'vendor') throw refuse('role.unknown')
  if (isName(field) && posesAsStaff(value, marketplace)) throw refuse('terms.staffName')
  return value
}

function take(checked: CheckedAnswers, field: IntakeField, value: string, topics: readonly Topic[]): void {
  if (field.type === 'topic') {
    checked.topic = topics.find((topic) => topic.id === value) ?? null
    return
  }
  if (field.type === 'email') {
    checked.email = value
    return
  }
  if (isOwnWords(field) && checked.description === null) {
    checked.description = value
    return
  }
  if (isName(field)) {
    checked.name = [...withoutAddresses(value)].slice(0, limits.nameCodePoints).join('')
    return
  }
  if (field.type === 'order') checked.orderId = value
  const answer = { fieldId: field.id, label: field.label, value: wordsOf(field, value) }
  if (field.isPrivate) checked.hidden.push(answer)
  else checked.shown.push(answer)
}

/** As somebody who reads the answer would say it, not as the form sends it. */
function wordsOf(field: IntakeField, value: string): string {
  if (field.type === 'role') return value === 'vendor' ? 'Selling' : 'Buying'
  return field.choices?.find((choice) => choice.id === value)?.label ?? value
}
