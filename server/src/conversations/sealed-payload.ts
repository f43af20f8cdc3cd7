import { leftOut, maskedAnswer } from '@parley/shared/conversation/masked.ts'
import type { Answer, EventPayloads, EventType } from '@parley/shared/protocol/events.ts'
import type { FieldSeal } from '../storage/field-seal.ts'

/** An answer as it is stored: what is masked for members is sealed. */
export interface KeptAnswer extends Answer {
  isSealed?: true
}

/** `contactDetailsGiven` as it is stored. */
export interface KeptDetails {
  email?: string
  /** Finds the conversation by the whole address. */
  emailDigest?: string
  answers: KeptAnswer[]
}

export interface Place {
  siteId: string
  conversationId: string
}

// What did not open goes back as it was: the key may be found again.
const unopened = new WeakMap<Answer, KeptAnswer>()

const contextOf = ({ siteId, conversationId }: Place, field: string) =>
  `${siteId}/conversation/${conversationId}/${field}`
export const emailContext = (place: Place) => contextOf(place, 'email')
export const fingerprintContext = (place: Place) => contextOf(place, 'fingerprint')
const answerContext = (place: Place, { fieldId }: Answer) => contextOf(place, `answer/${fieldId}`)

export function closeAnswer(seal: FieldSeal, place: Place, answer: Answer): KeptAnswer {
  const kept = unopened.get(answer)
  if (kept) return kept
  if (maskedAnswer(answer) === answer) return answer
  return { ...answer, value: seal.close(answer.value, answerContext(place, answer)), isSealed: true }
}

export function openAnswer(seal: FieldSeal, place: Place, kept: KeptAnswer): Answer {
  const { isSealed, ...answer } = kept
  if (!isSealed) return kept
  const value = seal.open(answer.value, answerContext(place, answer))
  if (value !== undefined) return { ...answer, value }
  const masked: Answer = { ...answer, value: leftOut, isMasked: true }
  unopened.set(masked, kept)
  return masked
}

export function closeAnswers(seal: FieldSeal, place: Place, answers: readonly Answer[]): KeptAnswer[] {
  return answers.map((answer) => closeAnswer(seal, place, answer))
}

export function openAnswers(seal: FieldSeal, place: Place, answers: KeptAnswer[]): Answer[] {
  const isAnySealed = answers.some(({ isSealed }) => isSealed)
  return isAnySealed ? answers.map((kept) => openAnswer(seal, place, kept)) : answers
}

/** What the log stores of an event: its payload, in which what gives a way to somebody is sealed. */
export function closePayload(seal: FieldSeal, place: Place, type: EventType, payload: unknown): unknown {
  if (type === 'conversationStarted') {
    const started = payload as EventPayloads['conversationStarted']
    return { ...started, answers: closeAnswers(seal, place, started.answers) }
  }
  if (type !== 'contactDetailsGiven') return payload
  const { email, answers } = payload as EventPayloads['contactDetailsGiven']
  return {
    ...(email !== undefined && keptEmail(seal, place, email)),
    answers: closeAnswers(seal, place, answers),
  }
}

export function keptEmail(seal: FieldSeal, place: Place, email: string): Omit<KeptDetails, 'answers'> {
  const [emailDigest] = seal.digestsOf(place.siteId, email)
  return { email: seal.close(email, emailContext(place)), ...(emailDigest && { emailDigest }) }
}

/** The payload as whoever gave it; without what does not open. */
export function openPayload(seal: FieldSeal, place: Place, type: string, payload: unknown): unknown {
  if (type === 'conversationStarted') {
    const started = payload as EventPayloads['conversationStarted']
    return { ...started, answers: openAnswers(seal, place, started.answers) }
  }
  return type === 'contactDetailsGiven' ? openDetails(seal, place, payload) : payload
}

export function openDetails(
  seal: FieldSeal,
  place: Place,
  payload: unknown,
): EventPayloads['contactDetailsGiven'] {
  const { email: kept, answers } = payload as KeptDetails
  const email = kept === undefined ? undefined : seal.open(kept, emailContext(place))
  return { ...(email !== undefined && { email }), answers: openAnswers(seal, place, answers) }
}

/** With an event a digest is kept of what was asked: where that holds an address, addresses could be tried on it. */
const asksWithAddress: ReadonlySet<string> = new Set([
  'conversationStarted',
  'transcriptRequested',
] satisfies EventType[])

export function closeFingerprint(
  seal: FieldSeal,
  place: Place,
  type: EventType,
  fingerprint: string | null,
): string | null {
  if (fingerprint === null || !asksWithAddress.has(type)) return fingerprint
  return seal.close(fingerprint, fingerprintContext(place))
}

export function openFingerprint(
  seal: FieldSeal,
  place: Place,
  type: string,
  fingerprint: string | null,
): string | null {
  if (fingerprint === null || !asksWithAddress.has(type)) return fingerprint
  return seal.open(fingerprint, fingerprintContext(place)) ?? null
}
