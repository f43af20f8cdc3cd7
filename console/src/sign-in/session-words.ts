import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { refusalWords, waitWords } from '../settings/parts/refusal-words.ts'

const reasons: Record<string, string> = {
  'signIn.wrong': 'That e-mail and password do not match. Check both, or ask your admin for a new link.',
  'signIn.needed': 'You are no longer signed in. Sign in again.',
  'totp.wrong': 'This code is wrong or was used already. Wait for the next one and type it.',
  'totp.wrongCode':
    'This code does not fit. Wait for the next one, and check that your phone’s clock is right.',
  'totp.notStarted': 'This picture is no longer valid. Reload the page and scan the new one.',
  'link.expired': 'This link was good for 15 minutes.',
  'link.ended': 'This link has been used or has expired. Ask an admin for a new one.',
  'password.wrong': 'That is not your present password.',
  'password.tooShort': 'Use at least 12 characters. A few words in a row are good.',
  'password.tooLong': 'This is longer than can be kept. Shorten it.',
  'password.common': 'This password is easy to guess. Choose another.',
  'password.leaked': 'This password is on lists of stolen ones. Choose another.',
  'password.personal': 'This password holds your name or address. Choose another.',
}

/** What went wrong at the door, and what to do; a limit says when it ends. */
export function sessionWords(refusal: Refusal, now: Date = new Date()): string {
  if (refusal.code === 'rateLimited') {
    const ms = refusal.retryAfterMs
    if (ms === undefined) return 'Too many tries. Wait a moment, then try again.'
    const at = ms < 60_000 ? '' : `, at ${clock.format(new Date(now.getTime() + ms))}`
    return `Too many tries. Try again in ${waitWords(ms)}${at}.`
  }
  if (refusal.code === 'unavailable') return 'Parley cannot be reached. Check your connection and try again.'
  return reasons[refusal.reason ?? ''] ?? refusalWords(refusal)
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
