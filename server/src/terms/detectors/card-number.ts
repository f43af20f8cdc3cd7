/** First digits and lengths of the networks (ISO/IEC 7812 and their published ranges). The usual length comes first. */
const networks: readonly [RegExp, readonly number[]][] = [
  [/^4/, [16, 13, 19, 18]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65)/, [16, 19]],
  [/^(?:352[89]|35[3-8])/, [16, 19]],
  [/^(?:30[0-5]|309|36|3[89])/, [14, 16, 19]],
  [/^62/, [16, 17, 18, 19]],
  [/^(?:50|5[6-8]|6[0137-9])/, [16, 13, 14, 15, 17, 18, 19]],
  [/^220[0-4]/, [16, 19]],
]

/** Lengths a card beginning like this can have; none when no network's numbers do. */
export function cardLengths(number: string): readonly number[] {
  return networks.find(([start]) => start.test(number))?.[1] ?? []
}

/** ISO/IEC 7812-1 annex B: every second digit from the right doubled, digits of the sum added, a multiple of ten. */
export function passesLuhn(number: string): boolean {
  let sum = 0
  for (let fromRight = 0; fromRight < number.length; fromRight += 1) {
    const digit = Number(number[number.length - 1 - fromRight])
    const counted = fromRight % 2 === 1 ? digit * 2 : digit
    sum += counted > 9 ? counted - 9 : counted
  }
  return sum % 10 === 0
}
