import type { EventType } from '@parley/shared/protocol/events.ts'
import type { FieldSeal } from '../storage/field-seal.ts'
import {
  closeAnswer,
  closeFingerprint,
  type KeptAnswer,
  type KeptDetails,
  keptEmail,
  openAnswer,
  openDetails,
  openFingerprint,
  type Place,
} from './sealed-payload.ts'

// Each answers the very same value where there is nothing to do, or nothing that can be done.

const isDone = (seal: FieldSeal, kept: string) => kept.startsWith(`${seal.keyId}.`)

export function answersAnew(seal: FieldSeal, place: Place, answers: KeptAnswer[]): KeptAnswer[] {
  const anew = answers.map((answer) =>
    answer.isSealed && isDone(seal, answer.value)
      ? answer
      : closeAnswer(seal, place, openAnswer(seal, place, answer)),
  )
  return anew.some((answer, at) => answer !== answers[at]) ? anew : answers
}

/** Of an event as it is stored. */
export function payloadAnew<Payload>(
  seal: FieldSeal,
  place: Place,
  type: EventType,
  payload: Payload,
): Payload {
  if (type !== 'conversationStarted' && type !== 'contactDetailsGiven') return payload
  const kept = payload as Payload & KeptDetails
  const answers = answersAnew(seal, place, kept.answers)
  const isEmailDone = kept.email === undefined || isDone(seal, kept.email)
  const email = isEmailDone ? undefined : openDetails(seal, place, kept).email
  if (email === undefined && answers === kept.answers) return payload
  return { ...kept, ...(email !== undefined && keptEmail(seal, place, email)), answers }
}

export function fingerprintAnew(
  seal: FieldSeal,
  place: Place,
  type: EventType,
  fingerprint: string | null,
): string | null {
  if (fingerprint === null || isDone(seal, fingerprint)) return fingerprint
  const opened = openFingerprint(seal, place, type, fingerprint)
  return opened === null ? fingerprint : closeFingerprint(seal, place, type, opened)
}
