import { type Detector, type Finding, findingAt } from '../finding.ts'
import { mailProviders, plainEndings, wordyEndings } from '../lists/domains.ts'

const at = String.raw`(?: ?@ ?| ?[^\p{L}\p{N}\s.,!?@]{1,2} ?(?:at|arobase|arroba|chiocciola|apenstaart(?:je)?|malpa) ?[^\p{L}\p{N}\s.,!?@]{1,2} ?| at the rate | (?:at|arobase|arroba|chiocciola|klammeraffe|apenstaart(?:je)?|malpa) )`
const dot = String.raw`(?: ?\. ?|,(?=com|net|org|co)| ?[([{-] ?(?:dot|punkt|point|punto|ponto|punt|kropka|\.) ?[)\]}-] ?| (?:dot|punkt|point|punto|ponto|punt|kropka) )`
const name = `[a-z0-9][a-z0-9_%+-]{0,63}`
const joint = `(?:${dot}| underscore | unterstrich )`

// Bounded everywhere: each place is tried against a few hundred characters at most.
const whole = new RegExp(
  `(?<![a-z0-9_%+-])${name}(?:${joint}${name}){0,3}(${at})([a-z0-9][a-z0-9-]{0,62}(?:${dot}[a-z0-9-]{1,62}){0,2}?)${dot}([a-z]{2,12})(?![a-z0-9@])`,
  'gu',
)
const atProvider = new RegExp(
  `(?<![a-z0-9])(?:${mailProviders})(?: ?mail)?(?: (?:is|ist|est|es|e|to|:))?:? ([a-z0-9._-]{4,40})`,
  'g',
)
const bareProvider = new RegExp(
  `(?<![a-z0-9._+-])[a-z0-9][a-z0-9._+-]{2,63} ?@ ?(?:${mailProviders})(?![a-z0-9.@])`,
  'g',
)
/** No address is written or said without the two. */
const atSign = /@|at|arobase|arroba|chiocciola|klammeraffe|apenstaart|malpa/
const dotSign = /[.,]|dot|punkt|point|punto|ponto|punt|kropka/
const mailWord = /(?<![a-z])(?:e-?mail|mail|mails?|correo|courriel|addy|posta)(?![a-z])/
/** Before "at" these say where something is, not whose address it is. */
const placed = new Set(
  'order look shop buy see is are us me it them directly page available cheaper here up only live sell selling find'.split(
    ' ',
  ),
)
const isProvider = new RegExp(`^(?:${mailProviders})$`)

export const findEmails: Detector = (draft) => {
  const { folded } = draft.reading
  const found: Finding[] = []
  const isPossible = atSign.test(folded) && dotSign.test(folded)
  for (const match of isPossible ? folded.matchAll(whole) : []) {
    const [all, by = '', host = '', ending = ''] = match
    if (!plainEndings.has(ending) && !wordyEndings.has(ending)) {
      if (by.trim() !== '@' || all.includes(' ')) continue
    }
    if (host.startsWith('www')) continue
    const isWordAt = /^ at /.test(by)
    // "At home dot com" is a way of speaking; an address said with "at" names a provider or has its dot written.
    if (isWordAt && wordyEndings.has(ending)) continue
    // "Order at oakline.com" tells of a page.
    const local = folded.slice(0, match.index + all.indexOf(by)).match(/[a-z0-9]+$/)?.[0] ?? ''
    const isDotWritten = all.endsWith(`.${ending}`)
    const isTold =
      /[a-z0-9][._]$/.test(folded.slice(0, Math.max(0, match.index + all.indexOf(by) - local.length))) ||
      mailWord.test(folded.slice(Math.max(0, match.index - 30), match.index))
    if (isWordAt && !isProvider.test(host) && !isTold && (isDotWritten || placed.has(local))) continue
    const shape = all.includes('@') ? (all.includes(' ') ? 'spaced' : 'address') : 'spelledOut'
    const span = { start: match.index, end: match.index + all.length }
    found.push(findingAt(draft, span, { kind: 'email', shape, certainty: isWordAt ? 'likely' : 'sure' }))
  }
  for (const match of folded.includes('@') ? folded.matchAll(bareProvider) : []) {
    const span = { start: match.index, end: match.index + match[0].length }
    found.push(findingAt(draft, span, { kind: 'email', shape: 'provider' }))
  }
  for (const match of /[\d._]/.test(folded) ? folded.matchAll(atProvider) : []) {
    if (!/[a-z].*\d|\d.*[a-z]|[a-z][._][a-z]/.test(match[1] ?? '')) continue
    if (found.length > 0) continue
    const span = { start: match.index, end: match.index + match[0].length }
    found.push(findingAt(draft, span, { kind: 'email', shape: 'provider', certainty: 'likely' }))
  }
  return found
}
