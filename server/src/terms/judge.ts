import {
  alwaysMasked,
  type RuledKind,
  type TermAction,
  type TermDirection,
  type TermKind,
  type TermRules,
  termActions,
} from '@parley/shared/protocol/terms.ts'
import { findBlockedHost } from './blocked-hosts.ts'
import { findPaymentSecrets, findTerms } from './find-terms.ts'
import type { Finding } from './finding.ts'
import { maskFindings } from './mask.ts'

export interface JudgedFinding extends Finding {
  action: TermAction
}

export interface Judgement {
  /** The strictest action that any finding asks for. */
  verdict: TermAction
  /** What may be stored and shown: everything masked that is to be masked. */
  text: string
  /** The same with only cards masked: what a moderator may give back. */
  original: string
  /** All but what the rules allow. */
  findings: readonly JudgedFinding[]
  /** Which host of the site's list the message leads to: it is refused for that alone. */
  blockedHost?: string
  ruleVersion: number
}

/** Who writes to whom; the vendor on whichever side of it, for its own switch. */
export interface Side {
  direction: TermDirection
  vendorId: string | null
}

/** Pure: the same message under the same rules is always judged alike. */
export function judge(
  text: string,
  side: Side,
  { version, rules }: { version: number; rules: TermRules },
  previousText?: string,
): Judgement {
  const found =
    side.direction === 'support'
      ? findPaymentSecrets(text, previousText)
      : findTerms(text, {
          keyPhrases: rules.keyPhrases,
          ...(previousText === undefined ? {} : { previousText }),
        })
  const judged = found.map((finding) => ({ ...finding, action: actionFor(finding, side, rules) }))
  const findings = judged.filter(({ action }) => action !== 'allow')
  const blockedHost = findBlockedHost(text, rules.blockedHosts)
  return {
    ...(blockedHost === undefined ? {} : { blockedHost }),
    verdict: blockedHost === undefined ? strictest(findings.map(({ action }) => action)) : 'refuse',
    text: maskFindings(
      text,
      findings.filter(({ action }) => action === 'mask'),
    ),
    original: maskFindings(
      text,
      findings.filter(({ kind }) => isAlwaysMasked(kind)),
    ),
    findings,
    ruleVersion: version,
  }
}

function actionFor({ kind, shape }: Finding, { direction, vendorId }: Side, rules: TermRules): TermAction {
  if (isAlwaysMasked(kind)) return 'mask'
  if (direction === 'support') return 'allow'
  if (isLink(kind, shape) && areLinksOff(direction, vendorId, rules)) return 'refuse'
  return rules[direction][kind]
}

/** An account on a messenger is a handle, and its address a link all the same. */
function isLink(kind: TermKind, shape: string): boolean {
  return kind === 'link' || ((kind === 'handle' || kind === 'paymentAccount') && shape === 'address')
}

function areLinksOff(direction: TermDirection, vendorId: string | null, { linksOff }: TermRules): boolean {
  if (direction === 'buyerToVendor' || direction === 'buyerToBuyer') return linksOff.buyers
  return linksOff.vendors || (vendorId !== null && linksOff.vendorIds.includes(vendorId))
}

function isAlwaysMasked(kind: TermKind): kind is Exclude<TermKind, RuledKind> {
  return alwaysMasked.some((one) => one === kind)
}

function strictest(actions: readonly TermAction[]): TermAction {
  return termActions[Math.max(0, ...actions.map((action) => termActions.indexOf(action)))] ?? 'allow'
}
