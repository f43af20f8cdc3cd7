import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { addWords, type Key, say } from '../i18n/words.ts'
import { span } from './when.ts'

const byReason: Record<string, Key> = {
  'text.unstorable': 'unstorable',
  'file.type': 'fileKind',
  'file.pixels': 'fileKind',
  'file.quota': 'fileQuota',
  'file.secret': 'fileSecret',
  'file.blocked': 'fileBlocked',
  'file.empty': 'fileEmpty',
  'file.unknown': 'fileBad',
  blocked: 'blocked',
  'site.unknown': 'gone',
  'protocol.old': 'oldPage',
  'visitor.ended': 'signedOut',
}
const byCode: Record<Refusal['code'], Key> = {
  notAllowed: 'notAllowed',
  notFound: 'gone',
  invalid: 'invalid',
  conflict: 'conflict',
  closed: 'chatClosed',
  rateLimited: 'tooFast',
  unavailable: 'unavailable',
  internal: 'broken',
}

/** Reasons that are keys themselves; their English is a part of its own. */
const ofTerms = /^(terms|held)\./
export const loadTerms = () => import('../i18n/en-terms.ts').then(({ enTerms }) => addWords(enTerms) ?? true)

export function isOfTerms({ reason = '' }: Pick<Refusal, 'reason'>): boolean {
  return ofTerms.test(reason)
}

/** A refusal as people read it: what happened, then what to do. The site's own sentence comes first. */
export function refusalText(refusal: Pick<Refusal, 'code' | 'reason' | 'retryAfterMs' | 'words'>): string {
  const { code, reason = '', retryAfterMs = 1_000, words } = refusal
  return (
    words ||
    (isOfTerms(refusal) && say(reason as Key)) ||
    say(byReason[reason] ?? byCode[code], span(retryAfterMs))
  )
}
