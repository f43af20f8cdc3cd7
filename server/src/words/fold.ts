/** What NFKD leaves as it is, though people read it as its plain letter. */
const plain: Record<string, string> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ı: 'i',
  '’': "'",
  '‘': "'",
  '＇': "'",
  '\t': ' ',
  '\r': ' ',
  '·': '.',
  '．': '.',
  '。': '.',
}
const dashes = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/
const unseen = /\p{Cf}|\p{Variation_Selector}|\u115F|\u1160|\u3164|\uFFA0|\u034F/u
const remembered = new Map<string, string>()

/** One character as it is compared: small, without marks, full width or foreign digits; nothing when nobody sees it. */
export function fold(character: string): string {
  if (character >= ' ' && character <= '~') return character.toLowerCase()
  const known = remembered.get(character)
  if (known !== undefined) return known
  const folded = foldAnew(character)
  if (remembered.size < 5_000) remembered.set(character, folded)
  return folded
}

function foldAnew(character: string): string {
  if (unseen.test(character)) return ''
  if (dashes.test(character)) return '-'
  if (/\p{Nd}/u.test(character)) return digitOf(character)
  const base = character.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  let folded = ''
  for (const part of base) folded += plain[part] ?? (/\p{Nd}/u.test(part) ? digitOf(part) : part)
  return folded.replace(/[\p{Zs}]/gu, ' ')
}

/** Decimal digits of every script stand in runs of ten. */
function digitOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  let zero = code
  while (code - zero < 50 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return String((code - zero) % 10)
}
