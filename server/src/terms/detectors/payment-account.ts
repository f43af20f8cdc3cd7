import { type Detector, type Draft, type Finding, findingAt } from '../finding.ts'
import { ibanLength, isIban } from './iban.ts'

const ibanStart = /(?<![a-z0-9])([a-z]{2}) ?\d ?\d/g
const polish = /(?<![a-z0-9])\d{2}(?: ?\d{4}){6}(?![a-z0-9])/g
const bech32 = /(?<![a-z0-9])(?:bc1|tb1|ltc1)[02-9ac-hj-np-z]{25,80}(?![a-z0-9])/g
const base58 =
  /(?<![A-Za-z0-9])(?:[13LDr][1-9A-HJ-NP-Za-km-z]{25,34}|T[1-9A-HJ-NP-Za-km-z]{33})(?![A-Za-z0-9])/g
const ether = /(?<![a-z0-9])0x[0-9a-f]{40}(?![a-z0-9])/g
const cashtag = /(?<![a-z0-9$])\$[a-z][a-z0-9_-]{3,20}(?![a-z0-9])/g
const venmo =
  /(?<![a-z0-9])(?:venmo|cash ?app|zelle|revolut|revtag)(?: me)?(?: on| at| to)?[: ]{1,3}@?[a-z0-9][a-z0-9_-]*[\d_@-][a-z0-9_-]*/g
const addressed =
  /(?<![a-z0-9])(?:paypal|pay pal|pix|zelle|skrill|wise|interac)(?: (?:account|address|adresse|key|konto|cuenta|conto|chave))?(?: (?:is|ist|est|es|e|to)|[:=])[: ]{1,2}[a-z0-9][a-z0-9._+-]{1,60}@[a-z0-9.-]{3,60}/g
const shortCode =
  /(?<![a-z0-9])(?:acc|a\/c|acct)\.?(?: no\.?)? ?:? ?\d{7,9}[^\d\n]{1,12}\d{2}-?\d{2}-?\d{2}(?!\d)/g
const sortAndAccount = /(?<![\d/.-])\d{2}-\d{2}-\d{2} ?[/,:;|]? {0,2}\d{8}(?![\d-])/g
const wallet = /(?<![a-z0-9])(?:venmo|revolut|cash ?app)[: ]{1,3}@[a-z0-9_-]{3,30}/g
const announced =
  /(?<![a-z0-9])(?:sort(?: ?code)?|account(?: (?:number|no|nr))?\.?|acct\.?|routing(?: number)?|konto(?:nummer|nr)?|bankverbindung|blz|rekening(?:nummer)?|(?:numero de )?cuenta|conto(?: corrente)?|numer konta|konta|pix|bizum|nib|rib|clabe|bsb|tikkie|postepay|blik)(?: ?(?:is|ist|est|es|e|to|el|a|no|nr|:|=|\.))*:? {0,2}((?:\+ ?)?\d(?:[ .-]{0,2}\d){5,25})/g

/** No account is written without one of these. */
const accountSign = /[\d@$_-]/

export const findPaymentAccounts: Detector = (draft) => {
  const { folded, text } = draft.reading
  if (!accountSign.test(folded)) return []
  const shaped = (pattern: RegExp, shape: string) =>
    [...folded.matchAll(pattern)].map((match) =>
      findingAt(
        draft,
        { start: match.index, end: match.index + match[0].length },
        { kind: 'paymentAccount', shape },
      ),
    )
  // Small and large letters differ in these: read as written.
  const coins: Finding[] = [...text.matchAll(base58)]
    .filter(([all]) => /\d/.test(all) && /[a-z]/.test(all) && /[A-Z]/.test(all))
    .map((match) => ({
      kind: 'paymentAccount',
      shape: 'wallet',
      certainty: 'likely',
      start: match.index,
      end: match.index + match[0].length,
    }))
  return [
    ...ibans(draft),
    ...coins,
    ...shaped(bech32, 'wallet'),
    ...shaped(ether, 'wallet'),
    ...shaped(cashtag, 'cashtag'),
    ...shaped(venmo, 'name'),
    ...shaped(wallet, 'name'),
    ...shaped(addressed, 'name'),
    ...shaped(sortAndAccount, 'announced'),
    ...shaped(shortCode, 'announced'),
    ...shaped(announced, 'announced'),
  ]
}

function ibans(draft: Draft): Finding[] {
  const { folded } = draft.reading
  const found: Finding[] = []
  for (const match of folded.matchAll(ibanStart)) {
    const length = ibanLength(match[1] ?? '')
    if (length === undefined) continue
    const end = endOf(folded, match.index, length)
    if (end === undefined || !isIban(folded.slice(match.index, end).replace(/[ .-]/g, ''))) continue
    found.push(findingAt(draft, { start: match.index, end }, { kind: 'paymentAccount', shape: 'iban' }))
  }
  for (const match of folded.matchAll(polish)) {
    if (!isIban(`PL${match[0].replaceAll(' ', '')}`)) continue
    const span = { start: match.index, end: match.index + match[0].length }
    found.push(findingAt(draft, span, { kind: 'paymentAccount', shape: 'iban' }))
  }
  return found
}

/** Where so many letters and digits end, with single spaces, points or dashes between them. */
function endOf(folded: string, start: number, length: number): number | undefined {
  let seen = 0
  for (let at = start; at < folded.length && at < start + length * 2; at += 1) {
    if (/[a-z0-9]/.test(folded[at] ?? '')) seen += 1
    else if (!/[ .-]/.test(folded[at] ?? '')) return undefined
    if (seen === length) return /[a-z0-9]/.test(folded[at + 1] ?? '') ? undefined : at + 1
  }
  return undefined
}
