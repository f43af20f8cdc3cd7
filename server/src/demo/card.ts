/** A bank that lives in this file: it answers like a real one and forgets the number at once. */
type CardAnswer = { accepted: true } | { accepted: false; declineClass: 'insufficient_funds' }

const emptyAccount = '4000000000000002'

function cardDigits(number: string): string {
  return number.replace(/[\s-]/g, '')
}

/** The check digit of ISO/IEC 7812-1: from the right, every second digit counts double. */
export function passesLuhn(number: string): boolean {
  const digits = [...cardDigits(number)].map(Number).reverse()
  if (digits.length < 12 || digits.length > 19 || digits.some(Number.isNaN)) return false
  const sum = digits.reduce((total, digit, index) => {
    const counted = index % 2 === 1 ? digit * 2 : digit
    return total + (counted > 9 ? counted - 9 : counted)
  }, 0)
  return sum % 10 === 0
}

/** A card is good to the end of the month printed on it. */
export function isExpired(expiry: string, now: Date): boolean {
  const digits = expiry.replace(/\D/g, '')
  const month = Number(digits.slice(0, 2))
  const year = Number(digits.slice(2))
  return Date.UTC(2000 + year, month, 1) <= now.getTime()
}

export function askBank(number: string): CardAnswer {
  return cardDigits(number) === emptyAccount
    ? { accepted: false, declineClass: 'insufficient_funds' }
    : { accepted: true }
}
