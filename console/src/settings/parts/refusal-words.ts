import type { Refusal } from '@parley/shared/protocol/refusals.ts'

const reasons: Record<string, string> = {
  'text.empty': 'Write something here.',
  'text.tooLong': 'This is too long. Shorten it.',
  'text.unstorable': 'This holds a character that cannot be stored. Remove it, or paste as plain text.',
  'hours.time': 'Write times as 09:00, midnight at the end as 24:00.',
  'origin.shape': 'Write scheme and host only. Example: https://shop.example',
  'fallbackUrl.scheme': 'Start with https:// or mailto:',
  'shortcut.shape': 'Use small letters, digits and hyphens. Example: late-parcel',
  'id.shape': 'Use letters, digits and . _ : - only, without spaces.',
}

/** What a named rule tells people; undefined for a rule that has no words of its own. */
export function reasonWords(reason: string, field = ''): string | undefined {
  if (reason === 'id.shape' && (field === 'queueId' || field === 'vendorId'))
    return 'Choose one from the list.'
  return reasons[reason]
}

/** One sentence for people: what happened, what to do. */
export function refusalWords(refusal: Refusal): string {
  const own = refusal.reason === undefined ? undefined : reasonWords(refusal.reason, refusal.field)
  if (own !== undefined) return own
  switch (refusal.code) {
    case 'notAllowed':
      return 'Your role does not allow this. Ask an admin.'
    case 'notFound':
      return 'This no longer exists. Reload the page to see what is there now.'
    case 'invalid':
      return 'This cannot be saved as it is. Check what you wrote.'
    case 'conflict':
      return 'Somebody changed this meanwhile. Reload the page and try again.'
    case 'closed':
      return 'This is closed and can no longer be changed.'
    case 'rateLimited':
      return `Too many changes at once. Try again in ${waitWords(refusal.retryAfterMs)}.`
    case 'unavailable':
      return 'Parley cannot be reached. What you typed is kept here; try again in a moment.'
    case 'internal':
      return `Something went wrong on the server. Nothing was changed; try again${
        refusal.correlationId === undefined
          ? ''
          : `, or give your admin this number: ${refusal.correlationId}`
      }.`
  }
  return refusal.code satisfies never
}

/** “40 seconds”, “3 minutes”: rounded up, so that waiting that long is enough. */
export function waitWords(ms: number | undefined): string {
  if (ms === undefined) return 'a moment'
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  if (seconds < 60) return seconds === 1 ? '1 second' : `${seconds} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
}
