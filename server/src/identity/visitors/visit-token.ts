import type { VisitorRow } from './store.ts'

const minuteMs = 60_000

/** A connection with a token this old is given a new one: a copy somebody took opens nothing for long. */
const renewAfterMs = 30 * minuteMs
/**
 * A new token counts as kept once somebody connects with it this long after it was issued, when it has reached the disk of
 * the browser; and for as long again the one before it opens the visit, for whoever is on the way with that.
 */
const graceMs = minuteMs
/** Characters of a random token. */
const secretLength = 43

type Tokens = Pick<VisitorRow, 'token_hash' | 'token_issued_at' | 'predecessor_hash' | 'successor_kept_at'>

/** `over`: of this visit, but it has long been replaced and its successor used. Two hold tokens of one visit. */
export type Standing = 'latest' | 'predecessor' | 'over'

/** Every token of a visit begins with its first: the visit of one that is over is found without keeping them all. */
export function familyOf(token: string): string {
  return token.slice(0, secretLength)
}

export function standingOf(tokens: Tokens, hash: string, now: Date): Standing {
  if (hash === tokens.token_hash) return 'latest'
  return hash === tokens.predecessor_hash && !isPredecessorOver(tokens, now) ? 'predecessor' : 'over'
}

export function isNowKept(tokens: Tokens, standing: Standing, now: Date): boolean {
  const isNews = tokens.predecessor_hash !== null && tokens.successor_kept_at === null
  return standing === 'latest' && isNews && since(tokens.token_issued_at, now) >= graceMs
}

/**
 * Who comes with the predecessor is let in and given nothing while the successor may still be kept by another tab. When that
 * has come back to nobody for as long as a token lasts, its answer was lost, and it is replaced.
 */
export function isRenewalDue(tokens: Tokens, standing: Standing, now: Date): boolean {
  if (since(tokens.token_issued_at, now) < renewAfterMs) return false
  if (standing === 'predecessor') return tokens.successor_kept_at === null
  return standing === 'latest' && (tokens.predecessor_hash === null || isPredecessorOver(tokens, now))
}

function isPredecessorOver({ successor_kept_at: keptAt }: Tokens, now: Date): boolean {
  return keptAt !== null && since(keptAt, now) >= graceMs
}

const since = (at: Date, now: Date) => now.getTime() - at.getTime()
