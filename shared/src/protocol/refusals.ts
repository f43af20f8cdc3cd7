/** The closed list of expected no's; clients translate them for people by code. */
export const refusalCodes = [
  'notAllowed',
  'notFound',
  'invalid',
  'conflict',
  'closed',
  'rateLimited',
  'unavailable',
  'internal',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

export interface Refusal {
  code: RefusalCode
  /** Which rule said no, for people and translations: `text.tooLong`, `file.type`. */
  reason?: string
  /** Path of the field that is wrong, for `invalid`. */
  field?: string
  /** The site's own sentence for people, instead of the client's. */
  words?: string
  /** Name of whoever was faster, where the asker may know. */
  who?: string
  /** When what says no began: a legal hold. */
  since?: string
  /** Milliseconds after which the same request may be repeated, for `rateLimited` and `unavailable`. */
  retryAfterMs?: number
  /** Correlates an `internal` refusal with the server's log. */
  correlationId?: string
}

/** Not a definite no: the same request may be sent again with the same requestId, and counts once. */
export function mayRetry(refusal: Refusal): boolean {
  return refusal.code === 'rateLimited' || refusal.code === 'unavailable' || refusal.code === 'internal'
}
