/** Anywhere in a name these claim to speak for the marketplace. */
const claims = [
  ...[
    'admin',
    'administrator',
    'moderator',
    'moderation',
    'support',
    'helpdesk',
    'customerservice',
    'customercare',
  ],
  ...[
    'moderador',
    'moderateur',
    'moderatore',
    'kundendienst',
    'kundenservice',
    'kundtjanst',
    'klantenservice',
  ],
  ...['soporte', 'suporte', 'assistenza', 'assistance', 'الدعم', 'مشرف'],
]
/** Beside nothing but the like of them, or the marketplace's own name. */
const besides = ['official', 'staff', 'team', 'service', 'desk', 'chat', 'the', 'parley']

/** Letters of other alphabets, and signs, that are drawn like these. https://www.unicode.org/reports/tr39/ */
const lookalikes: Record<string, string> = {
  a: 'аα@4',
  b: 'вβьЬ',
  c: 'сϲ',
  d: 'ԁ',
  e: 'еєε3',
  g: 'ց',
  h: 'һн',
  i: 'іιӏlɩ1|!',
  j: 'јϳ',
  k: 'кκ',
  m: 'мϻ',
  n: 'пոηи',
  o: 'оοօσ0',
  p: 'рρ',
  q: 'ԛ',
  r: 'гя',
  s: 'ѕ5$',
  t: 'тτ7',
  u: 'υսц',
  v: 'ѵν',
  w: 'ԝѡω',
  x: 'хχ',
  y: 'уγү',
}
const drawnLike = new Map(
  Object.entries(lookalikes).flatMap(([letter, others]) => [...others].map((other) => [other, letter])),
)

function foldedWords(name: string): string[] {
  const plain = [
    ...name
      .normalize('NFKD')
      .replace(/[\p{M}\p{Cf}]/gu, '')
      .toLowerCase(),
  ]
  return plain
    .map((sign) => drawnLike.get(sign) ?? sign)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}

const folded = (words: readonly string[]) => new Set(words.map((word) => foldedWords(word).join('')))
const [claiming, beside] = [folded(claims), folded(besides)]

/**
 * Whether a name that somebody gave themselves reads like one of the marketplace's own people: as a word, spelled out in
 * single letters, run together with the marketplace's name, or in letters that only look the same.
 */
export function posesAsStaff(name: string, marketplace: string): boolean {
  const words = foldedWords(name)
  const whole = words.join('')
  if (whole === '') return false
  const ofMarketplace = foldedWords(marketplace)
  const itsName = ofMarketplace.join('')
  const own = new Set([...beside, ...ofMarketplace, itsName])
  const isClaim = (word: string) =>
    claiming.has(word) || [...own].some((start) => start !== '' && claiming.has(without(word, start)))
  return words.some(isClaim) || isClaim(whole) || whole === itsName || words.every((word) => own.has(word))
}

/** What is left of a word that begins or ends with another. */
function without(word: string, part: string): string {
  if (word.startsWith(part)) return word.slice(part.length)
  return word.endsWith(part) ? word.slice(0, -part.length) : ''
}
