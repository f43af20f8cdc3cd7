import type { Answer, EventPayloads, EventType } from '../protocol/events.ts'

/** Where something of a person's was left out. Always as long: how long it was is nobody's either. */
export const leftOut = '•••'
// Bounded: each place is tried against a few hundred characters at most.
const address = /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}.-]{1,190}\.\p{L}{2,24}/gu
const international = /^\s*\+[\d\s()./-]{6,24}$/
const national = /^\s*\(?0[\d\s()./-]{7,20}$/
// What a question asks for, in the languages of the widget.
const asksForNumber =
  /phone|\bt[eé]l\b|t[eé]l[eé]f|mobil|m[oó]vil|telem|handy|whats ?app|kom[oó]rk|هاتف|جوال/i
const asksForPlace = /address|adres|anschrift|direcci|indirizz|endere|\bmorada|عنوان/i
const asksForOrder = /order|bestell|commande|pedido|ordine|encomenda|beställ|zam[oó]wi|طلب/i

/** `jane@mail.example` as `j•••@m•••.example`: enough to tell two apart, too little to write to. */
export function maskedAddress(email: string): string {
  if (email === '') return ''
  const at = email.lastIndexOf('@')
  const ending = email.lastIndexOf('.')
  const [first = ''] = email
  const [host = ''] = email.slice(at + 1)
  return at < 0
    ? `${first}${leftOut}`
    : `${first}${leftOut}@${host}${leftOut}${ending > at ? email.slice(ending) : ''}`
}

/** Addresses in whatever somebody wrote on one line. */
export function withoutAddresses(words: string): string {
  return words.includes('@') ? words.replace(address, maskedAddress) : words
}

/** An answer that is a way to somebody, as it is shown to whoever has not asked for it; any other as it is. */
export function maskedAnswer(answer: Answer): Answer {
  const value = maskedValue(answer)
  return value === answer.value ? answer : { ...answer, value, isMasked: true }
}

export function maskedAnswers(answers: Answer[]): Answer[] {
  const masked = answers.map(maskedAnswer)
  return masked.some(({ isMasked }) => isMasked) ? masked : answers
}

function maskedValue({ label, value }: Answer): string {
  const words = withoutAddresses(value)
  if (words !== value) return words
  if (isNumberOfPhone(label, value)) return `${leftOut}${value.replace(/\D/g, '').slice(-2)}`
  return asksForPlace.test(label) && value.trim() !== '' ? leftOut : value
}

/** Where nobody asked for one, only what looks like nothing else. */
function isNumberOfPhone(label: string, value: string): boolean {
  if (asksForNumber.test(label)) return value.replace(/\D/g, '').length > 4
  return international.test(value) || (national.test(value) && !asksForOrder.test(label))
}

/** What an event tells those who answer; the same payload where it holds no way to anybody. */
export function maskedPayload<T extends EventType>(type: T, payload: EventPayloads[T]): EventPayloads[T]
export function maskedPayload(type: EventType, payload: EventPayloads[EventType]): unknown {
  switch (type) {
    case 'conversationStarted': {
      const { answers } = payload as EventPayloads['conversationStarted']
      const masked = maskedAnswers(answers)
      return masked === answers ? payload : { ...payload, answers: masked }
    }
    case 'contactDetailsGiven': {
      const { email, answers } = payload as EventPayloads['contactDetailsGiven']
      return {
        ...(email === undefined ? {} : { email: maskedAddress(email) }),
        answers: maskedAnswers(answers),
      }
    }
    case 'transcriptRequested':
      return { to: maskedAddress((payload as EventPayloads['transcriptRequested']).to) }
    default:
      return payload
  }
}
