import { type Detector, type Finding, findingAt } from '../finding.ts'
import { numberWords } from '../lists/number-words.ts'

const sign =
  'cvv2?|cvc2?|csc|cid code|card verification (?:code|number|value)|security code|(?:last )?(?:three|3|four|4) (?:digits|numbers|figures)(?: on| at)?(?: the)? (?:back|reverse|rear|front)(?: of(?: the| my)? card)?|last three digits|(?:karten)?pr(?:uf|uef)(?:nummer|ziffer|zahl)|sicherheitscode|kartencode|cryptogramme(?: visuel)?|code de securite|codigo de segur(?:idad|anca)(?: (?:de la tarjeta|do cartao))?|codice di sicurezza|beveiligingscode(?: op de kaart)?|controlecijfers|kod (?:cvv|cvc|zabezpieczajacy)'
const digitWord = [...numberWords]
  .filter(([, digits]) => digits.length === 1)
  .map(([word]) => word)
  .join('|')
const said = new RegExp(
  `(?<![a-z0-9])(?:${sign})(?![a-z])[^\\d\\n.!?]{0,12}?(?<![a-z])((?:${digitWord})(?:[ ,-]{1,2}(?:${digitWord})){2,3})(?![a-z])`,
  'g',
)
const before = new RegExp(
  String.raw`(?<![a-z0-9])(?:${sign})(?![a-z])[^\d\n.!?]{0,25}?(\d(?: ?\d){2,3})(?! ?\d|[a-z])`,
  'g',
)
const after = /(?<![\d-] ?)(\d{3,4})(?! ?\d)[^\d\n.!?]{0,15}(?<![a-z0-9])(?:cvv2?|cvc2?|csc)(?![a-z])/g

/** Three or four digits beside a word for the number on a card's back. */
export const findCvvs: Detector = (draft) => {
  const { folded } = draft.reading
  const found: Finding[] = []
  for (const pattern of [before, after, said]) {
    for (const match of folded.matchAll(pattern)) {
      const start = match.index + match[0].indexOf(match[1] ?? '')
      const span = { start, end: start + (match[1]?.length ?? 0) }
      found.push(findingAt(draft, span, { kind: 'cvv', shape: 'announced' }))
    }
  }
  return found
}
