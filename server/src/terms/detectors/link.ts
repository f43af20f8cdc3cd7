import { type Detector, type Draft, type Finding, findingAt } from '../finding.ts'
import { handleHosts, paymentHosts, plainEndings, wordyEndings } from '../lists/domains.ts'
import { signsOf, visitSigns } from '../lists/signs.ts'

const withScheme = /(?<![a-z0-9])h(?:t ?t ?|xx)ps?:\/\/[^\s<>"]{3,500}/g
const withWww =
  /(?<![a-z0-9.@-])www ?\. ?[a-z0-9-]{1,63}(?: ?\. ?[a-z0-9-]{2,63}){1,3}(?:\/[^\s<>"]{0,300})?/g
const bare =
  /(?<![a-z0-9.@_/-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}([a-z]{2,12})(?![a-z0-9@-]|\.[a-z0-9])(\/[^\s<>"]{0,300})?/g
const parted =
  /(?<![a-z0-9@.])[a-z0-9-]{3,63} \.(?:com|net|org|shop|store|co\.uk|de|fr|nl|pl|info|eu)(?![a-z0-9])/g
const bracketed =
  /(?<![a-z0-9@])[a-z0-9-]{2,63} ?[([{] ?(?:dot|punkt|point|punto|ponto|punt|kropka|\.) ?[)\]}] ?([a-z]{2,12})(?![a-z0-9])/g
const said =
  /(?<![a-z0-9@])[a-z0-9-]{3,63} (dot|punkt|point|punto|ponto|punt|kropka) ([a-z]{2,8})(?![a-z0-9])/g
/** "Point de vente" is French, "Punkt de" is no German: only endings that are no word after this word. */
const saidEndings: Record<string, RegExp> = {
  dot: /^(?:com|net|org|co|shop|store|io|uk|de|eu|info)$/,
  punkt: /^(?:com|de|net|org|at|ch|shop|eu|info)$/,
}
const saidAnywhere = /^(?:com|net|org|shop|store|eu|info|fr|nl|pl|it|es|pt|br)$/

const isVisitSign = signsOf(visitSigns)

export const findLinks: Detector = (draft) => {
  const { folded } = draft.reading
  const found: Finding[] = []
  const add = (match: RegExpMatchArray, shape: string, certainty: Finding['certainty'] = 'sure') => {
    const all = match[0].replace(/[.,;:!?)\]}']+$/, '')
    const start = match.index ?? 0
    const span = { start, end: start + all.length }
    const finding = findingAt(draft, span, { kind: kindOf(all), shape, certainty })
    if (!found.some((one) => one.start < finding.end && finding.start < one.end)) found.push(finding)
  }
  if (folded.includes('.')) {
    for (const match of folded.matchAll(withScheme)) add(match, 'address')
    for (const match of folded.matchAll(withWww)) add(match, 'address')
    for (const match of folded.matchAll(parted)) add(match, 'address', 'likely')
    for (const match of folded.matchAll(bare)) if (isAddress(draft, match)) add(match, 'address', 'likely')
  }
  for (const match of /[([{]/.test(folded) ? folded.matchAll(bracketed) : [])
    if (plainEndings.has(match[1] ?? '') || wordyEndings.has(match[1] ?? '')) add(match, 'spelledOut')
  for (const match of folded.matchAll(said)) {
    const [, word = '', ending = ''] = match
    if ((saidEndings[word] ?? saidAnywhere).test(ending)) add(match, 'spelledOut', 'likely')
  }
  return found
}

/** An account on a messenger or a payment page has an address too, and is more than a link. */
function kindOf(address: string): 'link' | 'handle' | 'paymentAccount' {
  const host = address.replace(/^h\w+:\/\//, '').split(/[/?#]/)[0] ?? ''
  if (paymentHosts.test(host)) return 'paymentAccount'
  return handleHosts.test(host) ? 'handle' : 'link'
}

function isAddress({ reading }: Draft, match: RegExpMatchArray): boolean {
  const [all, ending = '', path] = match
  const start = match.index ?? 0
  if (!/[a-z]/.test(all.slice(0, all.lastIndexOf(`.${ending}`)))) return false
  if (path !== undefined && path.length > 1) return plainEndings.has(ending) || wordyEndings.has(ending)
  if (plainEndings.has(ending)) return !isNewSentence(reading.text, reading.starts, start, all)
  if (!wordyEndings.has(ending) || isNewSentence(reading.text, reading.starts, start, all)) return false
  const before = reading.folded.slice(Math.max(0, start - 30), start).match(/[\p{L}\p{N}]+/gu) ?? []
  return isVisitSign(before.at(-1) ?? '', '')
}

/** "Thanks.It came": the point ends a sentence and the space is missing. */
function isNewSentence(text: string, starts: readonly number[], at: number, address: string): boolean {
  const dot = at + address.lastIndexOf('.')
  const [first = '', second = ''] = [text[starts[dot + 1] ?? 0], text[starts[dot + 2] ?? 0]]
  const isCapital = first !== first.toLowerCase() && second === second.toLowerCase()
  return isCapital || /^(?:mr|mrs|ms|dr|st|nr|no|vs|z|e|i|u)\./.test(address)
}
