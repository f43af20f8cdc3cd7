import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { type Key, say } from '../i18n/words.ts'
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

/** A refusal as people read it: what happened, then what to do. */
export function refusalText(refusal: Pick<Refusal, 'code' | 'reason' | 'retryAfterMs' | 'words'>): string {
  if (refusal.words) return refusal.words
  return say(byReason[refusal.reason ?? ''] ?? byCode[refusal.code], span(refusal.retryAfterMs ?? 1_000))
}
